import type { DetailWindow } from "./heapSegments";
import type { HeapView } from "./model";

/**
 * The part of a heap to show unless somebody has zoomed: from the start to a round size beyond the last used block.
 * Round sizes keep the picture still while a script is stepped.
 */
export function fittedWindow(heap: HeapView): DetailWindow {
  if (heap.interesting === 0) return { from: 0, to: heap.size };
  const wanted = heap.interesting * 1.2;
  let round = 256;
  while (round < wanted) round = round * 1.5 >= wanted ? round * 1.5 : round * 2;
  return { from: 0, to: round * 1.34 > heap.size ? heap.size : round };
}
