import type { AddressSpace } from "../engine/vm/AddressSpace";
import { permissionMask } from "../engine/vm/contract";
import type { VirtualMemoryReader } from "../engine/vm/VirtualMemoryReader";
import type { InvertedTable } from "../engine/vm/InvertedTable";
import { entryWord } from "../machine/walk/entries";
import { tableSpan, usedEntries, type TableEntry } from "../machine/walk/tableEntries";
import { cellStates, mixedPermissions, type ChainLink, type TableLevels, type TableStrip } from "./tableStrip";

/**
 * The tables on the way to a page, as strips of at most `cells` cells: where an entry is less than a cell, the cell on the
 * way is taken apart by the next strip until entries stand alone. Null without paging.
 */
export function tableLevels(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  page: number | null,
  cells: number,
): TableLevels | null {
  if (!vm.options.paging) return null;
  const { format, pageSize } = vm.options;
  const inverted = vm.invertedTable;
  return {
    process: space.name,
    entryBytes: format.entryBytes,
    pageSize,
    bits: inverted === null ? format.bits : [],
    strips: inverted === null ? tableStrips(vm, space, page, cells) : bucketStrips(vm, space, inverted, page, cells),
    chain: inverted === null || page === null ? null : chainOf(vm, space, inverted, page),
  };
}

function tableStrips(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  page: number | null,
  cells: number,
): readonly TableStrip[] {
  const { format, pages } = vm.options;
  const strips: TableStrip[] = [];
  const target = page !== null && page < pages ? page : null;
  for (let level = 0; level < format.indexBits.length; level++) {
    const { entries, pagesPerEntry, firstPage } = tableSpan(vm, level, target ?? 0);
    const index = target === null ? -1 : Math.floor((target - firstPage) / pagesPerEntry);
    const frame = space.tree.node(level, target ?? 0)?.frame ?? null;
    let leadsOn = false;
    for (const { first, count, perCell } of zooms(entries, index, cells)) {
      const strip = newStrip({ level, table: format.levelNames[level], frame, first, perCell, index, count });
      strip.pages.forEach((_, cell) => {
        const start = firstPage + (first + cell * perCell) * pagesPerEntry;
        strip.pages[cell] = start < pages ? start : -1;
      });
      for (const entry of usedEntries(vm, space, level, target ?? 0, first, first + count)) {
        enter(strip, entry);
        leadsOn ||= entry.index === index && entry.state === "table";
      }
      strip.words.forEach((_, cell) => {
        strip.words[cell] = entryWord(vm, space, firstPage + (first + cell) * pagesPerEntry, level);
      });
      strips.push(strip);
    }
    if (!leadsOn) break;
  }
  return strips;
}

/** Counts an entry in use into its cell. */
function enter({ first, perCell, used, states, permissions, frames, pages }: TableStrip, entry: TableEntry): void {
  const cell = Math.floor((entry.index - first) / perCell);
  const state = cellStates.indexOf(entry.state);
  const allowed = entry.flags & permissionMask;
  if (used[cell] === 0) {
    states[cell] = state;
    permissions[cell] = allowed;
    pages[cell] = entry.page;
    if (perCell === 1) frames[cell] = entry.frame ?? -1;
  } else {
    if (states[cell] !== state) states[cell] = cellStates.indexOf("mixed");
    if (permissions[cell] !== allowed) permissions[cell] = mixedPermissions;
  }
  used[cell]++;
}

/** The hash anchor table, cut like any other; its buckets lead to chains. */
function bucketStrips(
  { options }: VirtualMemoryReader,
  space: AddressSpace,
  table: InvertedTable,
  page: number | null,
  cells: number,
): readonly TableStrip[] {
  const index = page === null ? -1 : table.bucketOf(space.id, page);
  return zooms(table.frames, index, cells).map(({ first, count, perCell }) => {
    const strip = newStrip({ level: 0, table: "hash anchor table", frame: null, first, perCell, index, count });
    // The lowest page of the process that belongs into the bucket.
    strip.pages.forEach((_, cell) => {
      const bucket = first + cell * perCell;
      const lowest = (bucket - table.bucketOf(space.id, 0) + table.frames) % table.frames;
      strip.pages[cell] = lowest < options.pages ? lowest : -1;
    });
    for (const bucket of table.buckets()) {
      const cell = Math.floor((bucket - first) / perCell);
      if (cell < 0 || cell >= strip.used.length) continue;
      const isFirst = strip.used[cell]++ === 0;
      strip.states[cell] = cellStates.indexOf("chain");
      const own = [...table.chain(bucket)].find((entry) => entry.space === space.id);
      if (isFirst && own !== undefined) strip.pages[cell] = own.vpn;
    }
    return { ...strip, words: new BigUint64Array(0) };
  });
}

function chainOf(vm: VirtualMemoryReader, space: AddressSpace, table: InvertedTable, page: number): ChainLink[] {
  return Array.from(table.chain(table.bucketOf(space.id, page)), ({ frame, space: owner, vpn }) => ({
    frame,
    process: vm.spaces.find(({ id }) => id === owner)?.name ?? "",
    vpn,
  }));
}

/** A table of so many entries cut into cells, then the cell of the index cut again, until entries stand alone. */
function zooms(
  entries: number,
  index: number,
  cells: number,
): readonly { readonly first: number; readonly count: number; readonly perCell: number }[] {
  const cuts = [];
  for (let first = 0, count = entries; ;) {
    const perCell = 2 ** Math.max(0, Math.ceil(Math.log2(count / cells)));
    cuts.push({ first, count, perCell });
    if (perCell === 1 || index < 0) return cuts;
    first += Math.floor((index - first) / perCell) * perCell;
    count = Math.min(perCell, entries - first);
  }
}

interface StripHead extends Pick<TableStrip, "level" | "table" | "frame" | "first" | "perCell"> {
  /** Of the entry on the way; -1 for none. */
  readonly index: number;
  /** Entries in all. */
  readonly count: number;
}

function newStrip({ index, count, ...head }: StripHead): TableStrip {
  const length = Math.ceil(count / head.perCell);
  return {
    ...head,
    path: index < 0 ? -1 : Math.floor((index - head.first) / head.perCell),
    used: new Uint32Array(length),
    states: new Uint8Array(length),
    permissions: new Uint8Array(length),
    frames: new Float64Array(length).fill(-1),
    pages: new Float64Array(length),
    words: new BigUint64Array(head.perCell === 1 ? length : 0),
  };
}
