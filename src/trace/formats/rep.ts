import { isBlank, skipBlanks, skipToken } from "../bytes";
import { shareOf, type AllocationFormat, type LineParser } from "../format";
import { parseDecimal } from "../numbers";
import { nullBlock, operationKind, type OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";

/** Numbers before the operations. */
const mostHeader = 4;

export const rep: AllocationFormat = {
  kind: "allocations",
  id: "rep",
  name: ".rep",
  source: "the malloc lab of _Computer Systems: A Programmer's Perspective_",
  lines:
    "up to four numbers (suggested heap size, ids, operations and weight; ids and operations), then `a ID BYTES`, `c ID BYTES` or `c ID COUNT BYTES` (zeroed), `r ID BYTES` and `f ID`; `f -1` frees a null pointer, `w ID BYTES` (write) and further columns are passed over; `#`, `//`, `;` and `%` start comments",
  expected: "`a ID BYTES`, `r ID BYTES` or `f ID`",
  endings: ["rep"],
  score: repScore,
  open: (problems) => new RepParser(problems),
};

const operation = /^([acrw][ \t]+\d+[ \t]+\d+|f[ \t]+(-1|\d+))(?![^ \t#;%/])/;
const ends = /^([ac][ \t]+\d+[ \t]+\d+|f[ \t]+(-1|\d+))(?![^ \t#;%/])/;
const resize = /^r[ \t]+\d+[ \t]+\d+$/;
const remark = /^(\/\/|[;%])/;

/** Numbers alone may be the header, but also anything else, and a script may begin with `a = alloc 1`. */
function repScore(lines: readonly string[]): number {
  const isHeader = (line: string): boolean => /^\d+([ \t]+\d+){0,3}$/.test(line);
  const header = lines.slice(0, mostHeader).filter(isHeader);
  // Without a line that begins or ends a block, `r` and `w` could as well be reads and writes.
  const isOperation = lines.some((line) => ends.test(line)) ? operation : resize;
  const isNeutral = (line: string): boolean => header.includes(line) || remark.test(line);
  const share = shareOf(lines, (line) => isOperation.test(line), isNeutral);
  if (share > 0) return share;
  if (!/^(\d|[arf][ \t])/.test(lines[0])) return 0;
  return header.length === lines.length || !/^\d/.test(lines[0]) ? 0.25 : 0;
}

/** The letters of operations, as character codes. */
const letters = { allocate: 97, zeroed: 99, free: 102, reallocate: 114, write: 119 } as const;
const known: readonly number[] = Object.values(letters);

class RepParser implements LineParser<OperationBatch> {
  private readonly header: number[] = [];
  private operations = 0;

  constructor(private readonly problems: TraceProblems) {}

  parse(bytes: Uint8Array, start: number, lineEnd: number, line: number, batch: OperationBatch): void {
    const end = endOfOperation(bytes, start, lineEnd);
    if (end === start) return;
    if (this.operations === 0 && bytes[start] >= 48 && bytes[start] <= 57) {
      this.readHeader(bytes, start, end);
      return;
    }
    const op = bytes[start];
    const idStart = skipBlanks(bytes, start + 1, end);
    if (!known.includes(op) || idStart === start + 1) {
      this.problems.stray(line);
      return;
    }
    this.operations++;
    const idEnd = skipToken(bytes, idStart, end);
    const id = parseDecimal(bytes, idStart, idEnd);
    if (!Number.isFinite(id) || id < -1 || (id === -1 && op !== letters.free)) {
      this.problems.add(line, "The block's id is not a whole number from 0 up.");
    } else if (op === letters.free) batch.push(operationKind.free, id, nullBlock, 0, -1, line);
    else if (op !== letters.write) this.request(op, id, this.sizeOf(op, bytes, idEnd, end, line), line, batch);
  }

  finish(line: number): void {
    const { header, operations } = this;
    if (operations === 0) {
      this.problems.add(line, "There is no operation after the numbers.");
      return;
    }
    const promised = header.length === 4 ? header[2] : header.length === 2 ? header[1] : undefined;
    if (promised === undefined || !Number.isFinite(promised) || promised === operations) return;
    this.problems.add(line, `The header promises ${promised} operations, but the trace holds ${operations}.`);
  }

  private readHeader(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end;) {
      const stop = skipToken(bytes, at, end);
      this.header.push(parseDecimal(bytes, at, stop));
      at = skipBlanks(bytes, stop, end);
    }
  }

  private request(op: number, id: number, size: number, line: number, batch: OperationBatch): void {
    if (Number.isNaN(size)) return;
    if (op === letters.reallocate) batch.push(operationKind.reallocate, id, id, size, -1, line);
    else batch.push(operationKind.allocate, id, nullBlock, size, -1, line);
  }

  /** Bytes; NaN, with a problem, when there are none. `c ID COUNT BYTES` asks for the product. Further columns are passed over. */
  private sizeOf(op: number, bytes: Uint8Array, from: number, end: number, line: number): number {
    const start = skipBlanks(bytes, from, end);
    const stop = skipToken(bytes, start, end);
    const nextStart = skipBlanks(bytes, stop, end);
    const isProduct = op === letters.zeroed && nextStart < end;
    const factor = isProduct ? parseDecimal(bytes, nextStart, skipToken(bytes, nextStart, end)) : 1;
    const size = parseDecimal(bytes, start, stop) * factor;
    if (start === end) this.problems.add(line, "The size is missing.");
    else if (Number.isSafeInteger(size) && size >= 0) return size;
    else this.problems.add(line, "The size is not a whole number from 0 to 2^53.");
    return Number.NaN;
  }
}

/** Where a comment begins after `#`, `//`, `;` or `%`, and the blanks before it; else the line's end. */
function endOfOperation(bytes: Uint8Array, start: number, lineEnd: number): number {
  for (let at = start; at < lineEnd; at++) {
    const byte = bytes[at];
    const isComment = byte === 35 || byte === 59 || byte === 37 || (byte === 47 && bytes[at + 1] === 47);
    if (!isComment) continue;
    let end = at;
    while (end > start && isBlank(bytes[end - 1])) end--;
    return end;
  }
  return lineEnd;
}
