import type { MachineState } from "../../machine/contract";
import type { ValueFormat } from "../format";
import { handlesScope } from "./handles";
import { cachesScope } from "./caches";
import { pagesScope, vmScopes } from "./memoryPages";
import { freeListOf, showHeap, showPool } from "./regions";
import type { Children, ShownValue } from "./store";

export interface ShownScope {
  readonly name: string;
  readonly hint?: "locals";
  /** Whether opening it by default could cost noticeable time. */
  readonly expensive: boolean;
  readonly children: Children;
}

/** Six scopes always, so that an expanded one stays open from step to step; four more with virtual memory. */
export function scopesOf(state: MachineState, format: ValueFormat): ShownScope[] {
  return [
    { name: "Handles", hint: "locals", expensive: false, children: handlesScope(state, format) },
    {
      name: "Heap",
      expensive: false,
      children: { named: () => [...state.heaps.values()].map((heap) => showHeap(state, heap, format)) },
    },
    { name: "Free list", expensive: false, children: freeListScope(state, format) },
    { name: "Pages", expensive: false, children: pagesScope(state.vm, format) },
    {
      name: "Pools",
      expensive: false,
      children: { named: () => [...state.pools.values()].map((pool) => showPool(state, pool, format)) },
    },
    { name: "Caches", expensive: false, children: cachesScope(state, format) },
    ...(state.vm === null ? [] : vmScopes(state.vm, format)),
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
