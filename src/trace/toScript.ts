import { callSiteNote } from "../language/callSite";
import { maximumLines } from "../language/parsing/ProgramDocument";
import { BlockTracker, trackedAction } from "./BlockTracker";
import type { AllocationFormat, TraceFormat } from "./format";
import { allocationFormats } from "./formats";
import { OperationBatch } from "./operations";
import { FirstOfMany, type TraceProblem } from "./problems";
import { traceRefusalText, type TraceRefusal } from "./refusals";
import type { TraceReading } from "./reading";
import type { TraceRequest } from "./request";
import { noSurroundings } from "./surroundings";
import { TraceReader } from "./TraceReader";

/** The heap of a converted trace: small at first, growing as a program's heap does. */
const heapStatement = (name: string | null): string => `heap ${name === null ? "" : `${name} `}64KiB grow=64KiB`;
const longestName = 200;
/** Lines before the operations: three of comment at most, the heap or a comment on it, one empty. */
const headerLines = 5;
/** Threads that the header names. */
const namedThreads = 20;

export interface ConversionFacts {
  /** Null when the input was no trace. */
  readonly format: TraceFormat | null;
  /** How the trace was read; null when the input was none. */
  readonly reading: TraceReading | null;
  /** Operations or references of the trace, refused ones included. */
  readonly operations: number;
  /** Operations that could not be followed; each is a comment in the script. The first thousand, and the count of all. */
  readonly refused: readonly TraceProblem[];
  readonly refusedCount: number;
  /** What is wrong with the trace's text: the first thousand, and the count of all. */
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
}

export type Conversion =
  /** `lines` yields the script's lines, without line ends; `lineCount` is how many. */
  | { readonly ok: true; readonly lineCount: number; readonly lines: Iterable<string>; readonly facts: ConversionFacts }
  | { readonly ok: false; readonly message: string; readonly facts: ConversionFacts };

/**
 * Turns a recorded trace, which comes in chunks of decompressed bytes, into a script: blocks become `b[n]`, and an index
 * is used again after its free, so that it stays near the number of live blocks. No input makes it throw.
 */
export class ScriptConverter {
  private readonly reader: TraceReader<"allocations", OperationBatch>;
  private readonly batch = new OperationBatch();
  private readonly tracker = new BlockTracker();
  private readonly body: string[] = [];
  private readonly counts = [0, 0, 0, 0];
  private readonly refused = new FirstOfMany<TraceProblem>();
  /** In the order of their first operations. Lines name the others than the first. */
  private readonly threads = new Set<number>();
  private firstThread = -1;
  private tooLong = false;

  /** `source` is what the header names as the origin, usually the file's name. */
  constructor(
    private readonly source: string,
    candidates: readonly AllocationFormat[] = allocationFormats,
    private readonly surroundings = noSurroundings,
    request: TraceRequest = {},
  ) {
    this.reader = new TraceReader(candidates, request);
  }

  /** Whether it is no trace, or its script has more lines than one may have: the rest need not be read. */
  get isOver(): boolean {
    return this.tooLong || this.reader.isOver;
  }

