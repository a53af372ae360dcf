import { toHex } from "../engine/address";
import { pageFlags, type PageTableEntry, type VirtualMemoryContract } from "../engine/vm/contract";
import type { ChangeMarks } from "./changes";
import type { FrameCell, PageRow, PagesView } from "./model";

/** Rows of the page table in one message. */
export const pageRowBudget = 256;
/** Cells of the strip of frames; more frames than this share cells. */
export const frameCellBudget = 512;

/** `rwxu`, a dash for each permission that is missing. */
export function permissionText(flags: number): string {
  const letter = (bit: number, name: string): string => ((flags & bit) === 0 ? "-" : name);
  return (
    letter(pageFlags.read, "r") +
    letter(pageFlags.write, "w") +
    letter(pageFlags.execute, "x") +
    letter(pageFlags.user, "u")
  );
}

/** `first` is the index of the first row wanted among all mapped pages; it is clamped. */
export function pagesView(vm: VirtualMemoryContract, marks: ChangeMarks, first: number): PagesView {
  const { pageSize, frames, pages } = vm.options;
  const start = Math.max(0, Math.min(Math.floor(first), vm.mappedPages - 1));
  const perCell = Math.max(1, Math.ceil(frames / frameCellBudget));
  const used = new Uint32Array(Math.ceil(frames / perCell));
  const rows: PageRow[] = [];
  let index = 0;
  for (const entry of vm.entries()) {
    if (entry.pfn !== null) used[Math.floor(entry.pfn / perCell)]++;
    if (index >= start && rows.length < pageRowBudget) rows.push(pageRow(entry, pageSize, marks));
    index++;
  }
  const changedCells = new Set([...marks.frames].map((frame) => Math.floor(frame / perCell)));
  const cells = Array.from(used, (count, cell): FrameCell => {
    const firstFrame = cell * perCell;
    return {
      first: firstFrame,
      count: Math.min(perCell, frames - firstFrame),
      used: count,
      changed: changedCells.has(cell),
    };
  });
  const { references, hits, faults } = vm.stats();
  return {
    pageSize,
    frames,
    pages,
    mapped: vm.mappedPages,
    freeFrames: vm.freeFrames,
    stats: { references, hits, faults },
    first: start,
    rows,
    cells,
  };
}

function pageRow(entry: PageTableEntry, pageSize: number, marks: ChangeMarks): PageRow {
  return {
    vpn: entry.vpn,
    pfn: entry.pfn,
    permissions: permissionText(entry.flags),
    accessed: (entry.flags & pageFlags.accessed) !== 0,
    dirty: (entry.flags & pageFlags.dirty) !== 0,
    virtual: toHex(entry.vpn * pageSize),
    physical: entry.pfn === null ? null : toHex(entry.pfn * pageSize),
    slot: entry.slot,
    changed: marks.pages.get(entry.vpn) ?? null,
  };
}
