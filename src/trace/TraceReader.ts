import { isBlank, type LineParser } from "./lineParser";
import { LineSplitter } from "./LineSplitter";
import { MtraceParser } from "./MtraceParser";
import type { OperationBatch } from "./operations";
import { TraceProblems, type TraceProblem } from "./problems";
import { aboutReferences } from "./references";
import { RepParser } from "./RepParser";

export type TraceFormat = "mtrace" | "rep";
/** Reads a trace that comes in chunks of decompressed bytes into batches of operations. Never throws on bad input. */
export class TraceReader {
  private readonly found = new TraceProblems();
  private parser: LineParser | null = null;
  private batch: OperationBatch | null = null;
  private readonly splitter = new LineSplitter(
    (bytes, start, end, line) => this.parse(bytes, start, end, line),
    (line, message) => this.found.add(line, message),
  );

  constructor(private readonly asked: TraceFormat | "auto" = "auto") {}

  /** Null until the first line is read, and for a file that is no trace. */
  get format(): TraceFormat | null {
    return this.parser?.format ?? null;
  }
  get lines(): number {
    return this.splitter.lines;
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
    this.batch = batch;
    this.splitter.feed(chunk);
  }

  finish(batch: OperationBatch): void {
    this.batch = batch;
    const ended = this.splitter.finish();
    if (this.parser !== null) this.parser.finish(Math.max(0, this.lines - 1), ended);
    else if (!this.splitter.isStopped) this.found.add(0, "The trace is empty.");
  }

  private parse(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.parser ??= this.choose(bytes, start, end, line);
    if (this.batch !== null) this.parser?.parse(bytes, start, end, line, this.batch);
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
    this.splitter.isStopped = true;
    const gzip = first === 0x1f && bytes[start + 1] === 0x8b;
    const isLackey =
      (first === 61 && bytes[start + 1] === 61) || (blankNext && "ILSM".includes(String.fromCharCode(first)));
    this.found.add(
      line,
      gzip
        ? "The trace is still compressed (gzip)."
        : isLackey
          ? `This is no trace of allocations. ${aboutReferences}`
          : "This is no trace: neither mtrace nor .rep.",
    );
    return null;
  }
}
