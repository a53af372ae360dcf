import { toHex } from "../../engine/address";
import type { Gap } from "../../engine/pool/contract";
import { says } from "../../language/says";
import type { Words } from "../../language/Words";
import type { BlockFacts, RegionFacts } from "./facts";
import { accessOf, blockText, lineName, originLines, regionName } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface Access {
  readonly access: "read" | "write";
  readonly address: number;
  /** Bytes. */
  readonly length: number;
}

const wildAccesses = {
  /** The first page; `failedLine` is where the allocation failed that the null comes from, as far as it is known. */
  null(facts: Access & { readonly failedLine: number | null }, words: Words) {
    const { address, failedLine } = facts;
    const what =
      address === 0
        ? words.say("Null pointer: {0}.", accessText(facts, words))
        : words.say("Null pointer: {0}, {1} after null.", accessText(facts, words), words.bytes(address));
    return failedLine === null
      ? what
      : words.say("{0} The allocation on {1} failed.", what, lineName(failedLine, words));
  },

  outside: says("Wild access: {0}, outside every heap and pool, and there is no `vm`.", accessText),

  /** A part of a heap or pool that is free and always was; `near` is a live block that ends shortly before. */
  unused(facts: Access & { readonly region: string; readonly near: BlockFacts | null }, words: Words) {
    const { address, region, near } = facts;
    const what = words.say(
      "Wild access: {0}, where `{1}` is free and was never allocated",
      accessText(facts, words),
      region,
    );
    if (near === null) return `${what}.`;
    const distance = words.bytes(address - near.address - near.requested);
    return {
      message: words.say("{0}, {1} after the end of {2}.", what, distance, blockText(near, words)),
      related: originLines(words, near),
    };
  },

  /** Between the blocks of a pool or slab cache. */
  gap: says("Wild access: {0}, in {1}.", accessText, gapName),

  /** No address at all: negative, or beyond what a number holds exactly. */
  "no-address"({ access, address }: Pick<Access, "access" | "address">, words: Words) {
    return access === "read"
      ? words.say("Wild access: read at {0}; addresses go from 0 to 2^53 - 1.", address)
      : words.say("Wild access: write at {0}; addresses go from 0 to 2^53 - 1.", address);
  },
};

function accessText({ access, address, length }: Access, words: Words): string {
  return words.say("{0} at {1}", accessOf(access, length, words), toHex(address));
}

/** "the red zone of pool `nodes`": what lies at an address that belongs to no block of its region. */
export function gapName(
  { gap, region }: { readonly gap: Gap["kind"]; readonly region: RegionFacts },
  words: Words,
): string {
  const name = regionName(region, words);
  switch (gap) {
    case "red-zone":
      return words.say("the red zone of {0}", name);
    case "padding":
      return words.say("the bytes between the blocks of {0}", name);
    case "bookkeeping":
      return words.say("the bookkeeping of {0}", name);
    case "returned":
      return words.say("a returned slab of {0}", name);
  }
}

/** Accesses where no block is. */
export const wildAccess = {
  "wild-access": problemKind<FactsOfVariants<typeof wildAccesses>>(
    {
      title: "Wild access",
      explanation:
        "The address belongs to no block: it is 0 (a null pointer, as after a failed allocation), outside every heap and pool, or in heap space that was never allocated. A real program ends with a segmentation fault here, at best.",
      advice: "Use an address that comes from an allocation; check for 0 after an allocation that may fail.",
      example: "write 0x10 1",
    },
    tellVariant(wildAccesses),
  ),
};
