import { type BlockFacts } from "./facts";
import { blockOrigin, fate, originLines } from "./phrases";
import { problemKind } from "./ProblemKind";

export interface DoubleFree {
  readonly operation: "free" | "realloc";
  readonly block: BlockFacts;
  /** What has the memory now; null when nothing has. */
  readonly newOwner: BlockFacts | null;
}

/** Freeing a block that was freed before. */
export const doubleFree = {
  "double-free": problemKind<DoubleFree>(
    {
      title: "Double free",
      explanation:
        "The block was freed before. In a real allocator a second `free` puts the same block on the free list twice, so that two later allocations get the same memory. Handles know the block that they came from: a stale handle is refused even when its address has been handed out again, which in C would silently free somebody else's block.",
      advice: "Delete the second free, or clear the handle after the first.",
      example: "a = alloc 40\nfree a\nfree a",
    },
    ({ operation, block, newOwner }, w) => {
      const origin = blockOrigin(block, w);
      const message =
        newOwner === null
          ? w.say("{0} of {1}, which was {2} already.", operation, origin, fate(block, w))
          : w.say(
              "{0} of {1}, which was {2} already; its memory belongs to {3} now, which stays as it is.",
              operation,
              origin,
              fate(block, w),
              blockOrigin(newOwner, w),
            );
      return { message, related: originLines(w, block, newOwner) };
    },
  ),
};
