import type { ByteStoreContract } from "../bytes/contract";
import type { HeapStructure } from "./contract";
import type { CompactionMove } from "./defragment";
import type { HeaderBytes } from "./HeaderBytes";

/** Neighbours of a free block in whatever list it is in, by block id; -1 at the ends. */
export interface FreeLinks {
  before(id: number): number;
  after(id: number): number;
}

export type Demand = (holds: boolean, sentence: string) => void;

/**
 * What tells one policy from another: where free blocks wait, which one serves a request, how it is cut and what is
 * merged. The heap around it owns blocks, payloads and counts. Sizes are whole block sizes, ids those of the table.
 */
export interface Placement extends FreeLinks {
  /** Free blocks looked at by the last `find`. */
  readonly searched: number;
  readonly length: number;
  readonly freeBytes: number;
  /** Size of the largest free block, 0 when there is none. */
  readonly largestSize: number;

  useHeaders(headers: HeaderBytes): void;
  /** The free block that serves the request, or -1. `need` is a size that the geometry gave. */
  find(need: number, align: number): number;
  /** Cuts the wanted block out of the one found and returns its id. */
  carve(found: number, need: number, align: number): number;
  /** Merges what was left unmerged, if that may let a failed request succeed: whether to search again. */
  relieve(): boolean;
  /** Takes in a block that was freed. */
  release(id: number): void;
  /** Where blocks must end, now ending at `begins`, so that a block gained there serves the request. */
  growthEnd(begins: number, need: number, align: number): number;
  /** Where blocks must end so that `extendUsed` gives the used block `need` bytes; -1 where growth is of no use to it. */
  growthEndFor(id: number, need: number): number;
  /** Where a free block that begins at `start` must end to serve the request; never falls as `start` grows. */
  servingEnd(start: number, need: number, align: number): number;
  /** Whether blocks from `begins` to `end`, gained, would serve the request. */
  growthServes(begins: number, end: number, need: number, align: number): boolean;
  /** Takes in the bytes that the heap gained; also those that it begins with. */
  grow(begins: number, end: number): void;
  /** The size that a used block keeps when it could do with `need` bytes. */
  keptSize(id: number, need: number): number;
  /** Takes in the `rest` bytes behind a used block that shrank. */
  freeTail(id: number, rest: number): void;
  /** Gives a used block free neighbours above it: its new size, of at least `need`, or 0 when they do not suffice. */
  extendUsed(id: number, need: number): number;
  /** Merges on demand; returns the number of merges. */
  mergeAll(): number;
  /** Slides used blocks down and takes in what is free then. */
  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[];
  /** The free block after this one in the order of the policy's lists, -1 begins and ends. */
  nextFree(id: number): number;
  check(demand: Demand): void;
  structure(): HeapStructure;
  save(): unknown;
  /** Takes what `save` of the same placement returned. */
  load(saved: unknown): void;
}
