import { toHex } from "../../engine/address";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { PageTableEntry } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { entryLetters, permissionLetters } from "../../machine/problems/flags";
import { swapSlots, tlbRows } from "../../machine/inspect/vmTables";
import type { ValueFormat } from "../protocol/format";
import type { ShownScope } from "./scopes";
import { showCounters } from "./counters";
import { pageOf, type Children, type ShownValue } from "./store";

/**
 * The page table's entries of the current process by page number; above them, as clients list named children first, one
 * node for all counters of the vm.
 */
export function pagesScope(vm: VirtualMemoryReader, format: ValueFormat): Children {
  return { named: () => [counters(vm, format)], ...pagesOf(vm, vm.current, format) };
}

function counters(vm: VirtualMemoryReader, format: ValueFormat): ShownValue {
  const stats = vm.stats();
  const { references, faults, usedFrames, freeFrames } = stats;
  const frames = usedFrames + freeFrames;
  const value = `references ${format.number(references)}, faults ${format.number(faults)}, frames used ${format.number(usedFrames)} of ${format.number(frames)}`;
  return showCounters(stats, value, format);
}

/**
 * What there is beside the pages of the current process once a script has virtual memory, as far as it holds something.
 * Whether swap space does is told by its first slot, as what is in the slots takes a look at every page.
 */
export function vmScopes(vm: VirtualMemoryReader, format: ValueFormat): ShownScope[] {
  const regions = [...segments(vm, format), ...areas(vm, format)];
  const entries = lookaside(vm);
  const isSwapEmpty = vm.pager.swap.slotsInUse().next().done === true;
  return [
    { name: "Processes", expensive: false, children: { named: () => processes(vm, format) } },
    ...(regions.length === 0 ? [] : [{ name: "Regions", expensive: false, children: { named: () => regions } }]),
    ...(entries.length === 0 ? [] : [{ name: "TLB", expensive: false, children: { named: () => entries } }]),
    ...(isSwapEmpty ? [] : [{ name: "Swap", expensive: true, children: { named: () => swap(vm, format) } }]),
  ];
}

function pagesOf(vm: VirtualMemoryReader, space: AddressSpace, format: ValueFormat): Pick<Children, "indexed"> {
  const { pageSize } = vm.options;
  // Bytes can be read at addresses of the process that runs.
  const runs = space === vm.current;
  return {
    indexed: {
      count: space.mapped,
      page: (start, count) =>
        pageOf(vm.entries(space), start, count, (entry): ShownValue => ({
          name: `[${entry.vpn}]`,
          value: `${placeText(entry, pageSize, format)} ${entryLetters(entry.flags)}`,
          type: "page",
          watch: { kind: "page", space: space.id, vpn: entry.vpn },
          ...(entry.pfn === null ? {} : { children: { named: () => [showFrame(entry.pfn!, pageSize, format)] } }),
          ...(runs ? { memoryReference: toHex(entry.vpn * pageSize) } : {}),
        })),
    },
  };
}

function showFrame(pfn: number, pageSize: number, format: ValueFormat): ShownValue {
  const value = `${format.number(pfn)} (${toHex(pfn * pageSize)})`;
  return { name: "frame", value, type: "frame", watch: { kind: "frame", pfn } };
}

function placeText({ pfn, slot }: PageTableEntry, pageSize: number, format: ValueFormat): string {
  if (pfn !== null) return `frame ${format.number(pfn)} (${toHex(pfn * pageSize)})`;
  return slot === null ? "not touched yet" : `swap slot ${format.number(slot)}`;
}

function processes(vm: VirtualMemoryReader, format: ValueFormat): ShownValue[] {
  return vm.spaces.map((space) => ({
    name: space.name,
    value: `${space === vm.current ? "runs, " : ""}${format.number(space.mapped)} pages, ${format.number(space.resident)} frames`,
    type: "process",
    children: pagesOf(vm, space, format),
  }));
}

function segments({ current }: VirtualMemoryReader, format: ValueFormat): ShownValue[] {
  return (current.segments?.segments ?? []).map(({ name, base, limit, growsDown, flags }) => ({
    name,
    value: `${growsDown ? "down from" : "from"} ${toHex(base)}, ${format.bytes(limit)}, ${permissionLetters(flags)}`,
    type: "segment",
  }));
}

function areas({ current, options }: VirtualMemoryReader, format: ValueFormat): ShownValue[] {
  return current.areas.map(({ name, from, to, flags, growth, isGuard }) => ({
    name,
    value:
      `pages ${format.number(from)} to ${format.number(to - 1)} (${toHex(from * options.pageSize)}), ` +
      (isGuard ? "guard" : permissionLetters(flags)) +
      (growth === "none" ? "" : `, grows ${growth}`),
    type: "region",
  }));
}

function lookaside(vm: VirtualMemoryReader): ShownValue[] {
  return tlbRows(vm).map(({ set, process, vpn, order, global }, at) => ({
    name: `[${at}]`,
    value:
      `page ${vpn} of ${process}, set ${set}` +
      (order === 0 ? "" : `, ${2 ** order} pages`) +
      (global ? ", global" : ""),
    type: "TLB entry",
  }));
}

function swap(vm: VirtualMemoryReader, format: ValueFormat): ShownValue[] {
  return swapSlots(vm).map(({ slot, packed, frame, pages }) => {
    const held = pages.map(({ process, vpn }) => `page ${vpn} of ${process}`);
    if (frame !== null) held.push(`a copy of frame ${format.number(frame)}`);
    const place = packed === null ? "" : `, compressed to ${format.bytes(packed)}`;
    return { name: `[${slot}]`, value: held.join(", ") + place, type: "swap slot" };
  });
}
