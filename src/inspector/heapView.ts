import { toHex } from "../engine/address";
import { heapSegments, type HeapViewInput } from "./heapSegments";
import type { FreeEntry, HeapView } from "./model";
import { structureView } from "./structureView";

/** Free-list links sent at most; more arrows than this say nothing anyway. */
const linkBudget = 1000;

/** A heap as it is now, its blocks within a budget. */
export function heapView(input: HeapViewInput): HeapView {
  const { heap } = input;
  const { base, end, options } = heap;
  const stats = heap.stats();
  const freeList: FreeEntry[] = [];
  const places = new Map<number, number>();
  for (const block of heap.freeList()) {
    if (freeList.length === linkBudget) break;
    freeList.push({ address: toHex(block.address), offset: block.address - base, size: block.size });
    places.set(block.address, freeList.length);
  }
  const { segments, interesting } = heapSegments(input, places);
  return {
    name: options.name,
    base: toHex(base),
    end: toHex(end),
    size: end - base,
    policy: options.policy,
    order: options.order,
    coalesce: options.coalesce,
    header: options.header,
    hasRedZones: options.redzone > 0,
    hasQuarantine: options.quarantine > 0,
    stats,
    segments,
    freeList,
    // The dead blocks of an arena are free, but in no list.
    freeListTotal: freeList.length < linkBudget ? freeList.length : stats.freeBlocks,
    structure: structureView(heap.structure()),
    interesting,
  };
}
