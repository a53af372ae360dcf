import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { accessOf, blockText, originLines } from "./phrases";
import type { Told } from "../../language/variants";
import { problemKind } from "./ProblemKind";

/** A read or write that leaves its block. */
export interface OutOfBounds {
  readonly access: "read" | "write";
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  readonly block: BlockFacts;
  /** Another live block that the access reaches. */
  readonly victim: BlockFacts | null;
  /** A red zone that the access reaches; `owner` is null for the zone of the block itself. */
  readonly redZone: { readonly side: "before" | "after"; readonly owner: BlockFacts | null } | null;
}

function tellOverflow(facts: OutOfBounds, words: Words): Told {
  const { access, address, length, block } = facts;
  const end = block.address + block.requested;
  const distance = address - end;
  const what = accessOf(access, length, words);
  const values = [what, blockText(block, words)];
  const message =
    distance > 0
      ? words.say("Heap overflow: {0}, {2} past the end of {1}", ...values, words.bytes(distance))
      : distance === 0
        ? words.say("Heap overflow: {0} right after the end of {1}", ...values)
        : words.say("Heap overflow: {0} goes {2} past the end of {1}", ...values, words.bytes(address + length - end));
  return withWhatItHits(message, facts, words);
}

function tellUnderflow(facts: OutOfBounds, words: Words): Told {
  const { access, address, length, block } = facts;
  const distance = words.bytes(block.address - address);
  const message = words.say(
    "Heap underflow: {0} begins {1} before {2}",
    accessOf(access, length, words),
    distance,
    blockText(block, words),
  );
  return withWhatItHits(message, facts, words);
}

function withWhatItHits(message: string, { block, victim, redZone }: OutOfBounds, words: Words): Told {
  const related = originLines(words, block, victim ?? redZone?.owner ?? null);
  if (victim !== null) return { message: words.say("{0}, into {1}.", message, blockText(victim, words)), related };
  if (redZone === null) return { message: `${message}.`, related };
  const { side, owner } = redZone;
  const whose = owner === null ? words.say("it") : blockText(owner, words);
  return {
    message:
      side === "before"
        ? words.say("{0}, into the red zone before {1}.", message, whose)
        : words.say("{0}, into the red zone after {1}.", message, whose),
    related,
  };
}

/** Accesses past the end of a block, or before its start. */
export const outOfBounds = {
  "heap-overflow": problemKind<OutOfBounds>(
    {
      title: "Heap overflow",
      explanation:
        "The access goes past the last byte of its block. As in a real program, the bytes are read or written all the same: they are padding, the next block's header, or another block's data. A pointer that comes from one block and leads into another is an overflow, too, although the address is valid.",
      advice: "Allocate enough bytes, or access fewer.",
      example: "a = alloc 37\nfill a 38 0\nfree a",
    },
    tellOverflow,
  ),

  "heap-underflow": problemKind<OutOfBounds>(
    {
      title: "Heap underflow",
      explanation:
        "The access begins before the first byte of its block, where the block's own header is (or its neighbour).",
      advice: "Check the computation of the address: offsets into a block are never negative.",
      example: "a = alloc 40\nread a - 4 4\nfree a",
    },
    tellUnderflow,
  ),
};
