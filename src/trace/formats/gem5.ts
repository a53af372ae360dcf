import { shareOf, type ReferenceFormat } from "../format";
import { referenceKind } from "../references";
import { matchesAny, patternParser, type LinePattern } from "./patterns";

const { read, write, execute } = referenceKind;

const patterns: readonly LinePattern[] = [
  {
    // decode_packet_trace.py; `u` is a packet that neither reads nor writes.
    expression: /^(?:\d+,)?(?<kind>[rwu]),(?<address>\d+),(?<size>\d+)(?:,\d+)+$/,
    base: 10,
    kindOf: ({ kind }) => (kind === "u" ? null : kind === "w" ? write : read),
  },
  {
    // --debug-flags=MemoryAccess
    expression:
      /^\d+: \S+: (?<kind>Read|Write|IFetch)\w*(?: from \S+)? of size (?<size>\d+) on address (?<address>0x[0-9a-f]+)/i,
    base: 16,
    kindOf: ({ kind = "" }) => (kind === "Write" ? write : kind === "Read" ? read : execute),
  },
  {
    // --debug-flags=Cache
    expression:
      /^\d+: \S+: access for (?<kind>Read|Write)\w* \[(?<address>[0-9a-f]+):(?<last>[0-9a-f]+)\](?<fetch> IF)?/i,
    base: 16,
    kindOf: ({ kind, fetch }) => (kind === "Write" ? write : fetch === undefined ? read : execute),
  },
];

/** What other parts of the simulator print at a tick. */
const isNeutral = (line: string): boolean => /^\d+: \S+: /.test(line);

export const gem5: ReferenceFormat = {
  kind: "references",
  id: "gem5",
  name: "gem5",
  source: "the simulator gem5: packet traces as `decode_packet_trace.py` writes them, and its debug output",
  lines:
    "`r,ADDRESS,SIZE,FLAGS,TICK` and `w,ADDRESS,SIZE,FLAGS,TICK` with decimal numbers, perhaps with an id first; or, with `--debug-flags=MemoryAccess`, `TICK: MEMORY: Read from CPU of size N on address 0xADDRESS` and the same with `Write` and `IFetch`; or, with `--debug-flags=Cache`, `TICK: CACHE: access for ReadReq [FROM:TO]`. Other lines of its debug output are passed over",
  expected: "`r` or `w`, an address and a size, with commas between them, or a line of gem5's debug output",
  endings: [],
  score: (lines) => shareOf(lines, (line) => matchesAny(line, patterns), isNeutral),
  open: (problems) => patternParser(problems, patterns, isNeutral),
};
