import { toHex } from "../address";
import { blockIsUsed, type BlockTable } from "./BlockTable";
import type { FreeList } from "./FreeList";
import type { HeapGeometry } from "./geometry";
import type { HeapOptions } from "./options";
import type { OrderTree } from "./OrderTree";
import type { Demand, Placement } from "./Placement";
import type { Quarantine } from "./Quarantine";

/** What the invariants of a heap are stated about. */
export interface HeapState {
  readonly table: BlockTable;
  readonly placement: Placement;
  readonly quarantine: Quarantine | null;
  readonly starts: OrderTree | null;
  readonly geometry: HeapGeometry;
  /** As placement sees them. */
  readonly options: HeapOptions;
  readonly end: number;
  readonly currentUsed: number;
  idOfPayload(payload: number): number;
}

/** One sentence for each broken invariant. Walks everything: O(n log n). */
export function brokenInvariants(state: HeapState): string[] {
  const broken: string[] = [];
  const demand: Demand = (holds, sentence) => {
    if (!holds) broken.push(sentence);
  };
  checkBlocks(state, demand);
  state.placement.check(demand);
  state.quarantine?.check((payload) => state.idOfPayload(payload), demand);
  return broken;
}

function checkBlocks({ table, starts, geometry, options, end, ...state }: HeapState, demand: Demand): void {
  let expected = geometry.firstBlock;
  let previous = -1;
  let blocks = 0;
  let requested = 0;
  for (let id = table.first; id >= 0 && blocks <= table.count; id = table.next(id)) {
    const name = `The block at ${toHex(table.address(id))}`;
    demand(table.address(id) === expected, `${name} does not begin where the block before it ends.`);
    demand(table.size(id) > 0, `${name} is empty.`);
    demand(table.previous(id) === previous, `${name} does not know the block before it.`);
    if (starts) demand(starts.lastNotAfter(table.address(id)) === id, `${name} is not found by its address.`);
    if (table.state(id) === blockIsUsed) {
      const payload = table.payload(id);
      requested += table.requested(id);
      demand(state.idOfPayload(payload) === id, `${name} is not found by its payload.`);
      demand(payload >= table.address(id) + options.header, `${name} has a payload that overlaps its header.`);
      demand(
        payload + table.requested(id) + options.footer <= table.end(id),
        `${name} is too small for its payload and footer.`,
      );
      const align = geometry.alignsPayloads ? options.align : 1;
      demand(payload % align === 0, `${name} has a payload that is not aligned as the heap promises.`);
      demand(payload % table.alignment(id) === 0, `${name} has a payload that is not aligned as its request asked.`);
    }
    expected = table.end(id);
    previous = id;
    blocks++;
  }
  demand(table.blocks === 0 || expected === end, "The blocks do not end where they should.");
  demand(table.last === previous, "The last block is not the one that the walk ends at.");
  demand(blocks === table.blocks, "The number of blocks is not the number of blocks in address order.");
  if (starts) {
    demand(starts.length === blocks, "The address index does not hold every block.");
    const broken = starts.brokenInvariant(false);
    demand(broken === null, broken ?? "");
  }
  demand(requested === state.currentUsed, "The live requested bytes do not add up to the current use.");
}

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

/** The list holds every free block but `apart` ones, in its order, and knows its sums. */
export function checkFreeList(
  table: BlockTable,
  list: FreeList,
  options: HeapOptions,
  apart: number,
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
  demand(length + apart === free, "The free list does not hold every free block exactly once.");
  demand(length === list.length && length === list.order.length, "The length of the free list is wrong.");
  demand(list.order.tail === previous, "The tail of the free list is wrong.");
  demand(bytes === list.freeBytes, "The free bytes do not add up.");
  demand(largest === list.largestSize, "The largest free block is wrong.");
  for (const broken of [list.order.brokenInvariant(), list.sizes?.brokenInvariant() ?? null]) {
    demand(broken === null, broken ?? "");
  }
  demand(list.sizes === null || list.sizes.length === length, "The size index does not hold every free block.");
}
