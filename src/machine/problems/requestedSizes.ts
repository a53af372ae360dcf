import { bytes, number, says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { tellNotWhole } from "./numberNames";
import { block, blockText, hex, originLines, region } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

/** Sizes in bytes. */
const invalidSizes = {
  "not-whole": tellNotWhole,

  /** The product of `calloc`. */
  overflow: says("{0} times {1} overflows: sizes go up to 2^53 - 1.", number("count"), bytes("size")),
  "not-positive": says("The size {0} is not a whole number of bytes, 1 or more.", number("size")),

  /** A request to a pool, whose blocks are smaller. */
  misfit: says("{0} do not fit: the blocks of {1} have {2}.", bytes("size"), region("region"), bytes("blockSize")),

  /** A pool that would be a block of another pool, whose blocks are smaller. */
  "pool-misfit": says(
    "The pool needs {0} of {1}: its blocks have {2}.",
    bytes("size"),
    region("region"),
    bytes("blockSize"),
  ),

  /** A pool that would lie in a block, of which there are `room` bytes. */
  "no-room": says("The pool needs {0}; {1} has {2} from there on.", bytes("size"), block("block"), bytes("room")),

  /** `realloc` to 0 bytes; the block is null where the pointer leads to none. */
  "realloc-to-nothing"({ block: freed }: { readonly block: BlockFacts | null }, words: Words) {
    const message =
      freed === null
        ? words.say(
            "`realloc` to 0 bytes: C leaves open whether this frees the block, so it stays as it is. Use `free` to free it.",
          )
        : words.say(
            "`realloc` of {0} to 0 bytes: C leaves open whether this frees the block, so it stays as it is. Use `free` to free it.",
            blockText(freed, words),
          );
    return { message, related: originLines(words, freed) };
  },
};

/** Alignments in bytes. */
const misalignments = {
  "not-power-of-two": says("The alignment {0} is not a power of two.", number("align")),
  "above-page": says("The alignment {0} is above a page of {1}.", number("align"), number("page")),
  base: says("The base {0} is not a multiple of `align={1}`.", number("baseAddress"), number("align")),

  /** The base of a slab cache. */
  "slab-base": says("The base {0} is not a multiple of {1}: slabs begin on pages.", hex("baseAddress"), bytes("align")),
  blocks: says("The blocks of {0} are not aligned to {1}.", region("region"), bytes("align")),

  /** A pool that would be a block of another pool. */
  "pool-blocks": says(
    "The pool needs {0} of {1}: its blocks are not aligned to {2}.",
    bytes("size"),
    region("region"),
    bytes("align"),
  ),
  handle: says("`{0}` is not a multiple of `align={1}`.", string("handle"), number("align")),
};

export type InvalidSize = FactsOfVariants<typeof invalidSizes>;

/** Sizes and alignments that no allocation can have. */
export const requestedSizes = {
  "invalid-size": problemKind<InvalidSize>(
    {
      title: "Invalid size",
      explanation:
        "A size must be a whole number of bytes, at least 1 and at most 2^53 - 1. A size of 0 or below is nearly always a wrong computation: in C a negative size becomes a huge unsigned number. The product of `calloc` is checked for overflow, and a block of a pool cannot hold more than the pool's block size.",
      advice: "Compute the size so that it is positive and fits.",
      example: "a = alloc 0",
    },
    tellVariant(invalidSizes),
  ),

  misaligned: problemKind<FactsOfVariants<typeof misalignments>>(
    {
      title: "Misaligned",
      explanation:
        "An alignment must be a power of two: 1, 2, 4, 8, 16 and so on. Processors and allocators find aligned addresses by clearing low bits, which works only for powers of two.",
      advice: "Use a power of two for `align=`.",
      example: "a = alloc 40 align=24",
    },
    tellVariant(misalignments),
  ),
};
