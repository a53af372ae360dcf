import type { PagingCurves } from "../curves/pagingCurves";
import type { HeapPolicy } from "../../engine/heap/policies";

/** How much of a memory is lost to fragmentation, 0 to 1. */
export interface Fragmentation {
  /** Share of the used blocks that nobody asked for: headers, rounding, remainders too small to split off. */
  readonly internal: number;
  /** Share of the free bytes that are outside the largest hole of their heap. */
  readonly external: number;
}

/** What one policy did with the operations. Several heaps count as one memory. Bytes are requested bytes. */
export interface PolicyRow {
  readonly policy: HeapPolicy;
  /** Most bytes live at once. */
  readonly peakUsed: number;
  readonly peakHeapBytes: number;
  /** At the end: less than the peak where `trim=` gave memory back. */
  readonly heapBytes: number;
  /** peakUsed / peakHeapBytes, 0 without a heap. */
  readonly utilization: number;
  /** Bytes from a heap's start to the end of the highest payload that was ever handed out. */
  readonly highWater: number;
  /** When most bytes were live. */
  readonly atPeak: Fragmentation;
  readonly atEnd: Fragmentation;
  /** Free blocks looked at. */
  readonly searched: number;
  readonly splits: number;
  readonly coalesces: number;
  /** Allocations and resizes that were refused. */
  readonly failures: number;
  /** Page faults. */
  readonly faults: number;
  /** Problems of severity error, failures included. */
  readonly errors: number;
  /** By the host's clock, with the measuring itself, which is the same for every policy. */
  readonly milliseconds: number;
}

/** The first step at which a policy gives another result than the policy chosen first. */
export interface Difference {
  readonly policy: HeapPolicy;
  readonly base: HeapPolicy;
  /** From 1. */
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  /** What stands there: the line of a script, the operation of a trace. */
  readonly text: string;
  /** For people: an address, `refused`, the ids of problems. */
  readonly baseResult: string;
  readonly result: string;
}

/** The same operations under several policies, in the order chosen; the first is the base of the differences. */
export interface Comparison {
  readonly rows: readonly PolicyRow[];
  /** Most bytes live at once under any of them: the heap of an allocator that wastes nothing. */
  readonly idealBytes: number;
  readonly differences: readonly Difference[];
  /** Of the base run's page references; null when there are none. */
  readonly paging: PagingCurves | null;
}

export function comparisonOf(
  rows: readonly PolicyRow[],
  differences: readonly (Difference | null)[],
  paging: PagingCurves | null = null,
): Comparison {
  return {
    paging,
    rows,
    idealBytes: rows.reduce((most, row) => Math.max(most, row.peakUsed), 0),
    differences: differences.filter((difference) => difference !== null),
  };
}
