import { shareOf, type ReferenceFormat } from "../format";
import { referenceKind } from "../references";
import { matchesAny, patternParser, type Groups, type LinePattern } from "./patterns";

const { read, write, execute } = referenceKind;

/** By what perf decodes, or else by the name of the event. perf writes 0 where the processor gave no address. */
function kindOfEvent({ op = "", event = "", address = "" }: Groups): number | null {
  if (/^0+$/.test(address) || op === "PFETCH") return null;
  if (op === "EXEC") return execute;
  return op === "STORE" || (op !== "LOAD" && /store/i.test(event)) ? write : read;
}

/** The operations of `perf_mem_data_src`, a bit each. */
const sourceBits = { store: 4, prefetch: 8, execute: 16 } as const;

function kindOfSource({ source = "0" }: Groups): number | null {
  const bits = parseInt(source.slice(-2), 16);
  if ((bits & sourceBits.prefetch) !== 0) return null;
  if ((bits & sourceBits.execute) !== 0) return execute;
  return (bits & sourceBits.store) === 0 ? read : write;
}

const patterns: readonly LinePattern[] = [
  {
    expression: /(?:^|\s)(?<event>\S+):\s+(?<address>[0-9a-f]+)\s+[0-9a-f]+\s+\|OP (?<op>LOAD|STORE|EXEC|PFETCH|N\/A)/i,
    base: 16,
    kindOf: kindOfEvent,
  },
  {
    expression:
      /page_fault_(?:user|kernel): address=(?<address>(?:0x)?[0-9a-f]+)(?![0-9a-f]).{0,200}error_code=(?:0x)?(?<code>[0-9a-f]+)/i,
    base: 16,
    kindOf: ({ code = "0" }) => {
      const bits = parseInt(code, 16);
      return (bits & 16) !== 0 ? execute : (bits & 2) === 0 ? read : write;
    },
  },
  {
    expression: /^\d+[\s,]+\d+[\s,]+0x[0-9a-f]+[\s,]+(?<address>0x[0-9a-f]+)[\s,]+\d+[\s,]+0x(?<source>[0-9a-f]+)/i,
    base: 16,
    kindOf: kindOfSource,
  },
  {
    expression:
      /(?:^|\s)(?<event>\S*(?:load|store|mem|page-fault)\S*):\s+(?<address>[0-9a-f]+)(?:\s|$)(?![0-9a-f\s]*\|OP)/i,
    base: 16,
    kindOf: kindOfEvent,
  },
];

/** Lines of a call chain. */
const isNeutral = (line: string): boolean => /^[0-9a-f]+ \S.* \(.*\)$/i.test(line);

export const perf: ReferenceFormat = {
  kind: "references",
  id: "perf",
  name: "perf script",
  source: "Linux's `perf mem record` and `perf script -F +addr`",
  lines:
    "samples of memory events with the address that was accessed: `… EVENT: ADDRESS SOURCE |OP LOAD|…`, or the same without the source, where `store` in the event's name makes it a write; `… page_fault_user: address=0x… error_code=0x…`; and the samples of `perf mem report -D`. Addresses are hexadecimal; a sample has 1 byte, since perf does not say how many. Samples without an address and lines of call chains are passed over",
  expected: "an event of memory, a colon and an address",
  endings: [],
  score: (lines) => shareOf(lines, (line) => matchesAny(line, patterns), isNeutral),
  open: (problems) => patternParser(problems, patterns, isNeutral),
};
