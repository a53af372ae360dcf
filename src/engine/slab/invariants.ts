import type { SlabOptions, SlabStats } from "./contract";
import { emptyList, fullList, partialList, returnedList, slabLists, type SlabLists } from "./SlabLists";
import { none, type SlabTable } from "./SlabTable";

/** Sentences, one for each broken invariant of a slab cache; empty when all hold. */
export function slabViolations(table: SlabTable, lists: SlabLists, stats: SlabStats, options: SlabOptions): string[] {
  const broken: string[] = [];
  const demand = (holds: boolean, sentence: string): void => {
    if (!holds) broken.push(sentence);
  };
  checkLists(lists, demand);
  let used = 0;
  for (let place = 0; place < lists.places; place++) {
    const list = lists.listOf(place);
    if (list === returnedList) continue;
    used += checkSlab(table, place, demand);
    const right =
      table.inUse[place] === 0 ? emptyList : table.inUse[place] === table.objectsPerSlab ? fullList : partialList;
    demand(
      list === right,
      `Slab ${place} with ${table.inUse[place]} objects used is on the list "${slabLists[list]}".`,
    );
  }
  demand(used === stats.usedBlocks, `${used} objects are owned, but ${stats.usedBlocks} are counted as used.`);
  demand(stats.allocations - stats.deallocations === used, "Allocations less frees are not the objects used.");
  demand(stats.peakUsed >= used, "The peak is below the objects used now.");
  demand(stats.peakSlabs >= stats.slabs, "The peak is below the slabs there are now.");
  demand(stats.slabs <= options.max, `There are ${stats.slabs} slabs, more than ${options.max}.`);
  demand(stats.emptySlabs <= options.keep, `${stats.emptySlabs} empty slabs are kept, more than ${options.keep}.`);
  return broken;
}

function checkLists(lists: SlabLists, demand: (holds: boolean, sentence: string) => void): void {
  const seen = new Set<number>();
  for (const [list, name] of slabLists.entries()) {
    let count = 0;
    for (const place of lists.walk(list)) {
      demand(!seen.has(place), `Slab ${place} is listed twice.`);
      demand(lists.listOf(place) === list, `Slab ${place} hangs on the list "${name}" and does not know it.`);
      if (seen.has(place)) break;
      seen.add(place);
      count++;
    }
    demand(count === lists.count(list), `The list "${name}" has ${count} slabs and counts ${lists.count(list)}.`);
  }
  demand(seen.size === lists.places, `${seen.size} of ${lists.places} slabs are on a list.`);
}

/** Returns how many objects of the slab are owned. */
function checkSlab(table: SlabTable, place: number, demand: (holds: boolean, sentence: string) => void): number {
  const { objectsPerSlab } = table;
  const first = place * objectsPerSlab;
  let free = 0;
  for (let object = table.firstFree[place]; object !== none && free <= objectsPerSlab; free++) {
    const index = first + object;
    demand(table.owners[index] === none, `Object ${index} is on the free list though it is used.`);
    object = table.nextFree[index];
  }
  let owned = 0;
  for (let index = first; index < first + objectsPerSlab; index++) if (table.owners[index] !== none) owned++;
  demand(owned === table.inUse[place], `Slab ${place} has ${owned} objects owned and counts ${table.inUse[place]}.`);
  demand(owned + free === objectsPerSlab, `Slab ${place} lists ${free} free objects beside ${owned} used ones.`);
  return owned;
}
