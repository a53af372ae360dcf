import { type BlockFacts } from "./facts";
import { blockText, fate, originLines } from "./phrases";
import type { Told } from "../../language/variants";
import type { Words } from "../../language/Words";
import { problemKind } from "./ProblemKind";

export interface DoubleFree {
  readonly operation: "free" | "realloc";
  readonly block: BlockFacts;
  /** What has the memory now; null when nothing has. */
  readonly newOwner: BlockFacts | null;
}

/** A `free` or `realloc` of a block that was freed before; `newOwner` has its memory now. */
export function freedAgain({ operation, block, newOwner }: DoubleFree, words: Words): Told {
  const values = [blockText(block, words), fate(block, words), newOwner === null ? "" : blockText(newOwner, words)];
  const message =
    operation === "free"
      ? newOwner === null
        ? words.say("Double free: {0} was already {1}.", ...values)
        : words.say(
            "Double free: {0} was already {1}; that memory now belongs to {2}, which is not affected.",
            ...values,
          )
      : newOwner === null
        ? words.say("`realloc` after free: {0} was already {1}.", ...values)
        : words.say(
            "`realloc` after free: {0} was already {1}; that memory now belongs to {2}, which is not affected.",
            ...values,
          );
  return { message, related: originLines(words, block, newOwner) };
}

/** Freeing a block that was freed before. */
export const doubleFree = {
  "double-free": problemKind<DoubleFree>(
    {
      title: "Double free",
      explanation:
        "The block was freed before. In a real allocator a second `free` puts the same block on the free list twice, so that two later allocations get the same memory. A handle knows the block that it came from: a stale handle is refused even after its address was allocated again, where C would silently free the new block.",
      advice: "Delete the second free, or clear the handle after the first.",
      example: "a = alloc 40\nfree a\nfree a",
    },
    freedAgain,
  ),
};
