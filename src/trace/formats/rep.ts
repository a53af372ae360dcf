import { skipBlanks, skipToken } from "../bytes";
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
  lines: "two to four numbers, then `a ID BYTES`, `r ID BYTES` and `f ID`; `f -1` frees a null pointer",
  expected: "`a ID BYTES`, `r ID BYTES` or `f ID`",
  endings: ["rep"],
  score: repScore,
  open: (problems) => new RepParser(problems),
};

/** Numbers alone may be the header, but also anything else, and a script may begin with `a = alloc 1`. */
function repScore(lines: readonly string[]): number {
  if (!/^(\d|[arf][ \t])/.test(lines[0])) return 0;
  const isOperation = (line: string): boolean => /^([ar][ \t]+\d+[ \t]+\d+|f[ \t]+(-1|\d+))$/.test(line);
  const header = lines.slice(0, mostHeader).filter((line) => /^\d+$/.test(line));
  const share = shareOf(lines, isOperation, (line) => header.includes(line));
  if (share > 0) return share;
  return header.length === lines.length || !/^\d/.test(lines[0]) ? 0.25 : 0;
}

class RepParser implements LineParser<OperationBatch> {
  private readonly header: number[] = [];
  private operations = 0;

  constructor(private readonly problems: TraceProblems) {}

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    const op = bytes[start];
    if (this.operations === 0 && op >= 48 && op <= 57) {
      this.header.push(parseDecimal(bytes, start, end));
      return;
    }
    this.operations++;
    const idStart = skipBlanks(bytes, start + 1, end);
    const idEnd = skipToken(bytes, idStart, end);
    if ((op !== 97 && op !== 114 && op !== 102) || idStart === start + 1) {
      this.problems.add(line, "This is no line of a .rep trace: expected `a ID BYTES`, `r ID BYTES` or `f ID`.");
      return;
    }
    const id = parseDecimal(bytes, idStart, idEnd);
    if (!Number.isFinite(id) || id < -1 || (id === -1 && op !== 102)) {
      this.problems.add(line, "The block's id is not a whole number from 0 up.");
      return;
    }
    const sizeStart = skipBlanks(bytes, idEnd, end);
    const sizeEnd = op === 102 ? sizeStart : skipToken(bytes, sizeStart, end);
    if (skipBlanks(bytes, sizeEnd, end) < end) {
      this.problems.add(line, "There is text after the operation.");
      return;
    }
    if (op === 102) {
      batch.push(operationKind.free, id, nullBlock, 0, -1, line);
      return;
    }
    const size = parseDecimal(bytes, sizeStart, sizeEnd);
    if (sizeStart === end) this.problems.add(line, "The size is missing.");
    else if (!Number.isFinite(size) || size < 0)
      this.problems.add(line, "The size is not a whole number from 0 to 2^53.");
    else if (op === 97) batch.push(operationKind.allocate, id, nullBlock, size, -1, line);
    else batch.push(operationKind.reallocate, id, id, size, -1, line);
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
}
