import type { FreeLinks, HeaderBytes } from "./HeaderBytes";

/** Where free blocks wait. Blocks are ids of the table; -1 is none. */
export interface FreeBlocks extends FreeLinks {
  readonly length: number;
  /** Sum of the sizes of the blocks. */
  readonly bytes: number;
  /** Size of the largest block, 0 when there is none. */
  readonly largestSize: number;
  useHeaders(headers: HeaderBytes): void;
  /** Takes a block out; its size must be the one that it entered with. */
  leave(id: number): void;
  /** The block after this one, list by list; -1 begins and ends. */
  next(id: number): number;
  clear(): void;
  save(): unknown;
  /** Takes what `save` returned; the table must already be that of the same moment. */
  load(saved: unknown): void;
}
