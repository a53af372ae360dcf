import { Utf16Decoder, encodingOf, readable } from "./encodings";
import { whyForeign } from "./foreign";
import type { Format, LineParser } from "./format";
import { Head, headBytes, headLines } from "./head";
import { LineSplitter } from "./LineSplitter";
import { TraceProblems, type TraceProblem } from "./problems";
import type { TraceReading } from "./reading";
import { recogniseLines } from "./recognise";
import { whyNone } from "./refusal";
import type { TraceRequest } from "./request";

/** Bytes that are kept where later lines can change how all are read. */
const mostHeld = 4 * 1024 * 1024;
/** Bytes without any operation after which it is no trace: what never ends, such as a device, is given up. */
const mostWithoutOperations = 16 * 1024 * 1024;

/** Reads a trace that comes in chunks of decompressed bytes into batches. No input makes it throw. */
export class TraceReader<Kind, Batch extends { readonly length: number }> {
  private readonly found = new TraceProblems();
  private parser: LineParser<Batch> | null = null;
  private chosen: Format<Kind, Batch> | null = null;
  private isSure = true;
  private batch: Batch | null = null;
  private head: Head | null = new Head(headBytes);
  private decoder: Utf16Decoder | null = null;
  private hasOperations = false;
  /** Bytes read while there was no operation. */
  private barren = 0;
  private readonly splitter = new LineSplitter(
    (bytes, start, end, line) => this.parse(bytes, start, end, line),
    (line, message) => this.found.add(line, message),
  );

  /** @param candidates the formats that the trace may have; of several, the one that fits its first lines best is taken */
  constructor(
    private readonly candidates: readonly Format<Kind, Batch>[],
    private readonly request: TraceRequest = {},
  ) {}

  /** Null until enough is read to know it, and for a file that is no trace. */
  get format(): Format<Kind, Batch> | null {
    return this.chosen;
  }
  /** How the trace is read; null as long as `format` is. */
  get reading(): TraceReading | null {
    const { chosen, parser, found, isSure } = this;
    if (chosen === null) return null;
    return { format: chosen, numbers: parser?.numbers ?? null, isSure, strays: found.strays };
  }
  /** Whether it is known to be no trace: the rest need not be read. */
  get isOver(): boolean {
    return this.splitter.isStopped;
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
    if (this.head === null) this.split(chunk);
    else if (this.head.add(chunk)) this.start(this.head, false);
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(batch: Batch): void {
    this.batch = batch;
    if (this.head !== null) this.start(this.head, true);
    const isEnded = this.splitter.finish();
    if (this.parser === null) {
      if (!this.splitter.isStopped) this.found.add(0, "The trace is empty.");
      return;
    }
    const before = batch.length;
    if (!this.isOver) this.parser.finish?.(Math.max(0, this.lines - 1), isEnded);
    this.hasOperations ||= batch.length !== before;
    const { first } = this.found.strays;
    if (this.hasOperations || first === -1) return;
    this.found.add(first, this.notOne(this.chosen as Format<Kind, Batch>));
  }

  /** Recognises the trace by its first bytes and reads them, or waits for more of it. */
  private start(head: Head, isWhole: boolean): void {
    const bytes = head.take();
    const text = readable(bytes.subarray(0, head.wanted));
    const isLast = isWhole || head.wanted === mostHeld;
    const lines = headLines(text, isWhole, head.wanted === headBytes ? undefined : Infinity);
    const foreign = whyForeign(bytes, lines);
    const found = foreign === null ? recogniseLines(lines, this.stillPossible(head), this.request) : null;
    const isOpen = found === null ? lines.length === 0 : found.format.isOpen?.(lines, this.request) === true;
    if (foreign === null && isOpen && !isLast) {
      this.head = new Head(mostHeld);
      if (this.head.add(bytes)) this.start(this.head, false);
      return;
    }
    this.head = null;
    if (found === null) {
      if (lines.length === 0 && foreign === null) return;
      const { line, message } = foreign === null ? whyNone(text, this.candidates) : { line: 0, message: foreign };
      this.found.add(line, message);
      this.splitter.isStopped = true;
      return;
    }
    this.chosen = found.format;
    this.isSure = found.isSure;
    this.parser = found.format.open(this.found, this.request, lines);
    const encoding = encodingOf(bytes);
    this.decoder = encoding === "utf8" ? null : new Utf16Decoder(encoding);
    this.split(bytes);
  }

  /** Of many lines only those formats are tried again that wanted to see them. */
  private stillPossible({ wanted }: Head): readonly Format<Kind, Batch>[] {
    if (wanted === headBytes || this.candidates.length === 1) return this.candidates;
    return this.candidates.filter((format) => "isOpen" in format);
  }

  private split(chunk: Uint8Array): void {
    this.splitter.feed(this.decoder === null ? chunk : this.decoder.decode(chunk));
    if (this.hasOperations || this.isOver) return;
    this.barren += chunk.length;
    if (this.barren > mostWithoutOperations) this.giveUp();
  }

  private giveUp(): void {
    this.splitter.isStopped = true;
    if (this.chosen === null) this.found.add(0, "The trace is empty.");
    else if (this.found.strays.first === -1) this.found.add(0, this.notOne(this.chosen));
  }

  private notOne({ name, expected }: Format<Kind, Batch>): string {
    return `This is no line of ${articled(name)} trace: expected ${expected}.`;
  }

  private parse(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (bytes[start] === 35 || this.batch === null || this.parser === null) return;
    const before = this.batch.length;
    this.parser.parse(bytes, start, end, line, this.batch);
    this.hasOperations ||= this.batch.length !== before;
  }
}

const articled = (name: string): string => `${/^[aeiou]|^mt/.test(name) ? "an" : "a"} ${name}`;
