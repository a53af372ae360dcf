import { toHex } from "../../engine/address";
import type { BlockFacts } from "./facts";
import { blockOrigin, originLines } from "./phrases";
import { problemKind } from "./ProblemKind";

export interface UninitializedRead {
  /** Bytes that were read. */
  readonly length: number;
  /** Of the first byte that nothing wrote, from the start of the block. */
  readonly offset: number;
  readonly block: BlockFacts;
}

export interface OverlappingCopy {
  readonly toAddress: number;
  readonly fromAddress: number;
  /** Bytes. */
  readonly length: number;
  readonly blocks: readonly BlockFacts[];
}

/** Reading what nothing wrote, and copying a range onto part of itself. */
export const memoryContents = {
  "uninitialized-read": problemKind<UninitializedRead>(
    {
      title: "Uninitialized read",
      explanation:
        "These bytes were never written since the block was allocated. They hold whatever the memory held before: another block's old data, perhaps secrets, and different values in each run. `calloc` zeroes its block, `alloc` does not.",
      advice: "Write the bytes first, or allocate with `calloc`.",
      example: "a = alloc 40\nread a 4\nfree a",
    },
    ({ length, offset, block }, w) => ({
      message: w.say("read of {0}: byte {1} of {2} was never written.", w.bytes(length), offset, blockOrigin(block, w)),
      related: originLines(w, block),
    }),
  ),

  overlap: problemKind<OverlappingCopy>(
    {
      severity: "warning",
      title: "Overlapping copy",
      explanation:
        "Source and destination of a `copy` share bytes. `copy` moves them as C's `memmove` does, as if through a buffer, so the result is right here. The same call of `memcpy` is undefined: it may copy in any direction, and then reads bytes that it has overwritten already. A copy of a range onto itself changes nothing and is not reported.",
      advice:
        "Copy between ranges that do not overlap, or, when the move is meant, say so with `expect problem overlap` on the line above.",
      example: "a = calloc 4 8\ncopy a + 8 a 16\nfree a",
    },
    ({ toAddress, fromAddress, length, blocks }, w) => ({
      message: w.say(
        "copy of {0} from {1} to {2}: the two ranges overlap in {3}; `copy` moves them as memmove does, C's memcpy would be undefined here.",
        w.bytes(length),
        toHex(fromAddress),
        toHex(toAddress),
        w.bytes(length - Math.abs(toAddress - fromAddress)),
      ),
      related: originLines(w, ...blocks),
    }),
  ),
};
