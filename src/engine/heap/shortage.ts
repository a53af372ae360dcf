import type { BlockTable } from "./BlockTable";
import type { HeapBlock } from "./blocks";
import type { Obstacle, Shortage } from "./contract";
import type { HeapGeometry } from "./geometry";
import type { Placement } from "./Placement";

/** Blocks of an obstacle named at most; the others are counted. */
const longestObstacle = 3;

/** The heap that has no room. */
export interface ShortHeap {
  readonly table: BlockTable;
  readonly placement: Placement;
  readonly geometry: HeapGeometry;
  /** Where the last block ends. */
  readonly end: number;
  view(id: number): HeapBlock;
}

/** Why the heap has no room for the request, and what would make some. Walks the blocks twice: O(n). */
export function shortageOf(heap: ShortHeap, requested: number, align: number): Shortage {
  const { table, placement, geometry, end } = heap;
  const need = geometry.blockSize(requested);
  const size = placement.blockSize(need);
  let cursor = geometry.firstBlock;
  let passedOver = -1;
  for (let id = table.first; id >= 0; id = table.next(id)) {
    if (table.isFree(id)) {
      if (passedOver < 0 && table.size(id) >= size) passedOver = id;
    } else if (!table.isQuarantined(id)) {
      cursor = placement.slidEnd(cursor, id);
    }
  }
  return {
    need: size,
    compacted: end - cursor,
    compactionServes: placement.servingEnd(cursor, need, align) <= end,
    passedOver: passedOver < 0 ? null : heap.view(passedOver),
    obstacle: placement.reusesHoles ? cheapestObstacle(heap, need, align) : null,
  };
}

/** Moves a window over neighbouring blocks along the heap, each end only upwards. */
function cheapestObstacle(heap: ShortHeap, need: number, align: number): Obstacle | null {
  const { table, placement, end } = heap;
  let bytes = 0;
  let count = 0;
  let best: { first: number; after: number; bytes: number; count: number } | null = null;
  let after = table.first;
  for (let first = table.first; first >= 0; first = table.next(first)) {
    const wanted = placement.servingEnd(table.address(first), need, align);
    if (wanted > end) break;
    for (; after >= 0 && table.address(after) < wanted; after = table.next(after)) {
      if (table.isFree(after)) continue;
      bytes += table.size(after);
      count++;
    }
    if (best === null || bytes < best.bytes || (bytes === best.bytes && count < best.count)) {
      best = { first, after, bytes, count };
    }
    if (table.isFree(first)) continue;
    bytes -= table.size(first);
    count--;
  }
  if (best === null) return null;
  let { first, after: next } = best;
  while (table.isFree(table.previous(first))) first = table.previous(first);
  while (table.isFree(next)) next = table.next(next);
  const hole = (next < 0 ? end : table.address(next)) - table.address(first);
  if (hole === best.bytes) return null;
  const blocks: HeapBlock[] = [];
  for (let id = first; id !== next && blocks.length < longestObstacle; id = table.next(id)) {
    if (!table.isFree(id)) blocks.push(heap.view(id));
  }
  return { blocks, count: best.count, bytes: best.bytes, hole };
}
