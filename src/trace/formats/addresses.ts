import type { ReferenceFormat } from "../format";
import { isBaseOpen, numberLines, scoreOf } from "./numberLines";

export const addresses: ReferenceFormat = {
  kind: "references",
  id: "addresses",
  name: "addresses",
  source: "simulators of courses, ramulator, DRAMSim, and programs of people's own",
  lines:
    "an address and a letter or word before or after it that says what the reference does: `r`, `l`, `read`, `load` (read), `w`, `s`, `write`, `store` (write), `i`, `x`, `fetch` (instruction fetch), `m` (modify), in any case. A size may follow, and other columns, such as cycles or the address of the instruction. Or addresses alone, several on a line. Columns are separated by blanks, commas, semicolons or colons. Numbers without `0x` are hexadecimal where any line of the file needs it, else decimal; `--base 10` or `--base 16` says it",
  expected: "an address and a letter such as `R` or `W`",
  endings: [],
  score: (lines, request) => scoreOf(lines, request, (unit) => unit === "addresses"),
  isOpen: isBaseOpen,
  open: (problems, request, lines) => numberLines(problems, request, lines, "addresses"),
};
