import type { MachineState } from "../run/MachineState";
import { cacheNode, type CacheNode } from "./cacheNodes";
import { heapNode, poolNode, type HeapNode, type PoolNode } from "./regionNodes";
import { vmNode, type VmNode } from "./vmNodes";

/** The whole memory: a node for each region by name, in the order of their declarations. */
export interface StateTree {
  readonly heaps: ReadonlyMap<string, HeapNode>;
  readonly vm: VmNode | null;
  readonly pools: ReadonlyMap<string, PoolNode>;
  readonly caches: ReadonlyMap<string, CacheNode>;
}

export function stateTree(state: MachineState): StateTree {
  const { heaps, vm, pools, caches } = state;
  return {
    heaps: new Map(Array.from(heaps, ([name, heap]) => [name, heapNode(state, heap)])),
    vm: vm === null ? null : vmNode(vm),
    pools: new Map(Array.from(pools, ([name, pool]) => [name, poolNode(state, pool)])),
    caches: new Map((caches?.caches ?? []).map((cache) => [cache.options.name, cacheNode(cache)])),
  };
}
