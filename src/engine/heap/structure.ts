import type { ListOrder } from "./placementOptions";

/** One list of free blocks by their sizes: at least `least` bytes and less than `below`. Addresses in list order. */
export interface SizeList {
  /** Counts all lists of the structure from the smallest sizes on, empty ones too. */
  readonly index: number;
  readonly least: number;
  readonly below: number;
  readonly blocks: readonly number[];
}

/** One word of a bitmap over bins: bit k says whether bin 32 w + k holds a block, `w` being the word's place. */
export interface BinWord {
  readonly bits: number;
  /** Bytes that a block in the word's first bin holds at least, header and footer not counted. */
  readonly least: number;
}

/** A block that has no buddy in the heap: the root of a tree whose leaves are the heap's blocks. */
export interface BuddyRoot {
  readonly address: number;
  readonly size: number;
}

interface Kept<Kind extends string> {
  readonly kind: Kind;
  /** The lists by size that are not empty, smallest sizes first; none where all free blocks are in one list. */
  readonly lists: readonly SizeList[];
}

/** What a policy keeps its free blocks in, as data for views. */
export type HeapStructure =
  /** One list, which `freeList` walks. */
  | (Kept<"list"> & { readonly order: ListOrder })
  /** Bins by size class. TLSF's first level is the word. Words after the last one that is not zero are left out. */
  | (Kept<"bins"> & { readonly words: readonly BinWord[] })
  /** Lists for exact sizes up to `limit` bytes, and one list in the order given for all other free blocks. */
  | (Kept<"quick"> & { readonly limit: number; readonly order: ListOrder })
  /** Lists for powers of two, and the forest that all blocks are cut from; no block is below `smallest`. */
  | (Kept<"buddy"> & { readonly smallest: number; readonly roots: readonly BuddyRoot[] })
  /** The next allocation begins at `pointer`; dead blocks were freed and wait for a reset. */
  | (Kept<"arena"> & { readonly pointer: number; readonly deadBlocks: number; readonly deadBytes: number });
