import { isBlank, textOf } from "../bytes";
import { parseCount } from "../calls/values";
import type { AllocationFormat, LineParser } from "../format";
import { shareOf } from "../format";
import { parseHexadecimal } from "../numbers";
import { nullBlock, operationKind, type OperationBatch } from "../operations";
import type { TraceProblems } from "../problems";
import { SiteTable } from "./SiteTable";

export const mtrace: AllocationFormat = {
  kind: "allocations",
  id: "mtrace",
  name: "mtrace",
  source: "`mtrace()` of the GNU C library, with the call site of each request",
  lines:
    "`@ SITE + 0xADDRESS 0xSIZE`, `@ SITE - 0xADDRESS`, `@ SITE < 0xOLD` and then `@ SITE > 0xNEW 0xSIZE`, `@ SITE ! 0xADDRESS 0xSIZE` for a failed resize; `@ SITE` is optional",
  expected: "`+`, `-`, `<`, `>` or `!` before an address",
  endings: ["mtrace"],
  score: (lines) =>
    shareOf(
      lines,
      (line) => /^(@.*[ \t])?[+\-<>!][ \t]+(0x[0-9a-f]|\(nil\)|0\b)/i.test(line) || /^= (Start|End)$/.test(line),
    ),
  open: (problems) => new MtraceParser(problems),
};

/** Whether a line that begins with the byte can be one of the trace. */
const isBegin = Array.from({ length: 256 }, (_, byte) => "@+-<>!".includes(String.fromCharCode(byte)));

class MtraceParser implements LineParser<OperationBatch> {
  private readonly siteTable = new SiteTable();
  /** The block of a `<` whose `>` has not come yet, and its line. */
  private pending = nullBlock;
  private pendingLine = 0;

  constructor(private readonly problems: TraceProblems) {}

  get sites(): readonly string[] {
    return this.siteTable.names;
  }

  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: OperationBatch): void {
    if (bytes[start] === 61) return; // `= Start` and `= End`
    if (!isBegin[bytes[start]] || !isBlank(bytes[start + 1])) {
      this.problems.stray(line);
      return;
    }
    const lastStart = tokenStart(bytes, start, end);
    const middleEnd = tokenEnd(bytes, start, lastStart);
    const middleStart = tokenStart(bytes, start, middleEnd);
    const middle = middleEnd - middleStart === 1 ? bytes[middleStart] : 0;
    if (middle === 45 || middle === 60) {
      const block = this.address(bytes, lastStart, end, line);
      if (middle === 60) this.begin(block, line);
      else if (!Number.isNaN(block)) batch.push(operationKind.free, block, nullBlock, 0, -1, line);
      return;
    }
    const opEnd = tokenEnd(bytes, start, middleStart);
    const opStart = tokenStart(bytes, start, opEnd);
    const op = opEnd - opStart === 1 ? bytes[opStart] : 0;
    if (op !== 43 && op !== 62 && op !== 33) {
      this.problems.add(line, "This is no line of an mtrace: expected `+`, `-`, `<`, `>` or `!` before an address.");
      return;
    }
    const block = this.address(bytes, middleStart, middleEnd, line);
    const isFailed = op === 33 || block === nullBlock;
    const fitting = parseHexadecimal(bytes, lastStart, end);
    // A program may ask for any size where it is refused.
    const size = isFailed && fitting === Infinity ? parseCount(textOf(bytes, lastStart, end)) : fitting;
    const site = this.site(bytes, start, tokenEnd(bytes, start, opStart));
    const old = op === 62 ? this.takePending(line) : nullBlock;
    if (!Number.isFinite(size))
      this.problems.add(line, "The size is not a number up to 2^53: expected `0x` and digits.");
    else if (Number.isNaN(block)) return;
    else if (isFailed) batch.push(operationKind.failed, block, nullBlock, size, site, line);
    else if (old === nullBlock) batch.push(operationKind.allocate, block, nullBlock, size, site, line);
    else batch.push(operationKind.reallocate, block, old, size, site, line);
  }

  finish(line: number, ended: boolean): void {
    if (this.pending !== nullBlock)
      this.problems.add(this.pendingLine, "A realloc began here, but its `>` line never came.");
    else if (!ended) this.problems.add(line, "The last line has no end: the trace may be cut off there.");
  }

  private begin(block: number, line: number): void {
    if (this.pending !== nullBlock)
      this.problems.add(this.pendingLine, "A realloc began here, but its `>` line never came.");
    this.pending = Number.isNaN(block) ? nullBlock : block;
    this.pendingLine = line;
  }

  private takePending(line: number): number {
    const old = this.pending;
    if (old === nullBlock) this.problems.add(line, "A realloc ends here without its `<` line; taken as an allocation.");
    this.pending = nullBlock;
    return old;
  }

  /** NaN, with a problem told, when it is no address. */
  private address(bytes: Uint8Array, start: number, end: number, line: number): number {
    const address = parseHexadecimal(bytes, start, end);
    if (address === 0) return nullBlock;
    if (Number.isFinite(address)) return address;
    this.problems.add(line, "The address is not a number up to 2^53: expected `0x` and digits.");
    return Number.NaN;
  }

  private site(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== 64 || end - start < 3) return -1;
    return this.siteTable.numberOf(bytes, start + 2, end);
  }
}

/** Start of the last token that ends at `end`. */
function tokenStart(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && !isBlank(bytes[at - 1])) at--;
  return at;
}

/** End of the last token before `end`, blanks passed over. */
function tokenEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(bytes[at - 1])) at--;
  return at;
}
