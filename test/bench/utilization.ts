import type { BenchAllocator } from "./allocators/contract";
import { ALLOCATE, FREE, type Workload } from "./workloads/Workload";

/** The overhead that a block may have, and that is counted before the lowest pointer whether it is there or not. */
export const overhead = 8;

/**
 * Peak of the live bytes, as asked for, divided by the bytes from the heap's beginning to the highest byte that was ever
 * part of a request. The beginning is 8 bytes before the lowest pointer ever handed out.
 *
 * The same for every allocator, from its pointers alone: what it keeps beyond the highest block (the unused rest of a page
 * or of its last growth) is not held against it. Throws where a pointer is not a multiple of 8 or a request is refused.
 */
export function utilization(allocator: BenchAllocator, workload: Workload): number {
  const { kinds, slots, sizes, slotCount, peakLive } = workload;
  const pointers = new Float64Array(slotCount);
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (let index = 0; index < kinds.length; index++) {
    const slot = slots[index];
    if (kinds[index] === FREE) {
      allocator.free(pointers[slot]);
      continue;
    }
    const size = sizes[index];
    const pointer = kinds[index] === ALLOCATE ? allocator.allocate(size) : allocator.reallocate(pointers[slot], size);
    if (pointer <= 0) throw new Error(`Operation ${index} of ${workload.name} was refused.`);
    if (pointer % 8 !== 0) throw new Error(`Operation ${index} of ${workload.name} got the pointer ${pointer}.`);
    pointers[slot] = pointer;
    lowest = Math.min(lowest, pointer);
    highest = Math.max(highest, pointer + size);
  }
  return peakLive / (highest - lowest + overhead);
}
