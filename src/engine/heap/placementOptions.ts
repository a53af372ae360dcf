/** Where a freed block enters the free list. `size-*` re-sort the list stably at each free, as OSTEP's SIZESORT does. */
export const listOrders = ["address", "lifo", "fifo", "size-asc", "size-desc"] as const;
export type ListOrder = (typeof listOrders)[number];

/**
 * When neighbouring free blocks become one: at each free (`immediate`, boundary tags), when an allocation would fail
 * or on `coalesce` (`deferred`), only on `coalesce` (`never`), or by one left-to-right pass over the list in its
 * current order at each free (`list-pass`, OSTEP's malloc.py -C).
 */
export const coalesceModes = ["immediate", "deferred", "never", "list-pass"] as const;
export type CoalesceMode = (typeof coalesceModes)[number];

/**
 * How large a block a request gets: as large as it needs, or the least size of the class that serves it (TLSF as in the
 * paper of 2008 and version 2.4.6), so that the block serves the same request again once it is free.
 */
export const roundings = ["request", "class"] as const;
export type Rounding = (typeof roundings)[number];

/** How blocks are laid out, listed and merged: what a placement knows of a heap's options. Sizes are in bytes. */
export interface PlacementOptions {
  /** Address of the heap's first byte. */
  readonly base: number;
  readonly order: ListOrder;
  readonly coalesce: CoalesceMode;
  readonly rounding: Rounding;
  /** Bytes before each payload: 32 holds size, flags, next and prev, 8 each; smaller ones hold as many fields as fit. */
  readonly header: number;
  /** Bytes after each payload: a copy of the size (boundary tag). */
  readonly footer: number;
  /**
   * Requests are rounded up to a multiple of this. Payloads are aligned to it too whenever header + footer is a
   * multiple of it and the base is aligned (then the first block is shifted so that header + payload falls right);
   * otherwise only the size is rounded, exactly as in OSTEP's malloc.py -a.
   */
  readonly align: number;
  /** Smallest block, header and footer included; a remainder below it is not split off. */
  readonly min: number;
  /**
   * Bytes by which the heap extends when no free block fits or its last block is to grow, as sbrk does (see
   * HeapOptions.growth); 0: it does not grow.
   */
  readonly grow: number;
}
