import type { Address } from "../address";
import type { BlockState, HeapBlock } from "./blocks";

/** Why a request was refused. The machine turns each into a problem of the catalogue. */
export const allocFailures = ["none", "invalid-size", "invalid-align", "out-of-memory"] as const;
export type AllocFailure = (typeof allocFailures)[number];

/** Why a pointer cannot be freed or resized. */
export type FreeFailure =
  | { readonly reason: "none" }
  /** The address begins a payload that was freed and not handed out since. */
  | { readonly reason: "double-free" }
  /** Inside a used block, `offset` bytes after its payload's start (negative: in its header). */
  | { readonly reason: "interior"; readonly payload: Address; readonly offset: number }
  /** Inside the heap, in free space, never the start of a payload that is still remembered. */
  | { readonly reason: "never-allocated" }
  | { readonly reason: "outside" };

/**
 * A walk over the blocks of a heap in address order that makes no object of each: what is to be read is the block that
 * `next` has gone to. Valid until the heap changes.
 */
export interface HeapBlocks {
  readonly address: number;
  readonly size: number;
  readonly state: BlockState;
  readonly owner: number;
  /** Goes to the first block, then to the next one; false behind the last. */
  next(): boolean;
  /** The block as data. */
  block(): HeapBlock;
}

/** DESIGN: STATS of a heap. `totalAllocated`, `totalFreed`, `currentUsed` and `peakUsed` count requested bytes. */
export interface HeapStats {
  readonly allocations: number;
  readonly deallocations: number;
  readonly totalAllocated: number;
  readonly totalFreed: number;
  readonly currentUsed: number;
  readonly peakUsed: number;
  readonly heapBytes: number;
  readonly peakHeapBytes: number;
  /** Sum of the sizes of the free blocks. */
  readonly freeBytes: number;
  readonly freeBlocks: number;
  /** The fewest bytes that were free after an operation so far, as FreeRTOS's `xPortGetMinimumEverFreeHeapSize` counts. */
  readonly leastFree: number;
  readonly usedBlocks: number;
  /** Sum of the sizes of the blocks in quarantine, which are neither used nor free. */
  readonly quarantinedBytes: number;
  readonly quarantinedBlocks: number;
  /** Size of the largest free block, header included. */
  readonly largestFree: number;
  /** peakUsed / peakHeapBytes, 0 for an empty heap. */
  readonly utilization: number;
  /** 1 - largestFree / freeBytes, 0 when nothing is free. */
  readonly externalFragmentation: number;
  /** 1 - currentUsed / bytes of used blocks, 0 when nothing is used. */
  readonly internalFragmentation: number;
  /** Free blocks looked at by all searches so far. */
  readonly searched: number;
}

/**
 * What stands between the free blocks of a heap and a hole that would serve a request.
 *
 * Among all runs of neighbouring blocks that would serve it if they were one free block, it is the run that holds the
 * fewest bytes which are not free; among equals the one with the fewest such blocks, then the lowest.
 */
export interface Obstacle {
  /** The first blocks in the way, used or in quarantine, in address order. */
  readonly blocks: readonly HeapBlock[];
  /** How many there are; 0 when free neighbours only have to be merged. */
  readonly count: number;
  /** Their sizes together. */
  readonly bytes: number;
  /** Size of the hole that there would be without them, with the free blocks around the run. */
  readonly hole: number;
}

/** What a heap without room for a request could still do. Sizes are whole block sizes. */
export interface Shortage {
  /** The block that the request needs, rounded as the policy rounds it; padding for its alignment not counted. */
  readonly need: number;
  /** The free bytes that compaction would put together. */
  readonly compacted: number;
  readonly compactionServes: boolean;
  /** The lowest free block that is large enough by its size alone, if the policy or the alignment passes one over. */
  readonly passedOver: HeapBlock | null;
  /** Null when no run of blocks serves, nothing around it is free, or the policy does not use holes again. */
  readonly obstacle: Obstacle | null;
}
