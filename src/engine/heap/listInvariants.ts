import { toHex } from "../address";
import type { BlockTable } from "./BlockTable";
import type { FreeList } from "./FreeList";
import type { PlacementOptions } from "./placementOptions";

/** Notes the sentence where the condition does not hold. */
export type Demand = (holds: boolean, sentence: string) => void;

/** No two neighbours that `merges` is true of are both free. */
export function checkMerged(table: BlockTable, merges: (id: number) => boolean, demand: Demand): void {
  for (let id = table.first; id >= 0; id = table.next(id)) {
    const next = table.next(id);
    if (!table.isFree(id) || !table.isFree(next)) continue;
    demand(
      !merges(id) || !merges(next),
      `The block at ${toHex(table.address(next))} and the one before it are free but not merged.`,
    );
  }
}

/** The list holds every free block but `elsewhere` ones, in its order, and knows its sums. */
export function checkFreeList(
  table: BlockTable,
  list: FreeList,
  options: PlacementOptions,
  elsewhere: number,
  demand: Demand,
): void {
  let length = 0;
  let bytes = 0;
  let largest = 0;
  let previous = -1;
  let roverSeen = list.rover < 0;
  for (let id = list.order.head; id >= 0 && length <= table.count; id = list.order.after[id]!) {
    const name = `The list element at ${toHex(table.address(id))}`;
    demand(table.isFree(id), `${name} is not free.`);
    demand(list.order.before[id] === previous, `${name} does not know the element before it.`);
    demand(list.order.rank(id) === length, `${name} has the wrong position.`);
    const ascending = options.order !== "address" || previous < 0 || table.address(previous) < table.address(id);
    demand(ascending, `${name} is out of address order.`);
    if (id === list.rover) roverSeen = true;
    bytes += table.size(id);
    largest = Math.max(largest, table.size(id));
    previous = id;
    length++;
  }
  let free = 0;
  for (let id = table.first; id >= 0; id = table.next(id)) if (table.isFree(id)) free++;
  demand(roverSeen, "The rover is not in the free list.");
  demand(length + elsewhere === free, "The free list does not hold every free block exactly once.");
  demand(length === list.length && length === list.order.length, "The length of the free list is wrong.");
  demand(list.order.tail === previous, "The tail of the free list is wrong.");
  demand(bytes === list.bytes, "The free bytes do not add up.");
  demand(largest === list.largestSize, "The largest free block is wrong.");
  for (const broken of [list.order.brokenInvariant(), list.sizes?.brokenInvariant() ?? null]) {
    demand(broken === null, broken ?? "");
  }
  demand(list.sizes === null || list.sizes.length === length, "The size index does not hold every free block.");
}
