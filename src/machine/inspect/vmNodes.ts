import type { AddressSpace, Area } from "../../engine/vm/AddressSpace";
import type { PageTableEntry } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { Segment } from "../../engine/vm/segments";
import { entryLetters, permissionLetters } from "../problems/flags";
import { listOf, type NodeList, type StateNode } from "./node";
import { swapSlots, tableBytesOf, tableRows, tlbRows, type SwapSlot, type TlbRow } from "./vmTables";

/** The process that something belongs to. */
interface Place {
  readonly vm: VirtualMemoryReader;
  readonly space: AddressSpace;
}

interface PageFacts {
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
export type PageNode = StateNode<"page", PageFacts> & Place;

/** Page numbers, half-open. */
interface AreaFacts {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly flags: string;
  readonly grow: Area["growth"];
  readonly guard: boolean;
}
export type AreaNode = StateNode<"area", AreaFacts> & Place;

interface SegmentFacts {
  readonly name: string;
  readonly base: number;
  readonly limit: number;
  readonly flags: string;
  readonly grow: "up" | "down";
}
export type SegmentNode = StateNode<"segment", SegmentFacts>;

interface ProcessFacts {
  readonly name: string;
  /** Frames that its pages hold. */
  readonly resident: number;
  readonly regions: NodeList<AreaNode>;
  readonly segments: NodeList<SegmentNode>;
  readonly tableBytes: number;
  readonly tables: readonly { readonly name: string; readonly frame: number; readonly used: number }[];
  readonly pages: NodeList<PageNode>;
}
export type ProcessNode = StateNode<"process", ProcessFacts> & Place & { readonly runs: boolean };

interface VmFacts {
  /** The one that runs; `pages` are its. */
  readonly process: string;
  readonly pages: NodeList<PageNode>;
  readonly processes: NodeList<ProcessNode>;
  readonly tlb: readonly TlbRow[];
  readonly swap: readonly SwapSlot[];
}
export type VmNode = StateNode<"vm", VmFacts> & { readonly vm: VirtualMemoryReader };

export function vmNode(vm: VirtualMemoryReader): VmNode {
  const { spaces, current } = vm;
  return {
    kind: "vm",
    name: "vm",
    vm,
    facts: {
      process: current.name,
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

export function processNode(vm: VirtualMemoryReader, space: AddressSpace): ProcessNode {
  const { name, resident, areas } = space;
  const segments = space.segments?.segments ?? [];
  return {
    kind: "process",
    name,
    vm,
    space,
    runs: space === vm.current,
    facts: {
      name,
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

const pagesOf = (vm: VirtualMemoryReader, space: AddressSpace): NodeList<PageNode> =>
  listOf(
    space.mapped,
    () => vm.entries(space),
    (entry) => pageNode({ vm, space }, entry),
  );

function pageNode(place: Place, { vpn, pfn, slot, flags, order }: PageTableEntry): PageNode {
  const facts = {
    vpn,
    pfn,
    flags: entryLetters(flags),
    ...(slot === null ? {} : { slot }),
    ...(order === 0 ? {} : { span: 2 ** order }),
  };
  return { kind: "page", name: `[${vpn}]`, ...place, facts };
}

function areaNode(place: Place, { name, from, to, flags, growth: grow, isGuard: guard }: Area): AreaNode {
  const facts = { name, from, to, flags: permissionLetters(flags), grow, guard };
  return { kind: "area", name, ...place, facts };
}

function segmentNode({ name, base, limit, flags, growsDown }: Segment): SegmentNode {
  const facts = { name, base, limit, flags: permissionLetters(flags), grow: growsDown ? "down" : "up" } as const;
  return { kind: "segment", name, facts };
}
