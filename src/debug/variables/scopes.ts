import type { MachineState } from "../../machine/run/MachineState";
import type { ValueFormat } from "../protocol/format";
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

/**
 * The handles always, as clients open the first scope on their own, and of the others those that hold something. A heap's
 * free list stays while it is empty: it fills and runs dry again, and clients close a scope that was gone.
 */
export function scopesOf(state: MachineState, format: ValueFormat): ShownScope[] {
  const { vm } = state;
  const heaps = [...state.heaps.values()];
  const pools = [...state.pools.values()];
  const scope = (name: string, children: Children): ShownScope => ({ name, expensive: false, children });
  return [
    { ...scope("Handles", handlesScope(state, format)), hint: "locals" },
    ...(heaps.length === 0
      ? []
      : [
          scope("Heap", { named: () => heaps.map((heap) => showHeap(state, heap, format)) }),
          scope("Free list", freeListScope(state, format)),
        ]),
    ...(vm === null ? [] : [scope("Pages", pagesScope(vm, format))]),
    ...(pools.length === 0
      ? []
      : [scope("Pools", { named: () => pools.map((pool) => showPool(state, pool, format)) })]),
    ...(state.caches === null ? [] : [scope("Caches", cachesScope(state.caches, state.latencies, format))]),
    ...(vm === null ? [] : vmScopes(vm, format)),
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
