import type { HeapReader } from "../../engine/heap/HeapReader";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { Fragmentation, PolicyRow } from "./rows";

/** Sums over heaps. */
interface Sums {
  readonly used: number;
  readonly blockBytes: number;
  readonly free: number;
  readonly largest: number;
}

/** What the end of a run adds to the measures. */
interface Ending {
  readonly faults: number;
  readonly errors: number;
  readonly milliseconds: number;
}

/** Gathers one policy's row while its run goes on. */
export class Measures {
  splits = 0;
  coalesces = 0;
  failures = 0;
  private peakUsed = 0;
  private atPeak: Fragmentation = { internal: 0, external: 0 };
  /** At least the bytes that are live now: statistics are asked for only when this could be a new peak. */
  private usedAtMost = 0;
  private readonly highWater = new Map<HeapReader, number>();

  /** A request was served: a payload of `size` bytes at `address` in one of the heaps. */
  noteServed(address: number, size: number, heap: HeapReader, heaps: Iterable<HeapReader>): void {
    const reached = address + size - heap.base;
    if (reached > (this.highWater.get(heap) ?? 0)) this.highWater.set(heap, reached);
    this.usedAtMost += size;
    if (this.usedAtMost <= this.peakUsed) return;
    const sums = sumOf(heaps);
    this.usedAtMost = sums.used;
    if (sums.used <= this.peakUsed) return;
    this.peakUsed = sums.used;
    this.atPeak = fragmentationOf(sums);
  }

  row(policy: HeapPolicy, heaps: readonly HeapReader[], ending: Ending): PolicyRow {
    const { splits, coalesces, failures, peakUsed, atPeak } = this;
    const stats = heaps.map((heap) => heap.stats());
    const peakHeapBytes = stats.reduce((sum, each) => sum + each.peakHeapBytes, 0);
    return {
      policy,
      peakUsed,
      peakHeapBytes,
      heapBytes: stats.reduce((sum, each) => sum + each.heapBytes, 0),
      utilization: peakHeapBytes === 0 ? 0 : peakUsed / peakHeapBytes,
      highWater: [...this.highWater.values()].reduce((sum, bytes) => sum + bytes, 0),
      atPeak,
      atEnd: fragmentationOf(sumOf(heaps)),
      searched: stats.reduce((sum, each) => sum + each.searched, 0),
      splits,
      coalesces,
      failures,
      ...ending,
    };
  }
}

function sumOf(heaps: Iterable<HeapReader>): Sums {
  let used = 0;
  let blockBytes = 0;
  let free = 0;
  let largest = 0;
  for (const heap of heaps) {
    const stats = heap.stats();
    used += stats.currentUsed;
    if (stats.currentUsed > 0) blockBytes += stats.currentUsed / (1 - stats.internalFragmentation);
    free += stats.freeBytes;
    largest += stats.largestFree;
  }
  return { used, blockBytes, free, largest };
}

function fragmentationOf({ used, blockBytes, free, largest }: Sums): Fragmentation {
  return {
    internal: blockBytes === 0 ? 0 : 1 - used / blockBytes,
    external: free === 0 ? 0 : 1 - largest / free,
  };
}
