import type { EngineEvent, Extent } from "../../engine/events";
import type { Allocation } from "../state/allocation";
import type { Problem } from "../problems/Problem";

/** Every kind of thing that happens to memory, with the word by which a query asks for all of the kind. */
export const memoryEventWords = {
  allocation: "allocs",
  free: "frees",
  write: "writes",
  read: "reads",
  move: "moves",
  resize: "resizes",
  split: "splits",
  coalesce: "coalesces",
  grow: "grows",
  trim: "trims",
  quarantine: "quarantines",
  map: "maps",
  unmap: "unmaps",
  protect: "protects",
  fault: "faults",
  eviction: "evictions",
  copy: "copies",
  merge: "merges",
  switch: "switches",
  problem: "problems",
} as const;
export type MemoryEventKind = keyof typeof memoryEventWords;
export const allMemoryEventKinds = Object.keys(memoryEventWords) as readonly MemoryEventKind[];

/** One thing that happened to memory in one step. What does not apply is null. */
export interface MemoryEvent {
  readonly kind: MemoryEventKind;
  readonly step: number;
  /** 0-based line of the statement; of a leak, the line that allocated. */
  readonly line: number;
  /** The bytes that it is about: whole blocks for splits and merges, payloads for allocations and frees. */
  readonly bytes: Extent | null;
  /** Heap, pool or slab cache. */
  readonly region: string | null;
  /** Virtual pages, of `process`. */
  readonly pages: Extent | null;
  readonly process: string | null;
  readonly frames: readonly number[];
  /** The allocation as it was after the step. */
  readonly allocation: Allocation | null;
  /** What the engine reported; null for problems, and for blocks that ended with their pool. */
  readonly cause: EngineEvent | null;
  readonly problem: Problem | null;
}

export function overlaps(left: Extent | null, right: Extent | null): boolean {
  return left !== null && right !== null && left.from < right.to && right.from < left.to;
}

/** The bytes that an allocation may use. */
export function payloadOf({ address, requested }: Allocation): Extent {
  return { from: address, to: address + Math.max(1, requested) };
}
