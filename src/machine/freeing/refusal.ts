import type { Allocation } from "../state/allocation";
import type { FactsOf } from "../problems/catalogue";
import { blockFacts, regionFacts, type BlockFacts } from "../problems/facts";
import type { ProblemOf } from "../problems/Problem";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";

/** Why `free` does not free what a pointer leads to. */
export type FreeRefusal = { [Id in "double-free" | "invalid-free"]: Pick<ProblemOf<Id>, "id" | "facts"> }[
  "double-free" | "invalid-free"];

/** The block that `free` means: by provenance, or the live one whose payload begins at a bare address. */
export function blockToFree(world: World, { value, allocation }: Value): Allocation | undefined {
  const block = world.ledger.get(allocation);
  if (block !== undefined) return block;
  const owner = world.ownerAt(value);
  return owner?.address === value ? owner : undefined;
}

/** What `free` of a pointer reports, null when it frees a block or the pointer is null. */
export function refusalOf(world: World, place: Value): FreeRefusal | null {
  const address = place.value;
  const block = blockToFree(world, place);
  if (block !== undefined) {
    if (block.freed !== null) return freedTwice(block, newOwnerOf(world, block));
    return address === block.address ? null : interior(address, block);
  }
  if (address === 0) return null;
  const owner = world.ownerAt(address);
  if (owner !== undefined) return interior(address, owner);
  const freed = world.ledger.lastFreedAt(address);
  if (freed?.address === address) return freedTwice(freed, null);
  if (freed !== undefined) return interior(address, freed);
  return { id: "invalid-free", facts: neverAllocated(world, "free", address) };
}

function freedTwice(block: Allocation, newOwner: BlockFacts | null): FreeRefusal {
  return { id: "double-free", facts: { operation: "free", block: blockFacts(block), newOwner } };
}

function interior(address: number, block: Allocation): FreeRefusal {
  return { id: "invalid-free", facts: { kind: "interior", operation: "free", address, block: blockFacts(block) } };
}

/** The block that has a freed one's first byte now; null when there is none. */
export function newOwnerOf(world: World, block: Allocation): BlockFacts | null {
  const owner = world.ownerAt(block.address);
  return owner === undefined || owner.id === block.id ? null : blockFacts(owner);
}

/** Says where an address lies that no allocation explains. */
export function neverAllocated(
  world: World,
  operation: "free" | "realloc",
  address: number,
): Extract<FactsOf<"invalid-free">, { kind: "never-allocated" }> {
  const region = world.regionAt(address);
  return { kind: "never-allocated", operation, address, region: region === undefined ? null : regionFacts(region) };
}
