import type { VirtualMemoryReader } from "../engine/vm/VirtualMemoryReader";
import type { FrameCell, SharedFrame } from "./pagingModel";

/** Cells of the strip of frames; more frames than this share cells. */
export const frameCellBudget = 512;
/** Pages named of one frame. */
const namedPages = 4;
/** Frames with several pages in one message. */
const sharedFrameBudget = 64;

/** Physical memory from frame 0 on: what is free, what pages, shared pages and page tables take. O(used frames). */
export function frameCells(vm: VirtualMemoryReader, changed: ReadonlySet<number>): FrameCell[] {
  const { frames } = vm.options;
  const { pager } = vm;
  const perCell = Math.max(1, Math.ceil(frames / frameCellBudget));
  const length = Math.ceil(frames / perCell);
  const used = new Uint32Array(length);
  const tables = new Uint32Array(length);
  const shared = new Uint32Array(length);
  for (const frame of pager.frames.used()) {
    const cell = Math.floor(frame / perCell);
    used[cell]++;
    if (pager.frames.isTable(frame)) tables[cell]++;
    else if (pager.mappings.isSharedFrame(frame)) shared[cell]++;
  }
  const changedCells = new Set([...changed].map((frame) => Math.floor(frame / perCell)));
  return Array.from(used, (count, cell): FrameCell => {
    const first = cell * perCell;
    return {
      first,
      count: Math.min(perCell, frames - first),
      used: count,
      tables: tables[cell],
      shared: shared[cell],
      pages: perCell === 1 && count === 1 ? pagesOf(vm, first) : [],
      changed: changedCells.has(cell),
    };
  });
}

/** The frames with more than one page, ascending. O(used frames). */
export function sharedFrames(vm: VirtualMemoryReader): SharedFrame[] {
  const { frames, mappings } = vm.pager;
  const shared: SharedFrame[] = [];
  for (const frame of frames.used()) {
    if (shared.length === sharedFrameBudget) break;
    if (frames.isTable(frame) || !mappings.isSharedFrame(frame)) continue;
    const pages = pagesOf(vm, frame);
    shared.push({ frame, pages, others: [...vm.pager.mappingsOf(frame)].length - pages.length });
  }
  return shared;
}

/** The pages that have a frame, with their processes. */
function pagesOf({ pager, spaces }: VirtualMemoryReader, frame: number): FrameCell["pages"] {
  const pages: { process: string; vpn: number }[] = [];
  for (const id of pager.mappingsOf(frame)) {
    if (pages.length === namedPages) break;
    const process = spaces.find((space) => space.id === pager.mappings.space[id])?.name ?? "";
    pages.push({ process, vpn: pager.mappings.vpn[id] });
  }
  return pages;
}
