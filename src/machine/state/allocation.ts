/** What ends the life of a block: `realloc` when it moves the block; `reset`, `trim` and `destroy` for blocks of a pool. */
export const waysToFree = ["free", "realloc", "reset", "trim", "destroy", "exit"] as const;
export type FreedBy = (typeof waysToFree)[number];

/** The facts of one allocation. They outlive the block, so that later mistakes can name its origin. */
export interface Allocation {
  readonly id: number;
  /** Heap, pool or slab cache. */
  readonly region: string;
  /** As the script writes it: `a`, `b[3]`. Null when no handle was ever bound to it. */
  readonly handle: string | null;
  readonly address: number;
  readonly requested: number;
  readonly line: number;
  readonly step: number;
  /** Null while live. */
  readonly freed: { readonly line: number; readonly step: number; readonly by: FreedBy } | null;
}

/** All allocations of a run so far, and their frees, moves and resizes in the order in which they happened. */
export interface AllocationLog {
  /** Number of allocations so far; ids are smaller. */
  readonly length: number;
  get(id: number): Allocation | undefined;
  /** How many times so far an allocation was freed, moved or resized. */
  readonly changes: number;
  /** The allocation as it was after a change, counted from 0. */
  changed(change: number): Allocation;
}

/** A handle's value: an address with its provenance. */
export interface HandleValue {
  /** `a` or `b[3]`. */
  readonly name: string;
  readonly address: number;
  /** The allocation that this pointer came from, live or not; null for plain numbers. */
  readonly allocation: Allocation | null;
}
