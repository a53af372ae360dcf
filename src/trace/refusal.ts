import { parseLine } from "../language/parsing/statements";
import type { TraceProblem } from "./problems";
import { formats } from "./formats";
import { recogniseLines } from "./recognise";
import { headLines } from "./head";
import { aboutReferences } from "./references";

/** Characters of a line that a message quotes. */
const longestQuote = 60;

/** Why none of the candidates fits a text: the line that does not fit, and what it could have been. */
export function whyNone(text: Uint8Array, candidates: readonly unknown[]): TraceProblem {
  const lines = headLines(text, true);
  const { line, quote } = firstLine(text);
  const other = recogniseLines(lines, formats)?.format;
  if (other !== undefined && !candidates.includes(other)) {
    return { line, message: other.kind === "references" ? noAllocations(other.name) : noReferences(other.name) };
  }
  if (lines.every((each) => parseLine(each).kind === "statement")) {
    return { line, message: "This is no trace, but a script: `memscript run` runs it." };
  }
  const names = formats.map(({ name }) => name).join(", ");
  return { line, message: `This is no trace: line ${line + 1}, \`${quote}\`, fits none of the formats ${names}.` };
}

const noAllocations = (name: string): string =>
  `This is no trace of allocations, but one of ${name}. ${aboutReferences}`;
const noReferences = (name: string): string =>
  `This is no trace of memory references, but one of allocations (${name}), which are replayed in a heap.`;

/** The first line that is not empty and no comment, for people. */
function firstLine(text: Uint8Array): { readonly line: number; readonly quote: string } {
  const rows = String.fromCharCode(...text.subarray(0, 8192)).split("\n");
  const line = Math.max(
    0,
    rows.findIndex((row) => row.trim() !== "" && !row.trim().startsWith("#")),
  );
  const plain = (rows[line] ?? "").replaceAll(/[^\u0020-\u007e]+/g, "?").trim();
  return { line, quote: plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain };
}
