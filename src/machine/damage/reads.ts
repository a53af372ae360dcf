import type { HeaderDamage, HeapBlock } from "../../engine/heap/blocks";
import type { HeapReader } from "../../engine/heap/HeapReader";

/** Operations during which an allocator trusts what its headers say. */
export type TrustingVerb = "free" | "realloc" | "alloc" | "coalesce" | "defrag";

/** Where the damaged field is, seen from the operation. */
export type FieldPlace = "own" | "next" | "previous" | "list" | "walk";

/** A damaged field that an operation reads. */
export interface ReadDamage {
  readonly damage: HeaderDamage;
  readonly place: FieldPlace;
}

const isLink = ({ field }: HeaderDamage): boolean => field === "next" || field === "prev";

/** The damaged fields of one block. */
function damageOf(heap: HeapReader, block: HeapBlock | undefined): HeaderDamage[] {
  if (block === undefined) return [];
  return heap.headerDamage(block.address, block.address + 1).filter((entry) => entry.block.address === block.address);
}

/**
 * The damaged fields that freeing or resizing a used block reads: its own size and mark, those of the block behind,
 * and, where neighbours merge at once, those of the block before and the links of free neighbours, which leave their
 * list. The links in a used block's header mean nothing and are not read.
 */
export function readByFree(heap: HeapReader, block: HeapBlock): ReadDamage[] {
  const { coalesce } = heap.options;
  const next = heap.blockAt(block.address + block.size);
  const previous = coalesce === "immediate" ? heap.blockAt(block.address - 1) : undefined;
  const read = (neighbour: HeapBlock | undefined, place: FieldPlace): ReadDamage[] => {
    const unlinks = neighbour?.state === "free" && coalesce === "immediate";
    return damageOf(heap, neighbour)
      .filter((entry) => unlinks || !isLink(entry))
      .map((damage) => ({ damage, place }));
  };
  return [...read(block, "own"), ...read(next, "next"), ...read(previous, "previous")];
}

/** Whether a walk over all blocks (`coalesce`, `defrag`) reads the field: links only where it unlinks what it merges. */
export function isReadByWalk(verb: TrustingVerb, damage: HeaderDamage): boolean {
  return !isLink(damage) || (verb === "coalesce" && damage.block.state === "free");
}
