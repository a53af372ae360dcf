import { toHex } from "../../engine/address";
import type { Gap } from "../../engine/pool/contract";
import type { Words } from "../../language/Words";
import type { BlockFacts, RegionFacts } from "./facts";
import { accessOf, blockOrigin, lineName, originLines, regionName } from "./phrases";
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
  null(facts: Access & { readonly failedLine: number | null }, w: Words) {
    const { address, failedLine } = facts;
    const values = [accessText(facts, w), w.bytes(address)];
    if (failedLine === null) {
      return address === 0
        ? w.say("{0}: a null pointer leads to no block.", ...values)
        : w.say("{0}: {1} after null, and a null pointer leads to no block.", ...values);
    }
    const line = lineName(failedLine, w);
    return address === 0
      ? w.say("{0}: a null pointer leads to no block (the allocation at {2} failed).", ...values, line)
      : w.say(
          "{0}: {1} after null, and a null pointer leads to no block (the allocation at {2} failed).",
          ...values,
          line,
        );
  },

  outside(facts: Access, w: Words) {
    return w.say("{0}: the address lies outside every heap and pool, and there is no `vm`.", accessText(facts, w));
  },

  /** A part of a heap or pool that is free and always was; `near` is a live block that ends shortly before. */
  unused(facts: Access & { readonly region: string; readonly near: BlockFacts | null }, w: Words) {
    const { address, region, near } = facts;
    const what = w.say("{0}: this part of `{1}` is free and was never handed out", accessText(facts, w), region);
    if (near === null) return `${what}.`;
    const distance = w.bytes(address - near.address - near.requested);
    return {
      message: w.say("{0}, {1} after {2}.", what, distance, blockOrigin(near, w)),
      related: originLines(w, near),
    };
  },

  /** Between the blocks of a pool or slab cache. */
  gap(facts: Access & { readonly gap: Gap["kind"]; readonly region: RegionFacts }, w: Words) {
    return w.say("{0}: this is {1}.", accessText(facts, w), gapName(facts, w));
  },

  /** No address at all: negative, or beyond what a number holds exactly. */
  "no-address"({ access, address }: Pick<Access, "access" | "address">, w: Words) {
    return access === "read"
      ? w.say("read at {0}: addresses go from 0 to 2^53 - 1.", address)
      : w.say("write at {0}: addresses go from 0 to 2^53 - 1.", address);
  },
};

function accessText({ access, address, length }: Access, w: Words): string {
  return w.say("{0} at {1}", accessOf(access, length, w), toHex(address));
}

/** "the red zone of pool `nodes`": what lies at an address that belongs to no block of its region. */
export function gapName(
  { gap, region }: { readonly gap: Gap["kind"]; readonly region: RegionFacts },
  w: Words,
): string {
  const name = regionName(region, w);
  switch (gap) {
    case "red-zone":
      return w.say("the red zone of {0}", name);
    case "padding":
      return w.say("bytes between the blocks of {0}", name);
    case "bookkeeping":
      return w.say("the bookkeeping of {0}", name);
    case "returned":
      return w.say("a slab that was given back of {0}", name);
  }
}

/** Accesses where no block is. */
export const wildAccess = {
  "wild-access": problemKind<FactsOfVariants<typeof wildAccesses>>(
    {
      title: "Wild access",
      explanation:
        "The address belongs to no block: it is 0 (a null pointer, such as a failed allocation leaves behind), lies outside every heap and pool, or in heap space that was never handed out. A real program dies of a segmentation fault here, if it is lucky.",
      advice: "Use an address that comes from an allocation; check for 0 after an allocation that may fail.",
      example: "write 0x10 1",
    },
    tellVariant(wildAccesses),
  ),
};
