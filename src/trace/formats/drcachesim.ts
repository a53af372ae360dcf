import { shareOf, type ReferenceFormat } from "../format";
import { referenceKind } from "../references";
import { matchesAny, patternParser, type LinePattern } from "./patterns";

const { read, write, execute } = referenceKind;
const kinds: Readonly<Record<string, number>> = { ifetch: execute, read, load: read, write, store: write };

const patterns: readonly LinePattern[] = [
  {
    expression: /\b(?<kind>ifetch|read|load|write|store)\s+(?<size>\d+) byte\(s\) @ (?<address>0x[0-9a-f]+)/i,
    base: 16,
    kindOf: ({ kind = "" }) => kinds[kind.toLowerCase()],
  },
];

/** Markers, threads that end, prefetches and flushes, the headings and the sums of the tool. */
const isNeutral = (line: string): boolean =>
  /<.*>|prefetch|flush|^-+$|^Output format|^View tool|^=+$|^\d+ : |\bbyte\(s\) @/.test(line);

export const drcachesim: ReferenceFormat = {
  kind: "references",
  id: "drcachesim",
  name: "drcachesim",
  source: "DynamoRIO's `drrun -t drcachesim -tool view`",
  lines:
    "lines with `ifetch N byte(s) @ 0xADDRESS`, `read N byte(s) @ 0xADDRESS` or `write N byte(s) @ 0xADDRESS`; markers, prefetches and the tool's headings are passed over",
  expected: "`ifetch`, `read` or `write`, a size, `byte(s) @` and an address",
  endings: [],
  score: (lines) => shareOf(lines, (line) => matchesAny(line, patterns), isNeutral),
  open: (problems) => patternParser(problems, patterns, isNeutral),
};
