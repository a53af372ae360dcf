import { toHex } from "../engine/address";
import type { PoolBlock } from "../engine/pool/contract";
import type { Allocation } from "../machine/state/allocation";
import type { FixedSizeReader } from "../machine/state/regions";
import { markOf, type ChangeMarks } from "./changes";
import type { ChangeKind, PoolCell, PoolView, SlabView } from "./model";

/** Cells of one pool's grid; a larger pool shares cells between neighbours. */
export const poolCellBudget = 1024;
/** Slabs drawn of one cache; of more only the number is told. */
export const slabBudget = 64;

const noSlabs = { partial: 0, full: 0, empty: 0 };

interface Drawing {
  readonly marks: ChangeMarks;
  readonly allocation: (id: number) => Allocation | undefined;
  /** Places in the order of handing out, from 1 on; empty when blocks share cells. */
  readonly places: ReadonlyMap<number, number>;
  readonly perCell: number;
}

export function poolView(
  pool: FixedSizeReader,
  marks: ChangeMarks,
  allocation: (id: number) => Allocation | undefined,
): PoolView {
  const { name } = pool.options;
  const stats = pool.stats();
  const count = stats.usedBlocks + stats.freeBlocks;
  const drawn = pool.kind === "slab" ? Math.min(count, slabBudget * pool.stats().objectsPerSlab) : count;
  const perCell = Math.max(1, Math.ceil(drawn / poolCellBudget));
  const places = new Map<number, number>();
  if (perCell === 1) for (const index of pool.freeList()) places.set(index, places.size + 1);
  const drawing: Drawing = { marks, allocation, places, perCell };
  const parts =
    pool.kind === "slab"
      ? slabParts(pool, drawing)
      : { cells: cellsOf(pool.blocks(), count, drawing), slabs: [], slabCounts: noSlabs };
  return {
    name,
    kind: pool.kind,
    base: toHex(pool.base),
    count,
    stats,
    order: pool.kind === "pool" ? pool.options.order : null,
    ...parts,
    hiddenSlabs: pool.kind === "slab" ? pool.stats().slabs - parts.slabs.length : 0,
  };
}

/** Where the next object comes from first: of many slabs these are the ones drawn. */
const slabOrder = ["partial", "full", "empty"] as const;

function slabParts(
  cache: Extract<FixedSizeReader, { kind: "slab" }>,
  drawing: Drawing,
): Pick<PoolView, "cells" | "slabs" | "slabCounts"> {
  const { objectsPerSlab } = cache.stats();
  const cells: PoolCell[] = [];
  const slabs: SlabView[] = [];
  const all = [...cache.slabs()];
  const byState = slabOrder.map((state) => all.filter((slab) => slab.state === state));
  for (const { index, address, state, used, colour } of byState.flat().slice(0, slabBudget)) {
    const own = cellsOf(cache.blocks(address), objectsPerSlab, drawing);
    for (const cell of own) cells.push(cell);
    slabs.push({ index, address: toHex(address), state, used, colour, objects: objectsPerSlab, cells: own.length });
  }
  const [partial, full, empty] = byState.map(({ length }) => length);
  return { cells, slabs, slabCounts: { partial, full, empty } };
}

/** Cells for the first `count` blocks, `perCell` of them sharing one. */
function cellsOf(blocks: Iterable<PoolBlock>, count: number, drawing: Drawing): PoolCell[] {
  const { marks, allocation, places, perCell } = drawing;
  const cells: PoolCell[] = [];
  let first: PoolBlock | null = null;
  let used = 0;
  let inCell = 0;
  let seen = 0;
  let changed: ChangeKind | null = null;
  for (const block of blocks) {
    first ??= block;
    inCell++;
    seen++;
    if (block.state === "used") used++;
    changed = markOf(marks, block.address, block.address, block.size) ?? changed;
    if (inCell < perCell && seen < count) continue;
    const owner = perCell === 1 && block.state === "used" ? allocation(block.owner) : undefined;
    cells.push({
      first: first.index,
      count: inCell,
      used,
      address: toHex(first.address),
      size: block.address + block.size - first.address,
      handle: owner?.handle ?? null,
      line: owner?.line ?? null,
      listPlace: places.get(first.index) ?? null,
      changed,
    });
    if (seen === count) break;
    first = null;
    used = inCell = 0;
    changed = null;
  }
  return cells;
}
