import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import { refusedOperationText, type RefusedOperation } from "../replay/refusals";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockText, originLines, regionName } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

type Operation = "free" | "realloc";

const invalidFrees = {
  /** The address is not the first byte of the block. */
  interior(
    facts: { readonly operation: Operation; readonly address: number; readonly block: BlockFacts },
    words: Words,
  ) {
    const { operation, address, block } = facts;
    const offset = address - block.address;
    const values = [operation, toHex(address), blockText(block, words), toHex(block.address)];
    const message =
      offset < 0
        ? words.say("Invalid `{0}`: {1} is {4} before {2}, which begins at {3}.", ...values, words.bytes(-offset))
        : offset < block.requested
          ? words.say(
              "Invalid `{0}`: {1} is an interior pointer, {4} inside {2}, which begins at {3}.",
              ...values,
              words.bytes(offset),
            )
          : words.say(
              "Invalid `{0}`: {1} is {4} past the end of {2}, which begins at {3}.",
              ...values,
              words.bytes(offset - block.requested),
            );
    return { message, related: originLines(words, block) };
  },

  /** `region` is what holds the address, null for nothing. */
  "never-allocated"(
    facts: { readonly operation: Operation; readonly address: number; readonly region: RegionFacts | null },
    words: Words,
  ) {
    const { operation, address, region } = facts;
    return region === null
      ? words.say(
          "Invalid `{0}`: {1} was never allocated; it is outside every heap and pool.",
          operation,
          toHex(address),
        )
      : words.say(
          "Invalid `{0}`: {1} was never allocated; it is in {2}.",
          operation,
          toHex(address),
          regionName(region, words),
        );
  },

  /** `realloc` of a block of a pool or slab cache. */
  "wrong-allocator"(facts: { readonly block: BlockFacts; readonly region: RegionFacts | null }, words: Words) {
    const { block, region } = facts;
    const message =
      region === null
        ? words.say(
            "Invalid `realloc`: {0} is a block of a pool, whose blocks all have the same size.",
            blockText(block, words),
          )
        : words.say(
            "Invalid `realloc`: {0} is a block of {1}, whose blocks all have the same size.",
            blockText(block, words),
            regionName(region, words),
          );
    return { message, related: originLines(words, block) };
  },

  /** An operation of a trace. */
  trace: ({ refused }: { readonly refused: RefusedOperation }) => refusedOperationText(refused),
};

/** Freeing what no allocation returned. */
export const invalidFree = {
  "invalid-free": problemKind<FactsOfVariants<typeof invalidFrees>>(
    {
      title: "Invalid free",
      explanation:
        "Only the address that an allocation returned can be freed. This one was never allocated, or is inside a block (an interior pointer), or belongs to a different allocator: blocks of a pool cannot be resized as blocks of a heap. A real `free` would take the bytes before the address for a header and damage the heap.",
      advice: "Free exactly the address that `alloc` returned, with the allocator that it came from.",
      example: "a = alloc 40\nfree a + 8\nfree a",
    },
    tellVariant(invalidFrees),
  ),
};
