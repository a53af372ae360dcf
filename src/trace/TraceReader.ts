import type { Format, LineParser } from "./format";
import { allocationFormats, referenceFormats } from "./formats";
import { LineSplitter } from "./LineSplitter";
import { TraceProblems, type TraceProblem } from "./problems";
import { recogniseLines } from "./recognise";
import { aboutReferences } from "./references";

/** Bytes of a page where nothing else is said. */
export const usualPageSize = 4096;
/** Bytes of a line by which a format is recognised. */
const longestSample = 4096;

/** Reads a trace that comes in chunks of decompressed bytes into batches. No input makes it throw. */
export class TraceReader<Kind, Batch> {
  private readonly found = new TraceProblems();
  private parser: LineParser<Batch> | null = null;
  private chosen: Format<Kind, Batch> | null = null;
  private batch: Batch | null = null;
  private readonly splitter = new LineSplitter(
    (bytes, start, end, line) => this.parse(bytes, start, end, line),
    (line, message) => this.found.add(line, message),
  );

  /**
   * @param candidates the formats that the trace may have; of several, the one that fits the first line best is taken
   * @param pageSize in bytes, of the pages that a trace numbers
   */
  constructor(
    private readonly candidates: readonly Format<Kind, Batch>[],
    private readonly pageSize = usualPageSize,
  ) {}

  /** Null until the first line is read, and for a file that is no trace. */
  get format(): Format<Kind, Batch> | null {
    return this.chosen;
  }
  get lines(): number {
    return this.splitter.lines;
  }
  /** The allocation sites by their numbers in the batches. */
  get sites(): readonly string[] {
    return this.parser?.sites ?? [];
  }
  /** The first thousand; `problemCount` counts all. */
  get problems(): readonly TraceProblem[] {
    return this.found.first;
  }
  get problemCount(): number {
    return this.found.count;
  }

  feed(chunk: Uint8Array, batch: Batch): void {
    this.batch = batch;
    this.splitter.feed(chunk);
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(batch: Batch): void {
    this.batch = batch;
    const isEnded = this.splitter.finish();
    if (this.parser !== null) this.parser.finish?.(Math.max(0, this.lines - 1), isEnded);
    else if (!this.splitter.isStopped) this.found.add(0, "The trace is empty.");
  }

  private parse(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.parser ??= this.choose(bytes.subarray(start, end), line);
    if (this.batch !== null) this.parser?.parse(bytes, start, end, line, this.batch);
  }

  /** The parser for a trace with this first line, or null and a problem. */
  private choose(first: Uint8Array, line: number): LineParser<Batch> | null {
    const sample = [String.fromCharCode(...first.subarray(0, longestSample))];
    this.chosen = recogniseLines(sample, this.candidates)?.format ?? null;
    if (this.chosen !== null) return this.chosen.open(this.found, this.pageSize);
    this.splitter.isStopped = true;
    const isPacked = first[0] === 0x1f && first[1] === 0x8b;
    this.found.add(line, isPacked ? "The trace is still compressed (gzip)." : whyNone(sample));
    return null;
  }
}

function whyNone(lines: readonly string[]): string {
  if (recogniseLines(lines, referenceFormats) !== null) return `This is no trace of allocations. ${aboutReferences}`;
  return `This is no trace: neither ${allocationFormats.map(({ name }) => name).join(" nor ")}.`;
}
