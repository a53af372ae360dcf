import type { HeapStats } from "../../engine/heap/contract";
import type { FixedSizeStats } from "../../engine/pool/contract";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryContract, VirtualMemoryStats } from "../../engine/vm/contract";
import { heapPages } from "../state/heapPages";
import { tableBytesOf } from "./vmTables";
import type { World } from "../state/World";

/** Size of the heap that serves `alloc` when a script declares none. */
export const defaultHeapSize = 1024 ** 2;

/** Short names of statistics, beside the full ones. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["used", "currentUsed"],
  ["free", "freeBytes"],
  ["peak", "peakUsed"],
  ["fragmentation", "externalFragmentation"],
]);
const poolSynonyms: ReadonlyMap<string, string> = new Map([
  ["used", "usedBlocks"],
  ["free", "freeBlocks"],
  ["peak", "peakUsed"],
]);

/** What the default heap would say before the first allocation creates it. */
const untouchedHeap: HeapStats = {
  allocations: 0,
  deallocations: 0,
  totalAllocated: 0,
  totalFreed: 0,
  currentUsed: 0,
  peakUsed: 0,
  heapBytes: defaultHeapSize,
  peakHeapBytes: defaultHeapSize,
  freeBytes: defaultHeapSize,
  freeBlocks: 1,
  usedBlocks: 0,
  quarantinedBytes: 0,
  quarantinedBlocks: 0,
  largestFree: defaultHeapSize,
  utilization: 0,
  externalFragmentation: 0,
  internalFragmentation: 0,
  searched: 0,
};

function heapStatistic(stats: HeapStats, name: string): number | undefined {
  return numberOf(stats, synonyms.get(name) ?? name);
}

function poolStatistic(stats: FixedSizeStats, name: string): number | undefined {
  return numberOf(stats, poolSynonyms.get(name) ?? name);
}

function vmStatistic(stats: VirtualMemoryStats, name: string): number | undefined {
  return numberOf(stats, name);
}

function numberOf(stats: object, name: string): number | undefined {
  const value: unknown = Object.hasOwn(stats, name) ? (stats as Record<string, unknown>)[name] : undefined;
  return typeof value === "number" ? value : undefined;
}

/**
 * A bare statistic. It belongs to the heap declared first; without any heap to the only pool; names of the vm
 * (`faults`, `hits` …) to the vm, and of all caches (`amat` …) to them. Without any region heap statistics are those of the untouched default heap.
 */
export function statistic(world: World, name: string): number | undefined {
  const vm = world.vm === null ? undefined : vmStatistic(world.vm.stats(), name);
  if (vm !== undefined) return vm;
  const caches = world.caches === null ? undefined : numberOf(world.caches.totals(world.latencies), name);
  if (caches !== undefined) return caches;
  const heap = [...world.heaps.values()].at(0);
  if (heap !== undefined) return heapStatistic(heap.stats(), name);
  const pools = [...world.pools.values()];
  if (pools.length === 1) return poolStatistic(pools[0].stats(), name) ?? heapStatistic(untouchedHeap, name);
  return heapStatistic(untouchedHeap, name);
}

/**
 * `main.used`, `nodes.freeBlocks`, `vm.faults`, `L1.misses`, `cache.hits` of all caches together, `editor.resident`. Of
 * things with one name a heap comes first, then pools, caches and processes.
 */
export function memberStatistic(world: World, object: string, name: string): number | undefined {
  const heap = world.heaps.get(object);
  const pool = world.pools.get(object);
  const { vm, caches, latencies } = world;
  const region =
    heap !== undefined
      ? (heapStatistic(heap.stats(), name) ?? numberOf(heapPages(heap) ?? {}, name))
      : pool !== undefined
        ? poolStatistic(pool.stats(), name)
        : undefined;
  if (region !== undefined) return region;
  if (object === "vm" && vm !== null) return vmStatistic(vm.stats(), name);
  if (object === "cache" && caches !== null) return numberOf(caches.totals(latencies), name);
  const cache = caches?.cacheNamed(object);
  if (cache !== undefined) return numberOf(cache.stats(), name);
  const space = vm?.spaceNamed(object);
  if (vm === null || space === undefined || !Object.hasOwn(processStatistics, name)) return undefined;
  return processStatistics[name](vm, space);
}

/** The statistics of one process: `editor.resident`. */
const processStatistics: Readonly<Record<string, (vm: VirtualMemoryContract, space: AddressSpace) => number>> = {
  resident: (_, space) => space.resident,
  mapped: (_, space) => space.mapped,
  tableBytes: (vm, space) => tableBytesOf(vm, space),
};

/** Every statistic of a vm; the type holds the list complete. */
const vmNames: Readonly<Record<keyof VirtualMemoryStats, true>> = {
  references: true,
  hits: true,
  faults: true,
  evictions: true,
  writebacks: true,
  swapIns: true,
  swapOuts: true,
  tlbHits: true,
  tlbMisses: true,
  copies: true,
  mergedPages: true,
  usedFrames: true,
  freeFrames: true,
  tableBytes: true,
  swapUsed: true,
  compressedBytes: true,
  compressionRatio: true,
};

/** All names that {@link statistic} may know, for suggestions and completion. */
export const statisticNames: readonly string[] = [
  ...synonyms.keys(),
  ...Object.keys(untouchedHeap),
  ...Object.keys(vmNames),
  ...Object.keys(processStatistics),
  "residentBytes",
  "swappedBytes",
  "pageFragmentation",
  "blockSize",
  "leastFree",
  "poolBytes",
  "peakPoolBytes",
  "slabs",
  "fullSlabs",
  "partialSlabs",
  "emptySlabs",
  "peakSlabs",
  "objectsPerSlab",
  "misses",
  "missRatio",
  "compulsory",
  "capacity",
  "conflict",
  "amat",
  "effectiveAccessTime",
  "cycles",
];
