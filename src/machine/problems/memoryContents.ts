import { toHex } from "../../engine/address";
import type { BlockFacts } from "./facts";
import { blockText, originLines } from "./phrases";
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
        "These bytes were not written since the block was allocated. They hold what the memory held before: old data of another block, perhaps secrets, and different values in each run. `calloc` zeroes its block, `alloc` does not.",
      advice: "Write the bytes first, or allocate with `calloc`.",
      example: "a = alloc 40\nread a 4\nfree a",
    },
    ({ length, offset, block }, words) => ({
      message: words.say(
        "Uninitialized read of {0}: byte {1} of {2} was never written.",
        words.bytes(length),
        offset,
        blockText(block, words),
      ),
      related: originLines(words, block),
    }),
  ),

  overlap: problemKind<OverlappingCopy>(
    {
      severity: "warning",
      title: "Overlapping copy",
      explanation:
        "Source and destination of a `copy` share bytes. `copy` moves them as C's `memmove` does, as if through a buffer, so the result is correct here. The same call of `memcpy` is undefined: it may copy in either direction, and then reads bytes that it has already overwritten. A copy of a range onto itself changes nothing and is not reported.",
      advice:
        "Copy between ranges that do not overlap, or, when the move is meant, say so with `expect problem overlap` on the line above.",
      example: "a = calloc 4 8\ncopy a + 8 a 16\nfree a",
    },
    ({ toAddress, fromAddress, length, blocks }, words) => ({
      message: words.say(
        "Overlapping copy of {0} from {1} to {2}: the ranges share {3}. `copy` moves them as memmove does; C's memcpy is undefined here.",
        words.bytes(length),
        toHex(fromAddress),
        toHex(toAddress),
        words.bytes(length - Math.abs(toAddress - fromAddress)),
      ),
      related: originLines(words, ...blocks),
    }),
  ),
};
