import type { AddressSpace } from "../../engine/vm/AddressSpace";
import { pageFlags } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";

/** What an entry in use is: it leads to a table below or maps a page, present or not. */
export type EntryState = "table" | "page" | "huge" | "swapped" | "evicted" | "untouched";

/** One entry in use of a page table. */
export interface TableEntry {
  readonly index: number;
  readonly state: EntryState;
  /** Of the table or page that it leads to; null for a page that is not present. */
  readonly frame: number | null;
  /** Bits of `pageFlags`; 0 for an entry that leads to a table. */
  readonly flags: number;
  /** The first mapped page behind it. */
  readonly page: number;
}

/** How many entries the table at a level has, and which pages it is responsible for. */
export interface TableSpan {
  readonly entries: number;
  /** Pages of the least size behind one entry. */
  readonly pagesPerEntry: number;
  /** First page of the table on the way to the page. */
  readonly firstPage: number;
}

export function tableSpan({ options }: VirtualMemoryReader, level: number, page: number): TableSpan {
  const { indexBits } = options.format;
  const pagesPerEntry = 2 ** indexBits.slice(level + 1).reduce((sum, bits) => sum + bits, 0);
  const entries = 2 ** indexBits[level];
  const pages = entries * pagesPerEntry;
  return { entries, pagesPerEntry, firstPage: Math.floor(page / pages) * pages };
}

/**
 * The entries in use, of those with the indices `from` to `to` (half-open), of the table at a level on the way to a page;
 * ascending. O(tables of the process + mapped pages behind the entries).
 */
export function usedEntries(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  level: number,
  page: number,
  from: number,
  to: number,
): TableEntry[] {
  const { pagesPerEntry, firstPage } = tableSpan(vm, level, page);
  const start = firstPage + from * pagesPerEntry;
  const end = firstPage + to * pagesPerEntry;
  const indexOf = (vpn: number): number => Math.floor((vpn - firstPage) / pagesPerEntry);
  const found: TableEntry[] = [];
  if (pagesPerEntry === 1) {
    for (const [vpn, id] of space.pages.entries(start)) {
      if (vpn >= end) break;
      found.push({ index: indexOf(vpn), page: vpn, ...mappingOf(vm, id) });
    }
    return found;
  }
  for (const { level: at, prefix, node } of space.tree.all()) {
    const first = prefix * pagesPerEntry;
    if (at !== level + 1 || first < start || first >= end) continue;
    const behind = firstMapped(space, first, first + pagesPerEntry);
    found.push({ index: indexOf(first), state: "table", frame: node.frame, flags: 0, page: behind });
  }
  for (const [vpn, id] of space.huge.get(Math.log2(pagesPerEntry))?.entries(start / pagesPerEntry) ?? []) {
    if (vpn * pagesPerEntry >= end) break;
    found.push({ index: indexOf(vpn * pagesPerEntry), page: vpn * pagesPerEntry, ...mappingOf(vm, id) });
  }
  return found.sort((left, right) => left.index - right.index);
}

function mappingOf({ pager }: VirtualMemoryReader, id: number): Pick<TableEntry, "state" | "frame" | "flags"> {
  const { frame, slot, flags, order } = pager.mappings;
  if (frame[id] >= 0) return { state: order[id] > 0 ? "huge" : "page", frame: frame[id], flags: flags[id] };
  const unwritten = (flags[id] & pageFlags.evicted) !== 0 ? "evicted" : "untouched";
  return { state: slot[id] >= 0 ? "swapped" : unwritten, frame: null, flags: flags[id] };
}

/** The first mapped page of a half-open range; its start when none is. */
function firstMapped(space: AddressSpace, start: number, end: number): number {
  let first = end;
  for (const [vpn] of space.pages.entries(start)) {
    first = Math.min(first, vpn);
    break;
  }
  for (const [order, pages] of space.huge) {
    for (const [vpn] of pages.entries(start / 2 ** order)) {
      first = Math.min(first, vpn * 2 ** order);
      break;
    }
  }
  return first < end ? first : start;
}
