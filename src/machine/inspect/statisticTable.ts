import type { CacheStats, CacheTotals } from "../../engine/cache/contract";
import type { HeapStats } from "../../engine/heap/contract";
import type { FixedSizeStats, PoolStats } from "../../engine/pool/contract";
import type { SlabStats } from "../../engine/slab/contract";
import type { VirtualMemoryStats } from "../../engine/vm/contract";
import type { Translate } from "../../language/Words";
import type { HeapPages } from "../state/heapPages";

/** `share` is 0 to 1; `times` is a factor; `count` is a number of whatever the label names. */
export type StatisticUnit = "bytes" | "share" | "times" | "cycles" | "count";

export interface Statistic {
  /** In English; hosts pass it through their translation. */
  readonly label: string;
  readonly unit: StatisticUnit;
  /** A second name in expressions, such as `used` for `currentUsed`. */
  readonly short?: string;
  /** The statistic that counts the blocks which this sum of bytes is made of. */
  readonly blocks?: string;
  /** Whether short lists leave it out while it is 0. */
  readonly isRare?: boolean;
}

/** What a process has beside its pages. */
export interface ProcessStats {
  readonly resident: number;
  readonly mapped: number;
  /** Bytes of its own page table. */
  readonly tableBytes: number;
}

/** What follows from the statistics of a pool or slab cache. */
export interface PoolUse {
  /** Bytes of the most blocks used at once / largest size of the pool, 0 for an empty one. */
  readonly utilization: number;
}

/** A row for every statistic: the type keeps the table complete. */
type Rows<Stats> = { readonly [Key in keyof Stats]-?: Statistic };

const row =
  (unit: StatisticUnit) =>
  (label: string, more: Omit<Statistic, "label" | "unit"> = {}): Statistic => ({ label, unit, ...more });
const [bytes, share, times, cycles, count] = [row("bytes"), row("share"), row("times"), row("cycles"), row("count")];

const heap: Rows<HeapStats> = {
  allocations: count("Allocations"),
  deallocations: count("Frees"),
  totalAllocated: bytes("Bytes allocated"),
  totalFreed: bytes("Bytes freed"),
  currentUsed: bytes("Used", { short: "used", blocks: "usedBlocks" }),
  peakUsed: bytes("Peak", { short: "peak" }),
  heapBytes: bytes("Heap size"),
  peakHeapBytes: bytes("Largest heap size"),
  freeBytes: bytes("Free", { short: "free", blocks: "freeBlocks" }),
  freeBlocks: count("Free blocks"),
  leastFree: bytes("Least free"),
  usedBlocks: count("Used blocks"),
  quarantinedBytes: bytes("Quarantine", { blocks: "quarantinedBlocks", isRare: true }),
  quarantinedBlocks: count("Blocks in quarantine"),
  largestFree: bytes("Largest free block"),
  utilization: share("Utilization"),
  externalFragmentation: share("Fragmentation", { short: "fragmentation" }),
  internalFragmentation: share("Internal fragmentation"),
  searched: count("Free blocks searched"),
};

const heapPages: Rows<Omit<HeapPages, "process">> = {
  residentBytes: bytes("Resident"),
  swappedBytes: bytes("Swapped out"),
  pageFragmentation: share("Page fragmentation"),
};

const fixedSize: Rows<FixedSizeStats & PoolUse> = {
  blockSize: bytes("Block size"),
  usedBlocks: count("Used", { short: "used" }),
  freeBlocks: count("Free", { short: "free" }),
  peakUsed: count("Peak", { short: "peak" }),
  poolBytes: bytes("Pool size"),
  peakPoolBytes: bytes("Largest pool size"),
  utilization: share("Utilization"),
  allocations: count("Allocations"),
  deallocations: count("Frees"),
};

const pool: Rows<PoolStats & PoolUse> = { ...fixedSize, leastFree: count("Fewest free blocks") };

const slab: Rows<SlabStats & PoolUse> = {
  ...fixedSize,
  slabs: count("Slabs"),
  fullSlabs: count("Full slabs"),
  partialSlabs: count("Partial slabs"),
  emptySlabs: count("Empty slabs"),
  peakSlabs: count("Most slabs"),
  objectsPerSlab: count("Objects per slab"),
};

const vm: Rows<VirtualMemoryStats> = {
  references: count("References"),
  hits: count("Hits"),
  faults: count("Faults"),
  evictions: count("Evictions"),
  writebacks: count("Write-backs"),
  swapIns: count("Pages swapped in"),
  swapOuts: count("Pages swapped out"),
  tlbHits: count("TLB hits"),
  tlbMisses: count("TLB misses"),
  copies: count("Pages copied", { isRare: true }),
  mergedPages: count("Pages merged", { isRare: true }),
  usedFrames: count("Used frames"),
  freeFrames: count("Free frames"),
  tableBytes: bytes("Page tables"),
  swapUsed: count("Swap slots", { isRare: true }),
  compressedBytes: bytes("Compressed bytes"),
  compressionRatio: times("Compression ratio"),
};

