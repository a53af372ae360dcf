import type { Address } from "../address";
import type { EventLog } from "../events";
import type { ByteStoreContract } from "../bytes/ByteStore";

export interface PoolOptions {
  readonly name: string;
  readonly base: number;
  /** Bytes of one block. */
  readonly blockSize: number;
  readonly count: number;
  /** Which free block is handed out next: the one freed last or the one freed first. */
  readonly order: "lifo" | "fifo";
  readonly bytes: boolean;
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
  | { readonly reason: "interior"; readonly payload: Address; readonly offset: number }
  /** Not an address of this pool. */
  | { readonly reason: "outside" };

/** A free block whose link bytes no longer say what the free list says: somebody wrote over them. */
export interface LinkDamage {
  readonly block: PoolBlock;
  readonly address: Address;
  readonly expected: number;
  readonly found: number;
}

/** DESIGN: STATS of a pool, with the counters that its views need besides. */
export interface PoolStats {
  readonly blockSize: number;
  readonly usedBlocks: number;
  readonly freeBlocks: number;
  readonly peakUsed: number;
  readonly allocations: number;
  readonly deallocations: number;
}

export interface PoolSnapshot {
  readonly kind: "pool";
}

/** Fixed-size blocks, O(1) both ways. Free blocks carry the link to the next one in their first bytes, as real pools do. */
export interface PoolContract {
  readonly options: PoolOptions;
  readonly log: EventLog;
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  readonly end: Address;
  /** Address of the block or -1 when all are used. */
  allocate(owner: number): number;
  whyNotFree(address: number): PoolFreeFailure;
  free(address: number): boolean;
  /** Frees every block and puts the free list back into its first order; returns how many were used. */
  reset(): number;
  stats(): PoolStats;
  blockAt(address: number): PoolBlock | undefined;
  blocks(from?: number): IterableIterator<PoolBlock>;
  /** Indices of free blocks in list order. */
  freeList(): IterableIterator<number>;
  /** Compares the link bytes of every free block that touches the half-open range with the truth. */
  linkDamage(from: number, to: number): LinkDamage[];
  /** Sentences, one for each broken invariant of the tables; damaged bytes break none. */
  checkInvariants(): string[];
  snapshot(): PoolSnapshot;
  restore(snapshot: PoolSnapshot): void;
}
