import type { Allocation } from "../state/allocation";
import * as messages from "../problems/blockMessages";
import type { Report } from "../step/Step";
import type { Value } from "../state/HandleTable";
import { regionName } from "../state/regions";
import type { World } from "../state/World";

/** Why `free` does not free what a pointer leads to. */
export interface FreeRefusal {
  readonly id: "double-free" | "invalid-free";
  readonly report: Report;
}

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
    if (block.freed !== null) {
      const owner = world.ownerAt(block.address);
      const newOwner = owner?.id === block.id ? undefined : owner;
      return { id: "double-free", report: messages.doubleFree("free", block, newOwner) };
    }
    return address === block.address ? null : interior(address, block);
  }
  if (address === 0) return null;
  const owner = world.ownerAt(address);
  if (owner !== undefined) return interior(address, owner);
  const freed = world.ledger.lastFreedAt(address);
  if (freed?.address === address) return { id: "double-free", report: messages.doubleFree("free", freed, undefined) };
  if (freed !== undefined) return interior(address, freed);
  return { id: "invalid-free", report: messages.neverAllocated("free", address, whereIs(world, address)) };
}

function interior(address: number, block: Allocation): FreeRefusal {
  return { id: "invalid-free", report: messages.interiorFree("free", address, block) };
}

/** Where an address lies that no allocation explains. */
export function whereIs(world: World, address: number): string {
  const region = world.regionAt(address);
  return region === undefined ? "outside every heap and pool" : `in the ${regionName(region)}`;
}
