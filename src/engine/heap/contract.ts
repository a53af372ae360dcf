import type { Address } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import type { EventLog } from "../events";
import type { BlockState, GuardDamage, HeaderDamage, HeapBlock, HeapMove } from "./blocks";
import type { HeapOptions } from "./options";
import type { HeapStructure } from "./structure";

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

export interface HeapSnapshot {
  readonly kind: "heap";
}

/**
 * What the rings above may ask of a heap. Payload addresses identify blocks; results that are numbers are -1 when
 * refused, with the reason in `lastFailure`. Nothing here throws for a caller's mistake.
 */
export interface HeapContract {
  readonly options: HeapOptions;
  readonly log: EventLog;
  /** Null when options.bytes is false. */
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  /** One past the last byte now. */
  readonly end: Address;
  /** List position found by first and next fit, whole list length for best and worst fit, of the last allocation. */
  readonly lastSearched: number;
  readonly lastFailure: AllocFailure;

  /** Returns the payload address or -1. `align` (power of two) asks for a payload address beyond the heap's own. */
  allocate(requested: number, owner: number, align?: number): number;
  /** Whether free would be refused, and why. Changes nothing. */
  whyNotFree(address: number): FreeFailure;
  /** Frees and returns true, or changes nothing and returns false. */
  free(address: number): boolean;
  /**
   * Shrinks or grows in place where it can (the next block is free, or the block is at the end of a heap that grows)
   * unless the heap always moves (options.realloc), else allocates, copies and frees. Returns the payload address or -1 (then the old block stays as it was). `owner` marks the resulting block.
   */
  reallocate(address: number, requested: number, owner: number): number;
  /** Frees every block and merges everything, as a heap begins; returns how many blocks were in use. */
  reset(): number;
  /** Why a request that was refused for want of memory cannot be served. O(n). */
  shortage(requested: number, align?: number): Shortage;
  /** Merges all neighbouring free blocks; returns how many merges there were. */
  coalesce(): number;
  /**
   * Empties the quarantine, slides every used block towards the base and leaves one free block at the end; returns the
   * moves in address order.
   */
  defragment(): HeapMove[];

  stats(): HeapStats;
  /** The block that contains the address, or undefined outside the heap. O(log n). */
  blockAt(address: number): HeapBlock | undefined;
  /** Blocks in address order, from the one that contains `from` (default: the first). */
  blocks(from?: number): IterableIterator<HeapBlock>;
  /** The same from the first block on, for who looks at very many. */
  walkBlocks(): HeapBlocks;
  /** Free blocks in list order. */
  freeList(): IterableIterator<HeapBlock>;
  /** Compares the header and footer bytes of every block that touches the half-open range with the truth. */
  headerDamage(from: number, to: number): HeaderDamage[];
  /** Compares the guard bytes of every block that touches the half-open range with their patterns. */
  guardDamage(from: number, to: number): GuardDamage[];
  /** Sentences, one for each broken invariant; empty when all hold. */
  checkInvariants(): string[];
  /** How the policy keeps its free blocks. */
  structure(): HeapStructure;
  snapshot(): HeapSnapshot;
  restore(snapshot: HeapSnapshot): void;
}
