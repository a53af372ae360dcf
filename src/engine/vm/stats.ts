import type { VirtualMemoryStats } from "./contract";
import type { VirtualMemoryReader } from "./VirtualMemoryReader";

/** See `VirtualMemory.stats`. */
export function statsOf(vm: VirtualMemoryReader, mergedPages: number): VirtualMemoryStats {
  const { pager } = vm;
  const { hits, faults, total, tlbHits, tlbMisses } = vm.touched;
  const { evictions, writebacks, swapIns, swapOuts, copies } = pager;
  return {
    references: total,
    hits,
    faults,
    evictions,
    writebacks,
    swapIns,
    swapOuts,
    tlbHits,
    tlbMisses,
    copies,
    mergedPages,
    usedFrames: vm.options.frames - pager.frames.free,
    freeFrames: pager.frames.free,
    tableBytes: tableBytes(vm),
    swapUsed: pager.swap.used,
    compressedBytes: pager.compressed?.bytes ?? 0,
    compressionRatio: pager.compressed?.ratio ?? 1,
  };
}

function tableBytes(vm: VirtualMemoryReader): number {
  const { options } = vm;
  if (vm.invertedTable !== null) return options.frames * options.format.entryBytes;
  return vm.spaces.reduce((sum, space) => sum + vm.tables.bytesOf(space, options.pages), 0);
}
