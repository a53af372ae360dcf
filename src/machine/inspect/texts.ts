import { toHex } from "../../engine/address";
import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import type { Latencies } from "../../engine/cache/contract";
import type { HeapContract } from "../../engine/heap/contract";
import type { PoolBlock } from "../../engine/pool/contract";
import type { MachineState } from "../run/MachineState";
import { bytes, plural } from "../problems/wording";
import { heapPages, type HeapPages } from "../state/heapPages";
import { describeStructure, structureText } from "./describeStructure";
import type { FixedSizeRegion } from "../state/regions";
import { vmLayout, vmStats } from "./vmTexts";

type Regions = Pick<MachineState, "heaps" | "pools" | "vm" | "caches" | "latencies">;

/** Blocks, links or pages listed at most of one region; the rest is a number. */
const longestList = 200;
const longestSlabList = 50;

/** Statistics of one region, or of all and the vm, a line each. */
export function statsText(state: Regions, name?: string): string[] {
  const lines: string[] = [];
  for (const [key, heap] of state.heaps) if (name === undefined || name === key) lines.push(...heapStats(key, heap));
  for (const [key, pool] of state.pools) if (name === undefined || name === key) lines.push(poolStats(key, pool));
  if (state.vm !== null && name === undefined) lines.push(...vmStats(state.vm));
  if (state.caches !== null && name === undefined) lines.push(...cacheStats(state.caches, state.latencies));
  return lines;
}

