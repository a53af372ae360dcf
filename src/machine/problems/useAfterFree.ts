import type { Words } from "../../language/Words";
import { freedAgain } from "./doubleFree";
import type { BlockFacts } from "./facts";
import { accessOf, blockText, fate, originLines } from "./phrases";
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
  access({ access, address, length, block, newOwner, isInQuarantine }: FreedAccess, words: Words) {
    const offset = address - block.address;
    const beyond = offset - block.requested;
    const values = [accessOf(access, length, words), blockText(block, words), fate(block, words)];
    let message =
      offset < 0
        ? words.say("Use after free: {0}, {3} before {1}, {2}", ...values, words.bytes(-offset))
        : beyond > 0
          ? words.say("Use after free: {0}, {3} past the end of {1}, {2}", ...values, words.bytes(beyond))
          : offset === 0
            ? words.say("Use after free: {0} at the start of {1}, {2}", ...values)
            : words.say("Use after free: {0}, {3} inside {1}, {2}", ...values, words.bytes(offset));
    if (newOwner !== null)
      message = words.say("{0}; that memory now belongs to {1}", message, blockText(newOwner, words));
    if (isInQuarantine) message = words.say("{0}; it is still in quarantine", message);
    return { message: `${message}.`, related: originLines(words, block, newOwner) };
  },

  realloc(facts: { readonly block: BlockFacts; readonly newOwner: BlockFacts | null }, words: Words) {
    return freedAgain({ operation: "realloc", ...facts }, words);
  },

  /** A pool whose memory would be a freed block. */
  pool({ block }: { readonly block: BlockFacts }, words: Words) {
    return words.say("Use after free: a pool cannot lie in {0}, which was freed.", blockText(block, words));
  },
};

/** Using a block that was freed before. */
export const useAfterFree = {
  "use-after-free": problemKind<FactsOfVariants<typeof usesAfterFree>>(
    {
      title: "Use after free",
      explanation:
        "The block was freed before this line uses it. Its bytes may still look right, may be links of the free list, or may belong to a new block; tools that check addresses alone miss the last case, provenance does not. Attackers exploit this mistake.",
      advice: "Use the block before it is freed, or free it later.",
      example: 'a = alloc 40\nfree a\nwrite a "late"',
    },
    tellVariant(usesAfterFree),
  ),
};
