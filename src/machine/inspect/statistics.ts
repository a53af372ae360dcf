import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { CacheLevel } from "../../engine/cache/CacheLevel";
import type { Latencies } from "../../engine/cache/contract";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { StatisticObject } from "../../language/parsing/syntax";
import { heapPages } from "../state/heapPages";
import type { FixedSizeReader } from "../state/regions";
import { keyNamed, statisticTable, timeStatistics, type ProcessStats, type StatisticKind } from "./statisticTable";
import { tableBytesOf } from "./vmTables";

/** Size of the heap that serves `alloc` when a script declares none. */
export const defaultHeapSize = 1024 ** 2;

/** Something with statistics of one kind of the table. */
export interface StatisticSource {
  readonly kind: StatisticKind;
  /** The values by name, in the engine's order. */
  readonly read: () => object;
}

interface Memory {
  readonly heaps: ReadonlyMap<string, HeapReader>;
  readonly pools: ReadonlyMap<string, FixedSizeReader>;
  readonly vm: VirtualMemoryReader | null;
  readonly caches: CacheHierarchy | null;
  /** Counts of the references while there is no cache. */
  readonly uncached: CacheHierarchy;
  readonly latencies: Latencies;
}

/** What a heap has: in a process also what it takes of physical memory. */
function heapSources(heap: HeapReader): StatisticSource[] {
  return [
    { kind: "heap", read: () => heap.stats() },
    { kind: "heapPages", read: () => heapPages(heap) ?? {} },
  ];
}

const poolSource = (pool: FixedSizeReader): StatisticSource => ({
  kind: pool.kind,
  read: () => {
    const stats = pool.stats();
    const { peakUsed, blockSize, peakPoolBytes } = stats;
    return { ...stats, utilization: peakPoolBytes === 0 ? 0 : (peakUsed * blockSize) / peakPoolBytes };
  },
});

function processStats(vm: VirtualMemoryReader, space: AddressSpace): ProcessStats {
  const { resident, mapped } = space;
  return { resident, mapped, tableBytes: tableBytesOf(vm, space) };
}

const vmSource = ({ vm }: Memory): StatisticSource[] => (vm === null ? [] : [{ kind: "vm", read: () => vm.stats() }]);

const cacheSource = (cache: CacheLevel): StatisticSource => ({ kind: "cache", read: () => cache.stats() });

/** What references cost where there is no cache. */
const timesSource = ({ caches, vm, uncached, latencies }: Memory): StatisticSource[] => {
  if (caches !== null || vm === null) return [];
  const read = (): object => {
    const totals = uncached.totals(latencies);
    return Object.fromEntries(timeStatistics.map((name) => [name, totals[name]]));
  };
  return [{ kind: "caches", read }];
};

/** All caches together. */
const cachesSource = ({ caches, latencies }: Memory): StatisticSource[] =>
  caches === null ? [] : [{ kind: "caches", read: () => caches.totals(latencies) }];

/** What nothing that a script declares can be mistaken for. */
const ownSources = (memory: Memory, object: StatisticObject): StatisticSource[] =>
  object === "vm" ? [...vmSource(memory), ...timesSource(memory)] : cachesSource(memory);

/**
 * What may come before the dot of `main.used`, `nodes.freeBlocks`, `vm.faults`, `L1.misses`, `cache.hits` of all caches
 * together, and `editor.resident`. Of things with one name heaps come first, then pools, caches and processes.
 */
export function sourcesNamed(memory: Memory, name: string): StatisticSource[] {
  const { vm } = memory;
  const heap = memory.heaps.get(name);
  const pool = memory.pools.get(name);
  const cache = memory.caches?.cacheNamed(name);
  const space = vm?.spaceNamed(name);
  return [
    ...(heap === undefined ? [] : heapSources(heap)),
    ...(pool === undefined ? [] : [poolSource(pool)]),
    ...(name === "vm" || name === "cache" ? ownSources(memory, name) : []),
    ...(cache === undefined ? [] : [cacheSource(cache)]),
    ...(vm === null || space === undefined ? [] : [{ kind: "process" as const, read: () => processStats(vm, space) }]),
  ];
}