/** Blocks in address order and the free list in list order, a line each. */
export function layoutText(state: Regions, name?: string): string[] {
  const lines: string[] = [];
  for (const [key, heap] of state.heaps) if (name === undefined || name === key) lines.push(...heapLayout(key, heap));
  for (const [key, pool] of state.pools) if (name === undefined || name === key) lines.push(...poolLayout(key, pool));
  if (state.vm !== null && name === undefined) lines.push(...vmLayout(state.vm, longestList));
  return lines;
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function heapStats(name: string, heap: HeapContract): string[] {
  const stats = heap.stats();
  const { quarantinedBytes, quarantinedBlocks } = stats;
  const waiting =
    quarantinedBlocks === 0
      ? ""
      : `, ${bytes(quarantinedBytes)} in quarantine in ${plural(quarantinedBlocks, "block")}`;
  const pages = heapPages(heap);
  return [
    `heap ${name}: ${bytes(stats.currentUsed)} used in ${plural(stats.usedBlocks, "block")}, ${bytes(stats.freeBytes)} free in ${plural(stats.freeBlocks, "block")}, largest ${stats.largestFree}${waiting}`,
    `  ${plural(stats.allocations, "allocation")} (${bytes(stats.totalAllocated)}), ${plural(stats.deallocations, "deallocation")} (${bytes(stats.totalFreed)}), peak ${bytes(stats.peakUsed)}, heap ${bytes(stats.heapBytes)}`,
    `  utilization ${percent(stats.utilization)}, external fragmentation ${percent(stats.externalFragmentation)}, internal ${percent(stats.internalFragmentation)}, searched ${stats.searched}`,
    ...(pages === null ? [] : [pagesText(pages)]),
  ];
}

/** "  in process `main`: 8192 bytes resident, 0 swapped out; 98.8 % of what is resident holds no live byte" */
function pagesText({ process, residentBytes, swappedBytes, pageFragmentation }: HeapPages): string {
  return `  in process ${process}: ${bytes(residentBytes)} resident, ${swappedBytes} swapped out; page fragmentation ${percent(pageFragmentation)}`;
}

function poolStats(name: string, pool: FixedSizeRegion): string {
  const { blockSize, usedBlocks, freeBlocks, peakUsed } = pool.stats();
  const text = `${pool.kind} ${name}: ${usedBlocks} of ${plural(usedBlocks + freeBlocks, "block")} of ${bytes(blockSize)} used, ${freeBlocks} free, peak ${peakUsed}`;
  if (pool.kind === "pool") return `${text}, least free ${pool.stats().leastFree}`;
  const { slabs, fullSlabs, partialSlabs, emptySlabs } = pool.stats();
  return `${text}; ${plural(slabs, "slab")}: ${fullSlabs} full, ${partialSlabs} partial, ${emptySlabs} empty`;
}

function cacheStats(caches: CacheHierarchy, latencies: Latencies): string[] {
  const { accesses, memoryReads, memoryWrites, amat, effectiveAccessTime } = caches.totals(latencies);
  const levels = caches.caches.map((cache) => {
    const { accesses: looks, hits, misses, missRatio, compulsory, capacity, conflict, writebacks } = cache.stats();
    return `  ${cache.options.name}: ${plural(looks, "reference")}, ${plural(hits, "hit")}, ${misses} missed (${percent(missRatio)}): ${compulsory} compulsory, ${capacity} capacity, ${conflict} conflict; ${plural(writebacks, "write-back")}`;
  });
  return [
    `caches: ${plural(accesses, "reference")}, ${amat.toFixed(2)} cycles on average, ${effectiveAccessTime.toFixed(2)} with walks and page faults; ${memoryReads} reads and ${memoryWrites} writes of memory`,
    ...levels,
  ];
}

function heapLayout(name: string, heap: HeapContract): string[] {
  const lines = [`heap ${name}: ${toHex(heap.base)}..${toHex(heap.end)}`];
  let count = 0;
  for (const block of heap.blocks()) {
    if (++count > longestList) break;
    const held = `${block.state}, ${block.requested} requested, payload ${toHex(block.payload)}`;
    const use = block.state === "free" ? "free" : held;
    lines.push(`  ${toHex(block.address)} ${String(block.size).padStart(8)}  ${use}`);
  }
  const { usedBlocks, freeBlocks, quarantinedBlocks } = heap.stats();
  if (count > longestList) lines.push(`  … ${usedBlocks + freeBlocks + quarantinedBlocks - longestList} more`);
  const list: string[] = [];
  for (const block of heap.freeList()) {
    if (list.length === longestList) break;
    list.push(`${toHex(block.address)} (${block.size})`);
  }
  const more = list.length === longestList && freeBlocks > longestList ? ` -> … ${freeBlocks - list.length} more` : "";
  lines.push(`  free list: ${list.length === 0 ? "empty" : list.join(" -> ") + more}`);
  lines.push(...structureText(describeStructure(heap.structure()), longestList));
  return lines;
}

function poolLayout(name: string, pool: FixedSizeRegion): string[] {
  const lines = [`${pool.kind} ${name}: ${toHex(pool.base)}..${toHex(pool.end)}`];
  if (pool.kind === "pool") return [...lines, ...blockRows(pool.blocks(), pool.count)];
  const { objectsPerSlab, slabs } = pool.stats();
  let count = 0;
  for (const { index, address, state, used, colour } of pool.slabs()) {
    if (++count > longestSlabList) break;
    lines.push(`  slab ${index} at ${toHex(address)}: ${state}, ${used} of ${objectsPerSlab} used, colour ${colour}`);
    lines.push(...blockRows(pool.blocks(address), objectsPerSlab));
  }
  if (slabs > longestSlabList) lines.push(`  … ${slabs - longestSlabList} more slabs`);
  return lines;
}

/** So many blocks as rows of `#` for a used and `.` for a free one. */
function blockRows(blocks: Iterable<PoolBlock>, count: number): string[] {
  const rows: string[] = [];
  const drawn = Math.min(count, longestList * 64);
  let row = "";
  let at = 0;
  for (const block of blocks) {
    if (at++ === drawn) break;
    row += block.state === "used" ? "#" : ".";
    if (row.length < 64 && at < drawn) continue;
    rows.push(`  ${row}`);
    row = "";
  }
  if (count > drawn) rows.push(`  … ${count - drawn} more blocks`);
  return rows;
}
