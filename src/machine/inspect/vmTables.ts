import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";

/** A slot of swap space in use. */
export interface SwapSlot {
  readonly slot: number;
  /** Bytes in the compressed pool; null on the device. */
  readonly packed: number | null;
  /** Frame that holds an equal copy, so that its eviction needs no write; null for none. */
  readonly frame: number | null;
  /** Pages whose bytes are there alone. */
  readonly pages: readonly { readonly process: string; readonly vpn: number }[];
}

/** The slots of swap space in use, ascending. */
export function swapSlots(vm: VirtualMemoryReader): SwapSlot[] {
  const { swap, compressed } = vm.pager;
  const pages = new Map<number, { process: string; vpn: number }[]>();
  for (const space of vm.spaces) {
    for (const { vpn, slot } of vm.entries(space)) {
      if (slot === null) continue;
      const list = pages.get(slot);
      if (list === undefined) pages.set(slot, [{ process: space.name, vpn }]);
      else list.push({ process: space.name, vpn });
    }
  }
  return Array.from(swap.slotsInUse(), (slot) => {
    const frame = swap.frameOf(slot);
    return {
      slot,
      packed: compressed?.packedSize(slot) ?? null,
      frame: frame < 0 ? null : frame,
      pages: pages.get(slot) ?? [],
    };
  });
}

/** What the lookaside buffer remembers, by slot. */
export interface TlbRow {
  readonly set: number;
  readonly way: number;
  readonly process: string;
  readonly vpn: number;
  /** The entry covers 2^order pages. */
  readonly order: number;
  readonly global: boolean;
}

export function tlbRows(vm: VirtualMemoryReader): TlbRow[] {
  const names = new Map(vm.spaces.map(({ id, name }) => [id, name]));
  const { tlb } = vm;
  if (tlb === null) return [];
  return Array.from(tlb.entries(), ({ slot, set, space, vpn, order, global }) => ({
    set,
    way: slot % tlb.options.ways,
    process: names.get(space) ?? "",
    vpn,
    order,
    global,
  }));
}

/** One table of a process's page table that lies in memory. */
export interface TableRow {
  readonly level: number;
  readonly name: string;
  readonly frame: number;
  /** Entries in use. */
  readonly used: number;
  /** First page that it is responsible for. */
  readonly firstPage: number;
}

/** The tables of a process in memory, the root first; empty for a flat or inverted table. */
export function tableRows(vm: VirtualMemoryReader, space: AddressSpace): TableRow[] {
  const { indexBits, levelNames } = vm.options.format;
  const bitsFrom = indexBits.map((_, level) => indexBits.slice(level).reduce((sum, bits) => sum + bits, 0));
  return Array.from(space.tree.all(), ({ level, prefix, node }) => ({
    level,
    name: levelNames[level],
    frame: node.frame,
    used: node.used,
    firstPage: prefix * 2 ** bitsFrom[level],
  })).sort((a, b) => a.level - b.level || a.firstPage - b.firstPage);
}

/** Bytes of one process's own page table; 0 with an inverted table, which all share. */
export function tableBytesOf(vm: VirtualMemoryReader, space: AddressSpace): number {
  return vm.invertedTable === null ? vm.tables.bytesOf(space, vm.options.pages) : 0;
}
