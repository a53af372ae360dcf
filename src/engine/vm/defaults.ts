import type { VirtualMemoryOptions } from "./contract";
import { resolveShape } from "./tableFormats";

/** A flat page table over frames of 4 KiB without paging: what a bare `vm` line means, but for what is given. */
export function virtualMemoryOptions(given: Partial<VirtualMemoryOptions> = {}): VirtualMemoryOptions {
  const { pageSize = 4096, frames = 256, pages = 2 ** 20 } = given;
  const shape = resolveShape({ pageSize, frames, pages, format: "flat", levels: 1, entryBytes: null });
  if (shape.kind === "bad") throw new RangeError(`A table cannot have this shape: ${shape.refusal.kind}.`);
  return {
    pageSize,
    frames,
    pages,
    format: shape.format,
    inverted: false,
    paging: true,
    segmentSpace: pages * pageSize,
    demand: false,
    allocation: "global",
    swapSlots: Infinity,
    compressedBytes: 0,
    bytes: true,
    physicalBits: 52,
    tlb: null,
    ...given,
  };
}