  feed(chunk: Uint8Array): void {
    this.reader.feed(chunk, this.batch);
    this.write();
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(): Conversion {
    this.reader.finish(this.batch);
    this.write();
    const { reader, body } = this;
    const facts: ConversionFacts = {
      format: reader.format,
      reading: reader.reading,
      operations: this.counts.reduce((sum, count) => sum + count, 0),
      refused: this.refused.first,
      refusedCount: this.refused.count,
      problems: reader.problems,
      problemCount: reader.problemCount,
    };
    if (reader.format === null) {
      return { ok: false, message: reader.problems[0]?.message ?? "The trace is empty.", facts };
    }
    if (this.tooLong) return { ok: false, message: tooLongMessage, facts };
    const header = this.header();
    const lines = (function* () {
      yield* header;
      yield* body;
    })();
    return { ok: true, lineCount: header.length + body.length, lines, facts };
  }

  private header(): string[] {
    const [allocations, reallocations, frees, failed] = this.counts;
    const refused = failed === 0 ? "" : `, ${failed.toLocaleString("en-US")} that the program was refused`;
    const counts = [counted(allocations, "allocation"), counted(reallocations, "reallocation"), counted(frees, "free")];
    return [
      `# Recorded from a real program: ${plainName(this.source)}.`,
      `# ${counts.join(", ")}${refused}; ${counted(this.tracker.live, "block")} live at the end.`,
      ...this.threadLine(),
      this.heapLine(),
      "",
    ];
  }

  /** What lines without a thread are of, when there are several. */
  private threadLine(): string[] {
    const [first, ...others] = this.threads;
    if (others.length === 0) return [];
    const named = others.slice(0, namedThreads).join(", ") + (others.length > namedThreads ? ", …" : "");
    return [`# Threads: ${first} (where a line names none), ${named}.`];
  }

  /** A script has a heap with a size that its author chose: the lines then say what they were recorded with. */
  private heapLine(): string {
    const { heap, ownName } = this.surroundings;
    return heap === null
      ? heapStatement(ownName)
      : `# Needs a heap such as \`${heapStatement(null)}\`; here \`${heap}\` serves.`;
  }

  private write(): void {
    const { batch, tracker } = this;
    const { kinds, blocks, olds, sizes, sites, threads, lines } = batch;
    for (let k = 0; k < batch.length && !this.tooLong; k++) {
      const kind = kinds[k];
      const size = sizes[k];
      const line = lines[k];
      this.counts[kind]++;
      const thread = this.threadNote(threads[k]);
      tracker.follow(kind, blocks[k], olds[k], size, sites[k], line);
      if (tracker.refusal !== null) this.refuse(line, tracker.refusal);
      if (tracker.released !== -1) this.push(`free b[${tracker.released}]`);
      const name = `b[${tracker.slot}]`;
      if (tracker.action === trackedAction.free) this.push(`free ${name}${comment([thread])}`);
      else if (tracker.action !== trackedAction.none) {
        const verb = tracker.action === trackedAction.allocate ? "alloc" : `realloc ${name}`;
        // Scripts refuse requests of 0 bytes, which `malloc` serves with a block of its own.
        const isEmpty = size === 0;
        const notes = comment([isEmpty ? "asked for 0" : "", thread], this.siteNote(sites[k]));
        this.push(`${name} = ${verb} ${isEmpty ? 1 : size}${notes}`);
      }
    }
    batch.clear();
  }

  private threadNote(thread: number): string {
    if (thread === -1) return "";
    if (this.threads.size === 0) this.firstThread = thread;
    if (this.threads.size <= namedThreads + 1) this.threads.add(thread);
    return thread === this.firstThread ? "" : `thread ${thread}`;
  }

  private siteNote(site: number): string {
    const name = site < 0 ? undefined : this.reader.sites.at(site);
    return name === undefined ? "" : callSiteNote(plainName(name));
  }

  private refuse(line: number, refusal: TraceRefusal): void {
    const message = `${traceRefusalText(refusal)}.`;
    this.refused.push({ line, message });
    this.push(`# Line ${line + 1} of the trace: ${message}`);
  }

  private push(line: string): void {
    this.tooLong ||= headerLines + this.body.length >= maximumLines - 1;
    if (!this.tooLong) this.body.push(line);
  }
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** A comment at the end of a line, of the notes that are not empty. */
function comment(notes: readonly string[], site = ""): string {
  const text = [notes.filter((each) => each !== "").join(", "), site].filter((each) => each !== "").join(" ");
  return text === "" ? "" : `  # ${text}`;
}

export const tooLongMessage = `The script would have more than ${maximumLines.toLocaleString("en-US")} lines, the most a script may have; replay the trace instead.`;

/** A name that stays within its comment line. */
export function plainName(source: string): string {
  const plain = source.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return plain.length > longestName ? `${plain.slice(0, longestName)}…` : plain;
}
