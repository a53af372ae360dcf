import { toHex } from "../address";
import { blockIsUsed, type BlockTable } from "./BlockTable";
import type { HeapGeometry } from "./geometry";
import type { Demand } from "./listInvariants";
import type { OrderTree } from "./OrderTree";
import type { Placement } from "./Placement";
import type { PlacementOptions } from "./placementOptions";
import type { Quarantine } from "./Quarantine";

/** What the invariants of a heap are stated about. */
export interface HeapState {
  readonly table: BlockTable;
  readonly placement: Placement;
  readonly quarantine: Quarantine | null;
  readonly starts: OrderTree | null;
  readonly geometry: HeapGeometry;
  /** As placement sees them. */
  readonly options: PlacementOptions;
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