/** A thing with statistics under its name. */
export interface NamedSources {
  readonly name: string;
  readonly sources: readonly StatisticSource[];
}

/** Everything with statistics in groups that a table can show side by side; of the caches all together come first. */
export function statisticGroups(memory: Memory): Readonly<Record<"heaps" | "vm" | "pools" | "caches", NamedSources[]>> {
  return {
    heaps: Array.from(memory.heaps, ([name, heap]) => ({ name, sources: heapSources(heap) })),
    vm: vmSource(memory).map((source) => ({ name: "vm", sources: [source] })),
    pools: Array.from(memory.pools, ([name, pool]) => ({ name, sources: [poolSource(pool)] })),
    caches: [
      ...cachesSource(memory).map((source) => ({ name: "cache", sources: [source] })),
      ...(memory.caches?.caches ?? []).map((cache) => ({ name: cache.options.name, sources: [cacheSource(cache)] })),
    ],
  };
}

/** All statistics of a thing. */
export const valuesOf = ({ sources }: NamedSources): object =>
  sources.reduce((values, { read }) => ({ ...values, ...read() }), {});

/** The default heap before the first allocation creates it: everything is zero but its free bytes. */
const untouchedHeap: StatisticSource = {
  kind: "heap",
  read: () => ({
    ...Object.fromEntries(Object.keys(statisticTable.heap).map((name) => [name, 0])),
    heapBytes: defaultHeapSize,
    peakHeapBytes: defaultHeapSize,
    freeBytes: defaultHeapSize,
    leastFree: defaultHeapSize,
    freeBlocks: 1,
    largestFree: defaultHeapSize,
  }),
};

/**
 * What a bare statistic may belong to: the vm (`faults`, `hits` …), all caches together (`amat` …), the heap declared
 * first; without any heap the only pool, and the default heap, which is untouched then.
 */
function bareSources(memory: Memory): StatisticSource[] {
  const shared = [...vmSource(memory), ...cachesSource(memory), ...timesSource(memory)];
  const heap = [...memory.heaps.values()].at(0);
  if (heap !== undefined) return [...shared, ...heapSources(heap)];
  const pools = [...memory.pools.values()];
  return [...shared, ...(pools.length === 1 ? [poolSource(pools[0])] : []), untouchedHeap];
}

/** The value under a full or short name in the first source that has it. */
function valueIn(sources: readonly StatisticSource[], name: string): number | undefined {
  for (const { kind, read } of sources) {
    const key = keyNamed(kind, name);
    if (key !== undefined) {
      const value = (read() as Readonly<Partial<Record<string, number>>>)[key];
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** The value of a bare statistic such as `used`. */
export const statistic = (memory: Memory, name: string): number | undefined => valueIn(bareSources(memory), name);

/** The names of what has a statistic of this name now: each may stand before its dot. */
export function objectsWith(memory: Memory, name: string): string[] {
  const groups = statisticGroups(memory);
  const named = [...groups.heaps, ...groups.pools, ...groups.vm, ...groups.caches].map((each) => each.name);
  const processes = (memory.vm?.spaces ?? []).map((space) => space.name);
  const objects = [...new Set([...named, ...processes])];
  return objects.filter((object) => memberStatistic(memory, object, name) !== undefined);
}

/** The value of a statistic of something named: `main.used`. */
export const memberStatistic = (memory: Memory, object: string, name: string): number | undefined =>
  valueIn(sourcesNamed(memory, object), name);

/** The value of a statistic of the vm or of all caches together, whatever else has their name. */
export const ownStatistic = (memory: Memory, object: StatisticObject, name: string): number | undefined =>
  valueIn(ownSources(memory, object), name);
