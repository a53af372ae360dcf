import { isBlank, type LineParser } from "./lineParser";
import { MtraceParser } from "./MtraceParser";
import type { OperationBatch } from "./operations";
import { TraceProblems, type TraceProblem } from "./problems";
import { RepParser } from "./RepParser";

export type TraceFormat = "mtrace" | "rep";
/** A longer line is no line of a trace; it is told once and passed over, so that junk cannot fill the memory. */
const longestLine = 65_536;

/** Reads a trace that comes in chunks of decompressed bytes into batches of operations. Never throws on bad input. */
export class TraceReader {
  lines = 0;
  private readonly found = new TraceProblems();
  private parser: LineParser | null = null;
  private refused = false;
  /** The start of a line that the last chunk did not end. */
  private rest = new Uint8Array(256);
  private restLength = 0;
  private tooLong = false;

  constructor(private readonly asked: TraceFormat | "auto" = "auto") {}

  /** Null until the first line is read, and for a file that is no trace. */
  get format(): TraceFormat | null {
    return this.parser?.format ?? null;
  }
  get sites(): readonly string[] {
    return this.parser instanceof MtraceParser ? this.parser.sites : [];
  }
  /** The first thousand; `problemCount` counts all. */
  get problems(): readonly TraceProblem[] {
    return this.found.first;
  }
  get problemCount(): number {
    return this.found.count;
  }

  feed(chunk: Uint8Array, batch: OperationBatch): void {
    let start = 0;
    while (start < chunk.length && !this.refused) {
      const end = chunk.indexOf(10, start);
      if (end === -1) {
        this.keep(chunk, start, chunk.length);
        return;
      }
      if (this.restLength > 0 || this.tooLong) {
        this.keep(chunk, start, end);
        this.endRest(batch);
      } else this.line(chunk, start, end, batch);
      start = end + 1;
    }
  }

  finish(batch: OperationBatch): void {
    const ended = this.restLength === 0;
    if (!ended || this.tooLong) this.endRest(batch);
    if (this.parser !== null) this.parser.finish(Math.max(0, this.lines - 1), ended);
    else if (!this.refused) this.found.add(0, "The trace is empty.");
  }

  private keep(chunk: Uint8Array, start: number, end: number): void {
    const length = this.restLength + end - start;
    if (this.tooLong || length > longestLine) {
      this.tooLong = true;
      this.restLength = 0;
      return;
    }
    if (length > this.rest.length) {
      const larger = new Uint8Array(Math.min(longestLine, length * 2));
      larger.set(this.rest.subarray(0, this.restLength));
      this.rest = larger;
    }
    this.rest.set(chunk.subarray(start, end), this.restLength);
    this.restLength = length;
  }

  private endRest(batch: OperationBatch): void {
    const length = this.restLength;
    this.restLength = 0;
    if (this.tooLong) {
      this.tooLong = false;
      this.found.add(this.lines++, `The line is longer than ${longestLine} bytes.`);
    } else this.line(this.rest, 0, length, batch);
  }

  private line(bytes: Uint8Array, from: number, to: number, batch: OperationBatch): void {
    const line = this.lines++;
    let start = from;
    let end = to;
    if (end - start > longestLine) {
      this.found.add(line, `The line is longer than ${longestLine} bytes.`);
      return;
    }
    if (line === 0 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
    while (end > start && (isBlank(bytes[end - 1]) || bytes[end - 1] === 13)) end--;
    while (start < end && isBlank(bytes[start])) start++;
    if (start === end) return;
    this.parser ??= this.choose(bytes, start, end, line);
    this.parser?.parse(bytes, start, end, line, batch);
  }

  private choose(bytes: Uint8Array, start: number, end: number, line: number): LineParser | null {
    const first = bytes[start];
    const blankNext = isBlank(bytes[start + 1]) && start + 1 < end;
    if (
      this.asked === "mtrace" ||
      (this.asked === "auto" && blankNext && "=@+-<>!".includes(String.fromCharCode(first)))
    ) {
      return new MtraceParser(this.found);
    }
    const digit = first >= 48 && first <= 57;
    if (this.asked === "rep" || digit || (blankNext && (first === 97 || first === 102 || first === 114))) {
      return new RepParser(this.found);
    }
    this.refused = true;
    const gzip = first === 0x1f && bytes[start + 1] === 0x8b;
    this.found.add(line, gzip ? "The trace is still compressed (gzip)." : "This is no trace: neither mtrace nor .rep.");
    return null;
  }
}
