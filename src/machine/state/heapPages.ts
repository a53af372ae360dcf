import type { HeapReader } from "../../engine/heap/HeapReader";
import { processBytes } from "./regions";

/** What a heap takes of physical memory; null outside of processes. */
export interface HeapPages {
  readonly process: string;
  readonly residentBytes: number;
  readonly swappedBytes: number;
  /** Share of the resident bytes that no live block asked for, 0 to 1. */
  readonly pageFragmentation: number;
}

export function heapPages(heap: HeapReader): HeapPages | null {
  const store = processBytes(heap);
  if (store === null) return null;
  const { resident, swapped } = store.use(heap.base, heap.end);
  const residentBytes = resident * store.pageSize;
  const live = heap.stats().currentUsed;
  const pageFragmentation = residentBytes === 0 ? 0 : Math.max(0, 1 - live / residentBytes);
  return { process: store.space.name, residentBytes, swappedBytes: swapped * store.pageSize, pageFragmentation };
}
