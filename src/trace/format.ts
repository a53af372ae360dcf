import type { OperationBatch } from "./operations";
import type { TraceProblems } from "./problems";
import type { ReferenceBatch } from "./references";

/** Reads the lines of one trace. Ranges are half-open and hold no line end and no blanks around the text. */
export interface LineParser<Batch> {
  /** The allocation sites seen so far, by the numbers in the batches; absent where the format has none. */
  readonly sites?: readonly string[];
  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: Batch): void;
  /** Called once after the last line, whose 0-based number is `line`; `ended` says whether it had a line end. */
  finish?(line: number, ended: boolean): void;
}

/** A row of the table in `formats.ts`: everything that is known about a way to write a trace. */
export interface Format<Kind, Batch> {
  readonly kind: Kind;
  /** The value of `--format`, and the name in records. */
  readonly id: string;
  /** What people call it, as in "neither mtrace nor .rep". */
  readonly name: string;
  /** What writes such traces, as a phrase in Markdown for the documentation. */
  readonly source: string;
  /** The lines that are accepted, in Markdown for the documentation. */
  readonly lines: string;
  /** Endings of such files, without a dot. Each may be followed by `.gz`. */
  readonly endings: readonly string[];
  /**
   * How well the first lines of a trace fit the format: from 0 (not at all) to 1. Below {@link sureScore} the lines could
   * as well be something else than a trace. Lines are trimmed and not empty; there is at least one.
   */
  score(lines: readonly string[]): number;
  /** Makes the parser of one trace, which reports to `problems`. `pageSize` is in bytes, for formats that number pages. */
  open(problems: TraceProblems, pageSize: number): LineParser<Batch>;
}

/** A format of traces that record requests to an allocator. */
export type AllocationFormat = Format<"allocations", OperationBatch>;

/** A format of traces that record accesses to memory. */
export interface ReferenceFormat extends Format<"references", ReferenceBatch> {
  /** Whether its numbers may be those of pages, which a script keeps as `reference` lines. */
  readonly hasPageNumbers: boolean;
}

export type TraceFormat = AllocationFormat | ReferenceFormat;

/** The least score at which lines are those of a trace rather than of a script. */
export const sureScore = 0.5;