const process: Rows<ProcessStats> = {
  resident: count("Frames in use"),
  mapped: count("Mapped pages"),
  tableBytes: bytes("Page tables"),
};

const cache: Rows<CacheStats> = {
  accesses: count("References"),
  hits: count("Hits"),
  misses: count("Misses"),
  readMisses: count("Read misses"),
  writeMisses: count("Write misses"),
  compulsory: count("Compulsory misses"),
  capacity: count("Capacity misses"),
  conflict: count("Conflict misses"),
  evictions: count("Evictions"),
  writebacks: count("Write-backs"),
  invalidations: count("Invalidations"),
  missRatio: share("Miss ratio"),
};

const caches: Rows<CacheTotals> = {
  accesses: count("References"),
  hits: count("Hits"),
  misses: count("Misses"),
  memoryReads: count("Memory reads"),
  memoryWrites: count("Memory writes"),
  tlbLookups: count("TLB look-ups", { isRare: true }),
  walkAccesses: count("Page-table reads"),
  pageFaults: count("Page faults"),
  cycles: cycles("Cycles"),
  amat: cycles("Average access time"),
  effectiveAccessTime: cycles("Effective access time"),
};

/**
 * Every statistic of every kind of thing that has some, under the names that `expect` knows. Everything that names,
 * explains, formats or lists statistics reads this table; the engines compute the values. `heapPages` is what a heap in
 * a process has besides; `caches` are the totals of all caches.
 */
export const statisticTable = { heap, heapPages, pool, slab, vm, process, cache, caches } as const;

export type StatisticKind = keyof typeof statisticTable;

const statisticKinds = Object.keys(statisticTable) as StatisticKind[];

/** Labels by `kind.name`, for hosts that translate texts by key. */
export type StatisticLabels = {
  readonly [
    Key in {
      [Kind in StatisticKind]: `${Kind}.${keyof (typeof statisticTable)[Kind] & string}`;
    }[StatisticKind]
  ]: string;
};

export const statisticLabels = Object.fromEntries(
  Object.entries(statisticTable).flatMap(([kind, rows]) =>
    Object.entries(rows).map(([name, { label }]: [string, Statistic]) => [`${kind}.${name}`, label]),
  ),
) as StatisticLabels;

const rowsOf = (kind: StatisticKind): Readonly<Partial<Record<string, Statistic>>> => statisticTable[kind];

/** The statistic of a kind that a full or short name means. */
export function keyNamed(kind: StatisticKind, name: string): string | undefined {
  const rows = rowsOf(kind);
  if (Object.hasOwn(rows, name)) return name;
  return Object.keys(rows).find((key) => rows[key]?.short === name);
}

/** What references cost: of all caches together, and of a vm where there are none. */
export const timeStatistics = [
  "memoryReads",
  "memoryWrites",
  "tlbLookups",
  "walkAccesses",
  "pageFaults",
  "cycles",
  "amat",
  "effectiveAccessTime",
] as const satisfies readonly (keyof CacheTotals)[];

/** The kinds of things that have a statistic of this full or short name. */
export function kindsWith(name: string): StatisticKind[] {
  const isTime = timeStatistics.some((each) => each === name);
  return statisticKinds.filter((kind) => keyNamed(kind, name) !== undefined || (isTime && kind === "vm"));
}

/** The full and short names of the statistics of some kinds. */
export function namesOf(kinds: readonly StatisticKind[]): string[] {
  return kinds.flatMap((kind) =>
    Object.entries(rowsOf(kind)).flatMap(([key, row]) => (row?.short === undefined ? [key] : [key, row.short])),
  );
}

/** What a name stands for, for people: in the first kind of the table that has it. */
export function statisticLabel(name: string, translate: Translate): string {
  for (const kind of statisticKinds) {
    const key = keyNamed(kind, name);
    if (key !== undefined) return translate(rowsOf(kind)[key]?.label ?? "");
  }
  return "";
}

/** All names that expressions may use for statistics, short ones first. */
export const statisticNames: readonly string[] = [
  ...new Set([
    ...Object.values<Readonly<Record<string, Statistic>>>(statisticTable).flatMap((rows) =>
      Object.values(rows).flatMap(({ short }) => (short === undefined ? [] : [short])),
    ),
    ...Object.values(statisticTable).flatMap((rows) => Object.keys(rows)),
  ]),
];
