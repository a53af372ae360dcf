import type { AddressSpace } from "../../engine/vm/AddressSpace";
import { controlsOf, plainProcessor, processorControls } from "../../engine/vm/processor";
import type { TlbEntry } from "../../engine/vm/Tlb";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { permissionLetters } from "../problems/flags";

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
  /** Of a buffer that is not coherent: the first frame, the permissions, and whether the page table says otherwise. */
  readonly remembered?: { readonly frame: number; readonly flags: string; readonly stale: boolean };
}

export function tlbRows(vm: VirtualMemoryReader): TlbRow[] {
  const names = new Map(vm.spaces.map(({ id, name }) => [id, name]));
  const { tlb } = vm;
  if (tlb === null) return [];
  return Array.from(tlb.entries(), (entry) => {
    const { slot, set, space, vpn, order, global } = entry;
    const row = { set, way: slot % tlb.options.ways, process: names.get(space) ?? "", vpn, order, global };
    return tlb.options.coherent ? row : { ...row, remembered: rememberedBy(vm, entry) };
  });
}

function rememberedBy({ checked, spaces }: VirtualMemoryReader, { space: id, vpn, frame, flags }: TlbEntry) {
  const space = spaces.find((one) => one.id === id);
  const stale = space !== undefined && staleKinds.some((kind) => checked.staleEntry(space, vpn, kind) !== null);
  return { frame, flags: permissionLetters(flags), stale };
}

const staleKinds = [null, "read", "write", "execute"] as const;

/** The processor's mode and flags where they are not those of a script without `mode`; null where they are. */
export function processorFacts({
  checked,
  options,
}: VirtualMemoryReader): Readonly<Record<string, string | boolean>> | null {
  const { processor } = checked;
  if (
    processor.mode === "any" &&
    processorControls.every((control) => processor[control] === plainProcessor[control])
  ) {
    return null;
  }
  const controls = controlsOf(options.format.name).map((control) => [control, processor[control]] as const);
  return { mode: processor.mode, ...Object.fromEntries(controls) };
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
