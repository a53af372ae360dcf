import type { OperationBatch } from "./operations";
import type { TraceProblems } from "./problems";
import type { ReferenceBatch } from "./references";
import type { TraceRequest } from "./request";

/** Reads the lines of one trace. Ranges are half-open and hold no line end and no blanks around the text. */
export interface LineParser<Batch> {
  /** The allocation sites seen so far, by the numbers in the batches; absent where the format has none. */
  readonly sites?: readonly string[];
  /** What was decided about the trace's numbers; absent where the format leaves nothing to decide. */
  readonly numbers?: NumberReading;
  /**
   * Reads a line that is no comment. A line that does not have the format's form goes to `problems.stray`, a line of that
   * form with a wrong number to `problems.add`.
   */
  parse(bytes: Uint8Array, start: number, end: number, line: number, batch: Batch): void;
  /** Called once after the last line, whose 0-based number is `line`; `ended` says whether it had a line end. */
  finish?(line: number, ended: boolean): void;
}

/** What the numbers of a trace are: `mixed` are page numbers, but addresses where `0x` is before them. */
export type NumberUnit = "addresses" | "pages" | "mixed";

/** How the numbers of a trace are read, where its format does not say. */
export interface NumberReading {
  readonly unit: NumberUnit;
  /** Of numbers without `0x`; null when there are none. */
  readonly base: 10 | 16 | null;
  /** Whether the numbers could as well be of the other unit. */
  readonly isUnitDoubted: boolean;
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
  /** What a line must be, as the end of "expected …". */
  readonly expected: string;
  /** Endings of such files, without a dot. Each may be followed by `.gz`. */
  readonly endings: readonly string[];
  /**
   * How well the first lines of a trace fit the format: from 0 (not at all) to 1, usually {@link shareOf} them. Below
   * {@link sureScore} the lines could as well be something else than a trace. Lines are trimmed, not empty and no comments;
   * there is at least one.
   */
  score(lines: readonly string[], request: TraceRequest): number;
  /** Whether lines after these could change how all of them are read, so that the reader has to see more of the trace. */
  isOpen?(lines: readonly string[], request: TraceRequest): boolean;
  /** Makes the parser of one trace, which reports to `problems`; `lines` are the trace's first ones. */
  open(problems: TraceProblems, request: TraceRequest, lines: readonly string[]): LineParser<Batch>;
}

/** A format of traces that record requests to an allocator. */
export type AllocationFormat = Format<"allocations", OperationBatch>;

/** A format of traces that record accesses to memory. */
export type ReferenceFormat = Format<"references", ReferenceBatch>;

export type TraceFormat = AllocationFormat | ReferenceFormat;

/** The least score at which lines are those of a trace rather than of a script. */
export const sureScore = 0.5;

/** The part of the lines that are the format's, from 0 to 1; lines that every trace of the tool may have do not count. */
export function shareOf(
  lines: readonly string[],
  isOperation: (line: string) => boolean,
  isNeutral: (line: string) => boolean = () => false,
): number {
  let operations = 0;
  let counted = 0;
  for (const line of lines) {
    if (isOperation(line)) operations++;
    else if (isNeutral(line)) continue;
    counted++;
  }
  return counted === 0 ? 0 : operations / counted;
}
