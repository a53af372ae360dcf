import type { AddressSpace, Area } from "../../engine/vm/AddressSpace";
import type { PageTableEntry } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { Segment } from "../../engine/vm/segments";
import { entryLetters, permissionLetters } from "../problems/flags";
import { listOf } from "./node";
import { processorFacts, swapSlots, tableBytesOf, tableRows, tlbRows } from "./vmTables";

/** The process that something belongs to. */
interface Place {
  readonly vm: VirtualMemoryReader;
  readonly space: AddressSpace;
}

export type VmNode = ReturnType<typeof vmNode>;
export type ProcessNode = ReturnType<typeof processNode>;
export type AreaNode = ReturnType<typeof areaNode>;
export type SegmentNode = ReturnType<typeof segmentNode>;
export type PageNode = ReturnType<typeof pageNode>;

export function vmNode(vm: VirtualMemoryReader) {
  const { spaces, current } = vm;
  const processor = processorFacts(vm);
  return {
    kind: "vm" as const,
    name: "vm",
    vm,
    facts: {
      /** The one that runs; `pages` are its. */
      process: current.name,
      ...(processor === null ? {} : { processor }),
      pages: pagesOf(vm, current),
      processes: listOf(
        spaces.length,
        () => spaces,
        (space) => processNode(vm, space),
      ),
      get tlb() {
        return tlbRows(vm);
      },
      get swap() {
        return swapSlots(vm);
      },
    },
  };
}

export function processNode(vm: VirtualMemoryReader, space: AddressSpace) {
  const { name, resident, areas } = space;
  const segments = space.segments?.segments ?? [];
  return {
    kind: "process" as const,
    name,
    vm,
    space,
    runs: space === vm.current,
    facts: {
      name,
      /** Frames that its pages hold. */
      resident,
      regions: listOf(
        areas.length,
        () => areas,
        (area) => areaNode({ vm, space }, area),
      ),
      segments: listOf(segments.length, () => segments, segmentNode),
      get tableBytes() {
        return tableBytesOf(vm, space);
      },
      get tables() {
        return tableRows(vm, space).map(({ name, frame, used }) => ({ name, frame, used }));
      },
      pages: pagesOf(vm, space),
    },
  };
}

const pagesOf = (vm: VirtualMemoryReader, space: AddressSpace) =>
  listOf(
    space.mapped,
    () => vm.entries(space),
    (entry) => pageNode({ vm, space }, entry),
  );

function pageNode(place: Place, { vpn, pfn, slot, evicted, flags, order }: PageTableEntry) {
  const facts = {
    vpn,
    /** Null for a page that is not present. */
    pfn,
    /** Permissions, then the accessed and dirty bits: `rw-uAD`; then `C` copy-on-write, `S` shared, `G` global where set. */
    flags: entryLetters(flags),
    /** Of a page that is not present and has bytes in swap space. */
    ...(slot === null ? {} : { slot }),
    /** Of a page that is not present: it had a frame before. Without a slot it was clean, and reads as zeros. */
    ...(evicted ? { evicted } : {}),
    /** Pages of the least size that a huge page spans. */
    ...(order === 0 ? {} : { span: 2 ** order }),
  };
  return { kind: "page" as const, name: `[${vpn}]`, ...place, facts };
}

/** Page numbers are half-open. */
function areaNode(place: Place, { name, from, to, flags, growth: grow, isGuard: guard }: Area) {
  const facts = { name, from, to, flags: permissionLetters(flags), grow, guard };
  return { kind: "area" as const, name, ...place, facts };
}

function segmentNode({ name, base, limit, flags, growsDown }: Segment) {
  const facts = {
    name,
    base,
    limit,
    flags: permissionLetters(flags),
    grow: growsDown ? ("down" as const) : ("up" as const),
  };
  return { kind: "segment" as const, name, facts };
}
