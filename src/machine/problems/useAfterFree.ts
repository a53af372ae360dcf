import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { accessOf, blockOrigin, fate, originLines } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface FreedAccess {
  readonly access: "read" | "write";
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  readonly block: BlockFacts;
  /** What has the memory now; null when nothing has. */
  readonly newOwner: BlockFacts | null;
  readonly isInQuarantine: boolean;
}

const usesAfterFree = {
  access({ access, address, length, block, newOwner, isInQuarantine }: FreedAccess, w: Words) {
    const what = accessOf(access, length, w);
    const origin = blockOrigin(block, w);
    const offset = address - block.address;
    const beyond = offset - block.requested;
    let message =
      offset < 0
        ? w.say("{0}, {1} before {2}, {3}", what, w.bytes(-offset), origin, fate(block, w))
        : beyond > 0
          ? w.say("{0}, {1} after {2}, {3}", what, w.bytes(beyond), origin, fate(block, w))
          : w.say("{0}, {1} inside {2}, {3}", what, w.bytes(offset), origin, fate(block, w));
    if (newOwner !== null) message = w.say("{0}; the memory belongs to {1} now", message, blockOrigin(newOwner, w));
    if (isInQuarantine) message = w.say("{0}; it still waits in quarantine", message);
    return { message: `${message}.`, related: originLines(w, block, newOwner) };
  },

  realloc({ block, newOwner }: { readonly block: BlockFacts; readonly newOwner: BlockFacts | null }, w: Words) {
    const origin = blockOrigin(block, w);
    const message =
      newOwner === null
        ? w.say("realloc of {0}, which was {1} already.", origin, fate(block, w))
        : w.say(
            "realloc of {0}, which was {1} already; its memory belongs to {2} now, which stays as it is.",
            origin,
            fate(block, w),
            blockOrigin(newOwner, w),
          );
    return { message, related: originLines(w, block, newOwner) };
  },

  /** A pool whose memory would be a freed block. */
  pool({ block }: { readonly block: BlockFacts }, w: Words) {
    return w.say("a pool cannot be carved out of {0}: it was freed.", blockOrigin(block, w));
  },
};

/** Using a block that was freed before. */
export const useAfterFree = {
  "use-after-free": problemKind<FactsOfVariants<typeof usesAfterFree>>(
    {
      title: "Use after free",
      explanation:
        "The block was freed before this line touches it. The bytes may still look right, may be links of the free list, or may belong to a new owner by now; tools that only look at addresses miss the last case, provenance does not. Attackers live on this mistake.",
      advice: "Use the block before it is freed, or free it later.",
      example: 'a = alloc 40\nfree a\nwrite a "late"',
    },
    tellVariant(usesAfterFree),
  ),
};
