import { shareOf, type ReferenceFormat } from "../format";
import { referenceKind } from "../references";
import { matchesAny, patternParser, type LinePattern } from "./patterns";

const patterns: readonly LinePattern[] = [
  {
    expression:
      /^(?:0x)?[0-9a-f]+:\s*(?<kind>[RW])\s+(?<address>(?:0x)?[0-9a-f]+)(?:\s+(?<size>\d+)(?=\s|$))?(?:\s.*)?$/i,
    base: 16,
    kindOf: ({ kind }) => (kind === "W" || kind === "w" ? referenceKind.write : referenceKind.read),
  },
];

export const pin: ReferenceFormat = {
  kind: "references",
  id: "pin",
  name: "pinatrace",
  source: "Intel Pin's example tool `pinatrace`",
  lines:
    "`INSTRUCTION: R ADDRESS` and `INSTRUCTION: W ADDRESS` with hexadecimal addresses, of which the second one is read or written; a decimal size may follow, and a value, which is passed over. Without a size an access has 1 byte",
  expected: "the address of an instruction, a colon, `R` or `W` and an address",
  endings: [],
  score: (lines) => shareOf(lines, (line) => matchesAny(line, patterns)),
  open: (problems) => patternParser(problems, patterns, () => false),
};
