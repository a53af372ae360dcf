import type { ReferenceFormat } from "../format";
import { isBaseOpen, numberLines, scoreOf } from "./numberLines";

export const ref: ReferenceFormat = {
  kind: "references",
  id: "ref",
  name: "page numbers",
  source: "reference strings, as textbooks write them",
  lines:
    "numbers separated by blanks, commas or line ends: those without `0x` are page numbers, `0x…` are addresses. A letter or word before a number says what the reference does, as in `addresses`; `#` starts a comment. Lines of numbers are taken as page numbers when all are below 1000, and in files that end in `.ref`",
  expected: "page numbers",
  endings: ["ref"],
  score: (lines, request) => scoreOf(lines, request, (unit) => unit !== "addresses"),
  isOpen: isBaseOpen,
  open: (problems, request, lines) => numberLines(problems, request, lines, "mixed"),
};

export const pages: ReferenceFormat = {
  kind: "references",
  id: "pages",
  name: "pages",
  source: "the same strings where the user says that all numbers are page numbers",
  lines: "as in `ref`, but `0x…` is a page number, too. It is never recognised; only the option asks for it",
  expected: "page numbers",
  endings: [],
  score: () => 0,
  isOpen: isBaseOpen,
  open: (problems, request, lines) => numberLines(problems, request, lines, "pages"),
};
