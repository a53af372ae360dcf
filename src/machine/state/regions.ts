import type { HeapContract } from "../../engine/heap/contract";
import type { PoolContract } from "../../engine/pool/contract";
import type { SlabContract } from "../../engine/slab/contract";
import { VirtualBytes } from "../../engine/vm/VirtualBytes";

/** A region whose blocks have one size. */
export type FixedSizeRegion = PoolContract | SlabContract;
export type Region = HeapContract | FixedSizeRegion;

export function isHeap(region: Region): region is HeapContract {
  return !("blockSize" in region.options);
}

/** "pool `nodes`", "slab cache `inodes`", "heap `main`" */
export function regionName(region: Region): string {
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
export function reservedEnd(region: Region): number {
  return isHeap(region) ? region.base + Math.max(region.options.size, region.options.max) : region.reservedEnd;
}

/** The bytes of a region that lies in the pages of a process; null for all others. */
export function processBytes(region: Region): VirtualBytes | null {
  return region.bytes instanceof VirtualBytes ? region.bytes : null;
}

/** Whether addresses of the region mean it now: those of a heap in a process do while the process runs. */
export function isHere(region: Region | undefined): boolean {
  return region === undefined || processBytes(region)?.runs !== false;
}
