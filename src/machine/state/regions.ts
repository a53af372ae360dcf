import type { Heap } from "../../engine/heap/Heap";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { Pool, PoolReader } from "../../engine/pool/Pool";
import type { SlabCache, SlabCacheReader } from "../../engine/slab/SlabCache";
import { VirtualBytes } from "../../engine/vm/VirtualBytes";

/** A region whose blocks have one size. */
export type FixedSizeRegion = Pool | SlabCache;
export type FixedSizeReader = PoolReader | SlabCacheReader;
export type Region = Heap | FixedSizeRegion;
export type RegionReader = HeapReader | FixedSizeReader;

export function isHeap(region: RegionReader): region is HeapReader {
  return !("blockSize" in region.options);
}

/** "pool `nodes`", "slab cache `inodes`", "heap `main`" */
export function regionName(region: RegionReader): string {
  const noun = isHeap(region) ? "heap" : region.kind === "slab" ? "slab cache" : "pool";
  return `${noun} \`${region.options.name}\``;
}

/** Regions keep a distance of at least this from each other, and begin on its multiples. */
export const regionUnit = 65_536;
/** Where the first region begins when no `base=` says otherwise. */
export const firstBase = 0x10000;
/** Address space kept for a heap that grows and names no `max=`. */
export const growthReserve = 1024 ** 4;

/** One past the last address that the region may ever use: a growing region keeps its maximum. */
export function reservedEnd(region: RegionReader): number {
  return isHeap(region) ? region.base + Math.max(region.options.size, region.options.max) : region.reservedEnd;
}

/** The bytes of a region that lies in the pages of a process; null for all others. */
export function processBytes(region: RegionReader): VirtualBytes | null {
  return region.bytes instanceof VirtualBytes ? region.bytes : null;
}

/** Whether addresses of the region mean it now: those of a heap in a process do while the process runs. */
export function isHere(region: RegionReader | undefined): boolean {
  return region === undefined || processBytes(region)?.runs !== false;
}
