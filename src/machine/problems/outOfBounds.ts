import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { accessOf, blockOrigin, originLines } from "./phrases";
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

function tellOverflow(facts: OutOfBounds, w: Words): Told {
  const { access, address, length, block } = facts;
  const end = block.address + block.requested;
  const distance = address - end;
  const what = accessOf(access, length, w);
  const message =
    distance >= 0
      ? w.say("{0}, {1} after {2}", what, w.bytes(distance), blockOrigin(block, w))
      : w.say("{0} goes {1} past the end of {2}", what, w.bytes(address + length - end), blockOrigin(block, w));
  return withWhatItHits(message, facts, w);
}

function tellUnderflow(facts: OutOfBounds, w: Words): Told {
  const { access, address, length, block } = facts;
  const distance = w.bytes(block.address - address);
  const message = w.say("{0}, {1} before {2}", accessOf(access, length, w), distance, blockOrigin(block, w));
  return withWhatItHits(message, facts, w);
}

function withWhatItHits(message: string, { address, block, victim, redZone }: OutOfBounds, w: Words): Told {
  const related = originLines(w, block, victim ?? redZone?.owner ?? null);
  if (victim !== null) return { message: w.say("{0}, and lands in {1}.", message, blockOrigin(victim, w)), related };
  if (redZone === null) return { message: `${message}.`, related };
  const { side, owner } = redZone;
  const whose = owner === null ? w.say("it") : blockOrigin(owner, w);
  const into = address >= block.address && address < block.address + block.requested;
  const zone = side === "before" ? w.say("the red zone before {0}", whose) : w.say("the red zone after {0}", whose);
  return { message: into ? w.say("{0}, into {1}.", message, zone) : w.say("{0}, in {1}.", message, zone), related };
}

/** Accesses past the end of a block, or before its start. */
export const outOfBounds = {
  "heap-overflow": problemKind<OutOfBounds>(
    {
      title: "Heap overflow",
      explanation:
        "The access goes past the last byte of its block. The bytes are really read or written, as in life: what lies behind is padding, the next block's header, or another block's data. A pointer that comes from one block and lands in another is an overflow too, although the address belongs to somebody.",
      advice: "Allocate enough bytes, or access fewer.",
      example: "a = alloc 37\nfill a 38 0\nfree a",
    },
    tellOverflow,
  ),

  "heap-underflow": problemKind<OutOfBounds>(
    {
      title: "Heap underflow",
      explanation:
        "The access begins before the first byte of its block, where the block's own header lies (or its neighbour).",
      advice: "Check the computation of the address: offsets into a block are never negative.",
      example: "a = alloc 40\nread a - 4 4\nfree a",
    },
    tellUnderflow,
  ),
};
