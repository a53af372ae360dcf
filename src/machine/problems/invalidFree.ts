import { toHex } from "../../engine/address";
import type { Words } from "../../language/Words";
import { refusedOperationText, type RefusedOperation } from "../replay/refusals";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockOrigin, originLines, regionName } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

type Operation = "free" | "realloc";

const invalidFrees = {
  /** The address is not the first byte of the block. */
  interior(facts: { readonly operation: Operation; readonly address: number; readonly block: BlockFacts }, w: Words) {
    const { operation, address, block } = facts;
    const offset = address - block.address;
    const values = [operation, toHex(address), blockOrigin(block, w), toHex(block.address)];
    const message =
      offset < 0
        ? w.say(
            "{0} of a pointer before the block: {1} is {4} before {2}, which begins at {3}.",
            ...values,
            w.bytes(-offset),
          )
        : offset < block.requested
          ? w.say("{0} of an interior pointer: {1} is {4} inside {2}, which begins at {3}.", ...values, w.bytes(offset))
          : w.say(
              "{0} of a pointer past the end: {1} is {4} after {2}, which begins at {3}.",
              ...values,
              w.bytes(offset - block.requested),
            );
    return { message, related: originLines(w, block) };
  },

  /** `region` is what holds the address, null for nothing. */
  "never-allocated"(
    facts: { readonly operation: Operation; readonly address: number; readonly region: RegionFacts | null },
    w: Words,
  ) {
    const { operation, address, region } = facts;
    return region === null
      ? w.say("{0} of {1}, which was never allocated: it lies outside every heap and pool.", operation, toHex(address))
      : w.say(
          "{0} of {1}, which was never allocated: it lies in the {2}.",
          operation,
          toHex(address),
          regionName(region, w),
        );
  },

  /** `realloc` of a block of a pool or slab cache. */
  "wrong-allocator"(facts: { readonly block: BlockFacts; readonly region: RegionFacts | null }, w: Words) {
    const { block, region } = facts;
    const message =
      region === null
        ? w.say(
            "realloc of {0}: wrong allocator, it is a block of the pool, whose blocks have one size.",
            blockOrigin(block, w),
          )
        : w.say(
            "realloc of {0}: wrong allocator, it is a block of the {1}, whose blocks have one size.",
            blockOrigin(block, w),
            regionName(region, w),
          );
    return { message, related: originLines(w, block) };
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
        "Only the address that an allocation returned can be freed. This one was never allocated, or lies inside a block (an interior pointer), or belongs to another allocator: blocks of a pool cannot be resized as blocks of a heap. A real `free` would take the bytes before the address for a header and damage the heap.",
      advice: "Free exactly the address that `alloc` returned, with the allocator that it came from.",
      example: "a = alloc 40\nfree a + 8\nfree a",
    },
    tellVariant(invalidFrees),
  ),
};
