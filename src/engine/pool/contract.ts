import type { Address } from "../address";
import type { ByteStoreContract } from "../bytes/ByteStore";
import type { PatternDamage } from "../bytes/patterns";

/** What pools and slab caches are told alike. */
export interface FixedSizeOptions {
  readonly name: string;
  readonly base: number;
  /** Bytes of one block. */
  readonly blockSize: number;
  /** Every block begins at a multiple of this, a power of two, when the base does. */
  readonly align: number;
  /** Whether simulated bytes are kept. */
  readonly bytes: boolean;
}

export interface PoolOptions extends FixedSizeOptions {
  /** Blocks at the start. */
  readonly count: number;
  /** Which free block is handed out next: the one freed last or the one freed first. */
  readonly order: "lifo" | "fifo";
  /** Bytes that belong to nobody, on either side of each block. */
  readonly redzone: number;
  /** Whether every block handed out holds zeros. */
  readonly zeroed: boolean;
  /** Blocks added when all are used; 0: the pool does not grow. */
  readonly grow: number;
  /** Blocks at most. */
  readonly max: number;
  /** The bytes of the region that the pool is carved out of, which keeps them; absent when the pool has its own. */
  readonly store?: ByteStoreContract | undefined;
}

export interface PoolBlock {
  readonly index: number;
  readonly address: Address;
  readonly size: number;
  readonly state: "used" | "free";
  readonly owner: number;
}

export type PoolFreeFailure =
  | { readonly reason: "none" }
  | { readonly reason: "double-free" }
  /** Inside a block or, with a negative offset, in the red zone before it. */
  | { readonly reason: "interior"; readonly payload: Address; readonly offset: number }
  /** Not an address of a block of this pool. */
  | { readonly reason: "outside" };

/** Bookkeeping in the bytes that no longer says what the tables say: somebody wrote over it. */
export interface LinkDamage {
  /** The link in a free block of a pool, or a field of a slab's bookkeeping. */
  readonly field: "link" | "inuse" | "free" | "bufctl";
  /** The block that the field is about; for `inuse` and `free` the slab. */
  readonly index: number;
  readonly address: Address;
  /** Bytes of the field. */
  readonly width: number;
  readonly expected: number;
  readonly found: number;
}

/** Bytes of the red zone before or after a used block that were written over. */
export interface ZoneDamage extends PatternDamage {
  readonly block: PoolBlock;
  readonly zone: "before" | "after";
}

/** Why an address of the region belongs to no block. */
export interface Gap {
  readonly kind: "red-zone" | "padding" | "bookkeeping" | "returned";
  /** The block beside which it lies, where there is one. */
  readonly beside: PoolBlock | null;
}

/** DESIGN: STATS of a pool, with the counters that its views need besides. */
export interface FixedSizeStats {
  readonly blockSize: number;
  readonly usedBlocks: number;
  readonly freeBlocks: number;
  /** High-water mark of the used blocks. */
  readonly peakUsed: number;
  /** Bytes of address space in use: blocks, padding, red zones and bookkeeping. */
  readonly poolBytes: number;
  readonly peakPoolBytes: number;
  readonly allocations: number;
  readonly deallocations: number;
}

export interface PoolStats extends FixedSizeStats {
  /** Low-water mark of the free blocks. */
  readonly leastFree: number;
}

/** An opaque picture of a pool or a slab cache. */
export interface FixedSizeSnapshot {
  readonly kind: "pool" | "slab";
}
