import { toHex } from "../engine/address";
import type { PoolContract } from "../engine/pool/contract";
import type { Allocation } from "../machine/contract";
import { markOf, type ChangeMarks } from "./changes";
import type { ChangeKind, PoolCell, PoolView } from "./model";

/** Cells of one pool's grid; a larger pool shares cells between neighbours. */
export const poolCellBudget = 1024;

export function poolView(
  pool: PoolContract,
  marks: ChangeMarks,
  allocation: (id: number) => Allocation | undefined,
): PoolView {
  const { name, blockSize, count, order } = pool.options;
  const { usedBlocks, freeBlocks, peakUsed } = pool.stats();
  const perCell = Math.max(1, Math.ceil(count / poolCellBudget));
  const places = new Map<number, number>();
  if (perCell === 1) for (const index of pool.freeList()) places.set(index, places.size + 1);
  const cells: PoolCell[] = [];
  let used = 0;
  let changed: ChangeKind | null = null;
  for (const block of pool.blocks()) {
    const { index, address } = block;
    if (block.state === "used") used++;
    changed = markOf(marks, address, address, block.size) ?? changed;
    if (index % perCell !== perCell - 1 && index !== count - 1) continue;
    const first = index - (index % perCell);
    const owner = perCell === 1 && block.state === "used" ? allocation(block.owner) : undefined;
    cells.push({
      first,
      count: index - first + 1,
      used,
      address: toHex(pool.base + first * blockSize),
      handle: owner?.handle ?? null,
      line: owner?.line ?? null,
      listPlace: places.get(index) ?? null,
      changed,
    });
    used = 0;
    changed = null;
  }
  return { name, base: toHex(pool.base), blockSize, count, order, usedBlocks, freeBlocks, peakUsed, cells };
}
