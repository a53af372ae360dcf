import { EventLog } from "../../../src/engine/events";
import { Heap } from "../../../src/engine/heap/Heap";
import { heapPolicies, type HeapOptions } from "../../../src/engine/heap/options";
import type { HeapPolicy } from "../../../src/engine/heap/policies";
import { replayHeapOptions } from "../../../src/machine/replay/options";
import type { BenchAllocator } from "./contract";

export const ourPolicies: readonly HeapPolicy[] = heapPolicies;

/** Block layout of the timed heaps: as glibc's, 8 bytes before each payload and no block below 16. */
const timedLayout: Partial<HeapOptions> = { header: 8, footer: 0, align: 8, min: 16 };

/** A heap as trace replay uses it: every check and statistic on, no simulated bytes, growing as it needs to. */
export function ourHeap(options: Partial<HeapOptions>): BenchAllocator {
  const log = new EventLog();
  const heap = new Heap(replayHeapOptions(options), log);
  return {
    allocate(size) {
      log.clear();
      return heap.allocate(size, 0);
    },
    free(pointer) {
      log.clear();
      heap.free(pointer);
    },
    reallocate(pointer, size) {
      log.clear();
      return heap.reallocate(pointer, size, 0);
    },
  };
}

export function ourTimedHeap(policy: HeapPolicy): BenchAllocator {
  return ourHeap({ ...timedLayout, policy });
}
