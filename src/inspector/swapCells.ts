import type { VirtualMemoryReader } from "../engine/vm/VirtualMemoryReader";
import type { SwapCell } from "./pagingModel";

/** Cells of the strip of swap slots; more slots than this share cells. */
export const swapCellBudget = 128;

/** Swap space from slot 0 on; none while no slot is taken. O(slots taken). */
export function swapCells({ pager, options }: VirtualMemoryReader): SwapCell[] {
  const { swap, compressed } = pager;
  const taken = [...swap.slotsInUse()];
  const last = taken.at(-1);
  if (last === undefined) return [];
  const slots = Number.isFinite(options.swapSlots) ? options.swapSlots : last + 1;
  const perCell = Math.ceil(slots / swapCellBudget);
  const cells = Array.from({ length: Math.ceil(slots / perCell) }, (_, cell) => {
    const first = cell * perCell;
    return { first, count: Math.min(perCell, slots - first), used: 0, packed: 0, copies: 0 };
  });
  for (const slot of taken) {
    const cell = cells[Math.floor(slot / perCell)];
    cell.used++;
    if (compressed?.packedSize(slot) !== undefined) cell.packed++;
    if (swap.frameOf(slot) >= 0) cell.copies++;
  }
  return cells;
}
