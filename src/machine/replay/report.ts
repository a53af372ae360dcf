import type { HeapStats } from "../../engine/heap/contract";
import type { AllocationFormat } from "../../trace/format";
import type { TraceReading } from "../../trace/reading";
import type { TraceProblem } from "../../trace/problems";
import type { RefusedOperation, ReplayRefusal } from "./refusals";

/** Operations of the trace by kind. `failed`: the recorded program itself was refused; nothing is replayed. */
export interface OperationCounts {
  readonly allocate: number;
  readonly reallocate: number;
  readonly free: number;
  readonly failed: number;
}

/** Blocks that were never freed, of one allocation site. */
export interface LiveSite {
  /** As the trace writes it; null when it has none. */
  readonly site: string | null;
  readonly blocks: number;
  /** Requested bytes. */
  readonly bytes: number;
  /** 0-based line of the trace that made the first of these blocks. */
  readonly line: number;
}

export interface ReplayReport {
  /** Null when the input was no trace. */
  readonly format: AllocationFormat | null;
  /** How the trace was read; null when the input was none. */
  readonly reading: TraceReading | null;
  /** All operations of the trace. */
  readonly operations: number;
  readonly counts: OperationCounts;
  readonly stats: HeapStats;
  /** Operations that could not be replayed as recorded, the first thousand. */
  readonly refused: readonly RefusedOperation[];
  /** How many there were in all. */
  readonly refusedCount: number;
  /** What is wrong with the trace's text, the first thousand. */
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
  /** Blocks live at the end, by allocation site, most bytes first. */
  readonly live: readonly LiveSite[];
  readonly liveBlocks: number;
  /** Requested bytes of the blocks live at the end. */
  readonly liveBytes: number;
}

export type ReplayedKind = "alloc" | "realloc" | "free" | "failed";

/** One operation as it was replayed: what `--steps` prints. */
export interface ReplayedOperation {
  /** From 1. */
  readonly step: number;
  /** 0-based line of the trace. */
  readonly line: number;
  readonly op: ReplayedKind;
  readonly ok: boolean;
  /** Whether our heap had no room for it; the old block of a refused resize stays. */
  readonly isRefused: boolean;
  /** The payload's address in our heap after an allocation or resize (of the freed block for a free); null without one. */
  readonly address: number | null;
  /** Bytes that the recorded program requested. */
  readonly size: number;
  /** List position or length that the search cost; 0 for frees. */
  readonly searched: number;
  /** Why it is refused, or what had to be corrected first; else null. */
  readonly refusal: ReplayRefusal | null;
}
