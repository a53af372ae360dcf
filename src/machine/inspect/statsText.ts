import type { CacheHierarchy } from "../../engine/cache/CacheHierarchy";
import { usualLatencies, type Latencies } from "../../engine/cache/contract";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { bytes, plural } from "../problems/wording";
import type { MachineState } from "../run/MachineState";
import { heapPages } from "../state/heapPages";
import type { FixedSizeReader } from "../state/regions";

/** Statistics of one heap or pool, or of everything, a line each. */
export function statsText(
  state: Pick<MachineState, "heaps" | "pools" | "vm" | "caches" | "uncached" | "latencies">,
  name?: string,
): string[] {
  const { heaps, pools, vm, caches, uncached, latencies } = state;
  const isWanted = ([key]: readonly [string, unknown]): boolean => name === undefined || name === key;
  return [
    ...[...heaps].filter(isWanted).flatMap(([key, heap]) => heapStats(key, heap)),
    ...[...pools].filter(isWanted).map(([key, pool]) => poolStats(key, pool)),
    ...(vm === null || name !== undefined ? [] : vmStats(vm)),
    ...(vm === null || caches !== null || name !== undefined ? [] : timeStats(uncached, latencies)),
    ...(caches === null || name !== undefined ? [] : cacheStats(caches, latencies)),
  ];
}

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

function heapStats(name: string, heap: HeapReader): string[] {
  const stats = heap.stats();
  const pages = heapPages(heap);
  const waiting =
    stats.quarantinedBlocks === 0
      ? ""
      : `, ${bytes(stats.quarantinedBytes)} in quarantine in ${plural(stats.quarantinedBlocks, "block")}`;
  return [
    `heap ${name}: ${bytes(stats.currentUsed)} used in ${plural(stats.usedBlocks, "block")}, ${bytes(stats.freeBytes)} free in ${plural(stats.freeBlocks, "block")}, largest ${stats.largestFree}${waiting}`,
    `  ${plural(stats.allocations, "allocation")} (${bytes(stats.totalAllocated)}), ${plural(stats.deallocations, "deallocation")} (${bytes(stats.totalFreed)}), peak ${bytes(stats.peakUsed)}, heap ${bytes(stats.heapBytes)}`,
    `  utilization ${percent(stats.utilization)}, external fragmentation ${percent(stats.externalFragmentation)}, internal ${percent(stats.internalFragmentation)}, searched ${stats.searched}`,
    ...(pages === null
      ? []
      : [
          `  in process ${pages.process}: ${bytes(pages.residentBytes)} resident, ${pages.swappedBytes} swapped out; page fragmentation ${percent(pages.pageFragmentation)}`,
        ]),
  ];
}

function poolStats(name: string, pool: FixedSizeReader): string {
  const { blockSize, usedBlocks, freeBlocks, peakUsed } = pool.stats();
  const text = `${pool.kind} ${name}: ${usedBlocks} of ${plural(usedBlocks + freeBlocks, "block")} of ${bytes(blockSize)} used, ${freeBlocks} free, peak ${peakUsed}`;
  if (pool.kind === "pool") return `${text}, least free ${pool.stats().leastFree}`;
  const { slabs, fullSlabs, partialSlabs, emptySlabs } = pool.stats();
  return `${text}; ${plural(slabs, "slab")}: ${fullSlabs} full, ${partialSlabs} partial, ${emptySlabs} empty`;
}

/** Lines about what the vm does not use are left out. */
function vmStats(vm: VirtualMemoryReader): string[] {
  const stats = vm.stats();
  const { references, hits, faults, evictions, writebacks, swapIns, swapOuts, copies, mergedPages } = stats;
  const { compressed } = vm.pager;
  const lines = [
    `vm: ${plural(references, "reference")}, ${plural(hits, "hit")}, ${plural(faults, "fault")}, ${plural(vm.mappedPages, "page")} mapped, ${plural(vm.freeFrames, "frame")} free`,
  ];
  if (vm.options.paging) lines.push(`  page tables of ${bytes(stats.tableBytes)}`);
  if (evictions + swapIns + swapOuts > 0) {
    const moves = `${plural(writebacks, "write-back")}, ${plural(swapOuts, "page")} to the device, ${swapIns} from it`;
    lines.push(`  ${plural(evictions, "eviction")}, ${moves}, ${plural(stats.swapUsed, "slot")} of swap space in use`);
  }
  if (compressed !== null) {
    const held = `${plural(compressed.length, "page")} in ${stats.compressedBytes} of ${bytes(compressed.capacity)}`;
    lines.push(`  compressed pool: ${held}, ${stats.compressionRatio.toFixed(1)} times smaller`);
  }
  if (copies + mergedPages > 0) {
    const merged = `${plural(mergedPages, "frame")} given back by merging`;
    lines.push(`  ${plural(copies, "page")} copied when written, ${merged}`);
  }
  const { tlbHits, tlbMisses } = stats;
  if (vm.tlb !== null) {
    lines.push(`  lookaside buffer: ${plural(tlbHits, "hit")}, ${tlbMisses} ${tlbMisses === 1 ? "miss" : "misses"}`);
  }
  if (vm.spaces.length === 1) return lines;
  for (const space of vm.spaces) {
    const runs = space === vm.current ? " (running)" : "";
    lines.push(`  process ${space.name}${runs}: ${plural(space.mapped, "page")}, ${plural(space.resident, "frame")}`);
  }
  return lines;
}

/** What a reference costs without caches, once a script has said how long anything takes. */
function timeStats(uncached: CacheHierarchy, latencies: Latencies): string[] {
  const { tlb, memory, disk } = usualLatencies;
  if ((latencies.tlb ?? tlb) === tlb && latencies.memory === memory && latencies.disk === disk) return [];
  const { accesses, walkAccesses, pageFaults, effectiveAccessTime } = uncached.totals(latencies);
  if (accesses === 0) return [];
  const costs = `${plural(accesses, "reference")} to memory, ${walkAccesses} for page walks, ${plural(pageFaults, "page fault")}`;
  return [`  effective access time ${effectiveAccessTime.toFixed(2)} cycles: ${costs}`];
}

function cacheStats(caches: CacheHierarchy, latencies: Latencies): string[] {
  const { accesses, memoryReads, memoryWrites, amat, effectiveAccessTime } = caches.totals(latencies);
  const levels = caches.caches.map((cache) => {
    const { accesses, hits, misses, missRatio, compulsory, capacity, conflict, writebacks } = cache.stats();
    return `  ${cache.options.name}: ${plural(accesses, "reference")}, ${plural(hits, "hit")}, ${misses} missed (${percent(missRatio)}): ${compulsory} compulsory, ${capacity} capacity, ${conflict} conflict; ${plural(writebacks, "write-back")}`;
  });
  return [
    `caches: ${plural(accesses, "reference")}, ${amat.toFixed(2)} cycles on average, ${effectiveAccessTime.toFixed(2)} with walks and page faults; ${memoryReads} reads and ${memoryWrites} writes of memory`,
    ...levels,
  ];
}
