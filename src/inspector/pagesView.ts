import { englishWords, type Words } from "../language/Words";
import { toHex } from "../engine/address";
import type { AddressSpace } from "../engine/vm/AddressSpace";
import { pageFlags, type PageTableEntry } from "../engine/vm/contract";
import type { VirtualMemoryReader } from "../engine/vm/VirtualMemoryReader";
import { permissionLetters } from "../machine/problems/flags";
import { swapSlots, tableRows, tlbRows, type SwapSlot, type TlbRow } from "../machine/inspect/vmTables";
import { pageWord } from "../machine/walk/entries";
import type { AddressField, WalkStep } from "../machine/walk/steps";
import { walkRows } from "../machine/walk/text";
import { walkAddress, type Walkable } from "../machine/walk/walk";
import type { ChangeMarks } from "./changes";
import { frameCells, sharedFrames } from "./frameCells";
import type { PageRow, PagesView, TlbView, WalkView } from "./pagingModel";
import { swapCells } from "./swapCells";

/** Rows of the page table in one message. */
export const pageRowBudget = 256;
/** Rows of each smaller table in one message. */
const rowBudget = 500;

/** What the panel asked to see of virtual memory. */
export interface PagesWindow {
  /** Index of the first row wanted among all mapped pages; it is clamped. Without it, the rows with the address. */
  readonly first?: number | null;
  /** The process wanted; the one that runs when it is gone or none is named. */
  readonly process?: string | null;
  /** The address whose walk is wanted. */
  readonly address?: number | null;
}

/** Null without virtual memory. */
export function pagesView(
  memory: Walkable,
  marks: ChangeMarks,
  wanted: PagesWindow = {},
  words = englishWords,
): PagesView | null {
  const { vm } = memory;
  if (vm === null) return null;
  const { pageSize, frames, pages } = vm.options;
  const space = shownSpace(vm, wanted.process);
  const runs = space === vm.current;
  const first = wanted.first ?? firstRowAround(vm, space, wanted.address ?? 0);
  const start = Math.max(0, Math.min(Math.floor(first), space.mapped - 1));
  const rows = pageRowsFrom(vm, space, runs ? marks : null, start, pageRowBudget);
  return {
    pageSize,
    frames,
    pages,
    mapped: space.mapped,
    stats: vm.stats(),
    process: space.name,
    processes: vm.spaces.map((one) => ({
      name: one.name,
      runs: one === vm.current,
      mapped: one.mapped,
      resident: one.resident,
    })),
    regions: [
      ...(space.segments?.segments ?? []).map(({ name, base, limit, growsDown, flags }) => ({
        name,
        kind: "segment" as const,
        start: toHex(growsDown ? base - limit : base),
        end: toHex(growsDown ? base : base + limit),
        permissions: permissionLetters(flags),
        growth: growsDown ? ("down" as const) : ("none" as const),
      })),
      ...space.areas.map(({ name, from, to, flags, growth, isGuard }) => ({
        name,
        kind: isGuard ? ("guard" as const) : ("region" as const),
        start: toHex(from * pageSize),
        end: toHex(to * pageSize),
        permissions: permissionLetters(flags),
        growth,
      })),
    ].slice(0, rowBudget),
    tables: tableRows(vm, space).slice(0, rowBudget),
    tlb: tlbView(vm, marks),
    swap: swapView(vm),
    swapCells: swapCells(vm),
    sharedFrames: sharedFrames(vm),
    walk: typeof wanted.address === "number" ? walkView(memory, wanted.address, space, words) : null,
    first: start,
    rows,
    cells: frameCells(vm, marks.frames),
  };
}

/** The address space of the process; of the one that runs when it is gone or none is named. */
export function shownSpace(vm: VirtualMemoryReader, process: string | null | undefined): AddressSpace {
  return vm.spaceNamed(process ?? "") ?? vm.current;
}

/** Rows of a process's page table from one on, `most` at most; marks for the process that runs. O(rows up to the last one). */
export function pageRowsFrom(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  marks: ChangeMarks | null,
  first: number,
  most: number,
): PageRow[] {
  const rows: PageRow[] = [];
  let index = 0;
  for (const entry of vm.entries(space)) {
    if (rows.length === most) break;
    if (index++ >= first) rows.push(pageRow(vm, space, entry, marks));
  }
  return rows;
}

function tlbView(vm: VirtualMemoryReader, marks: ChangeMarks): TlbView | null {
  if (vm.tlb === null) return null;
  const { entries, ways } = vm.tlb.options;
  const touched = [...marks.pages.keys()];
  const isUsed = ({ process, global, vpn, order }: TlbRow): boolean =>
    (global || process === vm.current.name) &&
    (order === 0 ? marks.pages.has(vpn) : touched.some((page) => vpn <= page && page < vpn + 2 ** order));
  const rows = tlbRows(vm).slice(0, rowBudget);
  return { sets: entries / ways, ways, rows: rows.map((row) => ({ ...row, used: isUsed(row) })) };
}

/** Index of the first row of the page of rows that has an address. O(mapped pages). */
function firstRowAround(vm: VirtualMemoryReader, space: AddressSpace, address: number): number {
  const page = Math.floor(address / vm.options.pageSize);
  let before = 0;
  for (const { vpn, order } of vm.entries(space)) {
    if (vpn + 2 ** order > page) break;
    before++;
  }
  return before - (before % pageRowBudget);
}

function pageRow(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  entry: PageTableEntry,
  marks: ChangeMarks | null,
): PageRow {
  const { pageSize } = vm.options;
  const { vpn, pfn, slot, evicted, flags, order } = entry;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  return {
    vpn,
    pfn,
    permissions: permissionLetters(flags),
    accessed: has(pageFlags.accessed),
    dirty: has(pageFlags.dirty),
    copyOnWrite: has(pageFlags.copyOnWrite),
    shared: pfn !== null && vm.pager.mappings.isSharedFrame(pfn),
    global: has(pageFlags.global),
    span: 2 ** order,
    word: pageWord(vm, vpn, space),
    virtual: toHex(vpn * pageSize),
    physical: pfn === null ? null : toHex(pfn * pageSize),
    slot,
    evicted,
    changed: marks?.pages.get(vpn) ?? null,
  };
}

function swapView(vm: VirtualMemoryReader): SwapSlot[] {
  if (vm.pager.swap.used === 0) return [];
  return swapSlots(vm).slice(0, rowBudget);
}

function walkView(memory: Walkable, address: number, space: AddressSpace, words: Words): WalkView | null {
  const walk = walkAddress(memory, address, null, space);
  if (walk === null) return null;
  const fields = walk.steps.flatMap((step) => (step.kind === "split" ? [step.fields] : [])).at(-1) ?? [];
  const rows = walkRows(walk, words).map((row, at) => ({ ...row, field: fieldOf(walk.steps.at(at), fields) }));
  return { address: toHex(address), fields, rows, reached: walk.end.kind === "reached" };
}

/** An entry is found by the part of the address named like its table, the byte in its frame by the last part. */
function fieldOf(step: WalkStep | undefined, fields: readonly AddressField[]): number | null {
  const at =
    step?.kind === "entry"
      ? fields.findIndex(({ name }) => name === step.table)
      : step?.kind === "frame"
        ? fields.length - 1
        : -1;
  return at < 0 ? null : at;
}
