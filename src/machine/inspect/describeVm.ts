import { toHex } from "../../engine/address";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { PageTableEntry, VirtualMemoryContract } from "../../engine/vm/contract";
import { entryLetters, permissionLetters } from "../problems/flags";
import { swapSlots, tableBytesOf, tableRows, tlbRows, type SwapSlot, type TlbRow } from "./vmTables";

export interface PageData {
  readonly vpn: number;
  /** Null for a page that is not present. */
  readonly pfn: number | null;
  /** Permissions, then the accessed and dirty bits: `rw-uAD`; then `C` copy-on-write, `S` shared, `G` global where set. */
  readonly flags: string;
  /** Of a page that is not present; absent when it was never touched. */
  readonly slot?: number;
  /** Pages of the least size that a huge page spans. */
  readonly span?: number;
}

export interface ProcessData {
  readonly name: string;
  /** Frames that its pages hold. */
  readonly resident: number;
  /** Page numbers, half-open. */
  readonly regions: readonly {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    readonly flags: string;
    readonly grow: "none" | "up" | "down";
    readonly guard: boolean;
  }[];
  readonly segments: readonly {
    readonly name: string;
    readonly base: string;
    readonly limit: number;
    readonly flags: string;
    readonly grow: "up" | "down";
  }[];
  readonly tableBytes: number;
  readonly tables: readonly { readonly name: string; readonly frame: number; readonly used: number }[];
  readonly pages: readonly PageData[];
}

export interface VmData {
  /** The one that runs; `pages` are its. */
  readonly process: string;
  readonly pages: readonly PageData[];
  readonly processes: readonly ProcessData[];
  readonly tlb: readonly TlbRow[];
  readonly swap: readonly SwapSlot[];
}

/** Virtual memory as plain data: addresses are hexadecimal strings. */
export function describeVm(vm: VirtualMemoryContract): VmData {
  const processes = vm.spaces.map((space) => describeProcess(vm, space));
  const { name } = vm.current;
  const pages = processes.find((process) => process.name === name)?.pages ?? [];
  return { process: name, pages, processes, tlb: tlbRows(vm), swap: swapSlots(vm) };
}

function describeProcess(vm: VirtualMemoryContract, space: AddressSpace): ProcessData {
  return {
    name: space.name,
    resident: space.resident,
    regions: space.areas.map(({ name, from, to, flags, growth, isGuard }) => ({
      name,
      from,
      to,
      flags: permissionLetters(flags),
      grow: growth,
      guard: isGuard,
    })),
    segments: (space.segments?.segments ?? []).map(({ name, base, limit, flags, growsDown }) => ({
      name,
      base: toHex(base),
      limit,
      flags: permissionLetters(flags),
      grow: growsDown ? "down" : "up",
    })),
    tableBytes: tableBytesOf(vm, space),
    tables: tableRows(vm, space).map(({ name, frame, used }) => ({ name, frame, used })),
    pages: Array.from(vm.entries(space), describePage),
  };
}

function describePage({ vpn, pfn, slot, flags, order }: PageTableEntry): PageData {
  return {
    vpn,
    pfn,
    flags: entryLetters(flags),
    ...(slot === null ? {} : { slot }),
    ...(order === 0 ? {} : { span: 2 ** order }),
  };
}
