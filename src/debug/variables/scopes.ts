import { toHex } from "../../engine/address";
import type { MachineState } from "../../machine/contract";
import type { PageTableEntry } from "../../engine/vm/contract";
import { flagLetters, type ValueFormat } from "../format";
import { handlesScope } from "./handles";
import { cachesScope } from "./caches";
import { freeListOf, showHeap, showPool, statisticFacts } from "./regions";
import { pageOf, type Children, type ShownValue } from "./store";

export interface ShownScope {
  readonly name: string;
  readonly hint?: "locals";
  /** Whether opening it by default could cost noticeable time. */
  readonly expensive: boolean;
  readonly children: Children;
}

/** The six scopes, always all of them, so that an expanded one stays open from step to step. */
export function scopesOf(state: MachineState, format: ValueFormat): ShownScope[] {
  return [
    { name: "Handles", hint: "locals", expensive: false, children: handlesScope(state, format) },
    {
      name: "Heap",
      expensive: false,
      children: { named: () => [...state.heaps.values()].map((heap) => showHeap(state, heap, format)) },
    },
    { name: "Free list", expensive: false, children: freeListScope(state, format) },
    { name: "Pages", expensive: false, children: pagesScope(state, format) },
    {
      name: "Pools",
      expensive: false,
      children: { named: () => [...state.pools.values()].map((pool) => showPool(state, pool, format)) },
    },
    { name: "Caches", expensive: false, children: cachesScope(state, format) },
  ];
}

/** With one heap its list at once, with several one entry a heap. */
function freeListScope(state: MachineState, format: ValueFormat): Children {
  const heaps = [...state.heaps.values()];
  if (heaps.length === 1) return freeListOf(state, heaps[0], format);
  return {
    named: () =>
      heaps.map((heap): ShownValue => {
        const { freeBlocks } = heap.stats();
        const value = `${format.number(freeBlocks)} free ${freeBlocks === 1 ? "block" : "blocks"}`;
        return { name: heap.options.name, value, type: "free list", children: freeListOf(state, heap, format) };
      }),
  };
}

/** Counters of the vm, then the page table's entries by page number. */
function pagesScope(state: MachineState, format: ValueFormat): Children {
  const { vm } = state;
  if (vm === null) return { named: () => [] };
  const { pageSize } = vm.options;
  return {
    named: () => statisticFacts(vm.stats(), format),
    indexed: {
      count: vm.mappedPages,
      page: (start, count) =>
        pageOf(vm.entries(), start, count, (entry): ShownValue => ({
          name: `[${entry.vpn}]`,
          value: `${placeText(entry, pageSize, format)} ${flagLetters(entry.flags)}`,
          type: "page",
          memoryReference: toHex(entry.vpn * pageSize),
        })),
    },
  };
}

function placeText({ pfn, slot }: PageTableEntry, pageSize: number, format: ValueFormat): string {
  if (pfn !== null) return `frame ${format.number(pfn)} (${toHex(pfn * pageSize)})`;
  return slot === null ? "not touched yet" : `swap slot ${format.number(slot)}`;
}
