import type { Address } from "../address";
import type { FixedSizeOptions, FixedSizeStats } from "../pool/contract";

/** Bytes of one page: what `pages` counts. */
export const slabPageBytes = 4096;

export interface SlabOptions extends FixedSizeOptions {
  /** Pages of one slab. */
  readonly pages: number;
  /** Step of the colouring in bytes, rounded up to the alignment; 0: every slab begins its objects at the same offset. */
  readonly colour: number;
  /** Whether a slab's bookkeeping is at its start, or outside the simulated memory. */
  readonly bookkeeping: "on-slab" | "off-slab";
  /** Empty slabs kept for later; one more is given back as soon as its last object is freed. */
  readonly keep: number;
  /** Slabs at most. */
  readonly max: number;
}

/** On which list a slab hangs: no object used, some, or all of them. */
export type SlabState = "empty" | "partial" | "full";

/** One slab, as data for views. */
export interface Slab {
  /** Place in the cache's address space: the slab begins at base + index * slab size. */
  readonly index: number;
  readonly address: Address;
  readonly state: SlabState;
  readonly used: number;
  /** Bytes by which its objects are shifted. */
  readonly colour: number;
  /** Index of its first object. */
  readonly first: number;
}

export interface SlabStats extends FixedSizeStats {
  readonly slabs: number;
  readonly fullSlabs: number;
  readonly partialSlabs: number;
  readonly emptySlabs: number;
  readonly peakSlabs: number;
  readonly objectsPerSlab: number;
}
