import { toHex } from "../address";
import type { BlockTable } from "./BlockTable";
import type { BuddyLists } from "./BuddyLists";
import type { HeapGeometry } from "./geometry";
import type { Demand } from "./listInvariants";
import { powerOfTwoFrom } from "./sizeClasses";

/** Blocks are buddies in size and place, all free ones are listed, and none waits beside a free buddy (`buddyOf`). */
export function checkBuddies(
  table: BlockTable,
  free: BuddyLists,
  geometry: HeapGeometry,
  buddyOf: ((id: number) => number) | null,
  demand: Demand,
): void {
  let count = 0;
  let bytes = 0;
  for (let id = table.first; id >= 0; id = table.next(id)) {
    const size = table.size(id);
    const name = `The block at ${toHex(table.address(id))}`;
    demand(size >= geometry.min && powerOfTwoFrom(size) === size, `${name} is no power of two in size.`);
    demand((table.address(id) - geometry.firstBlock) % size === 0, `${name} does not begin at a multiple of its size.`);
    if (!table.isFree(id)) continue;
    count++;
    bytes += size;
    demand(table.place[id] === size, `${name} is not listed under its size.`);
    demand(buddyOf === null || buddyOf(id) < 0, `${name} and its buddy are free but not merged.`);
  }
  let listed = 0;
  let previous = -1;
  for (let id = free.next(-1); id >= 0 && listed <= count; id = free.next(id)) {
    demand(table.isFree(id), `The listed block at ${toHex(table.address(id))} is not free.`);
    const sorted =
      previous < 0 ||
      table.size(previous) < table.size(id) ||
      (table.size(previous) === table.size(id) && table.rankKey[previous] < table.rankKey[id]);
    demand(sorted, `The listed block at ${toHex(table.address(id))} stands before its place.`);
    previous = id;
    listed++;
  }
  demand(listed === count && free.length === count, "The lists do not hold every free block exactly once.");
  demand(bytes === free.bytes, "The free bytes do not add up.");
}
