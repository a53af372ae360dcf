import { roundUp } from "../address";
import type { BlockTable } from "./BlockTable";
import type { HeapBlock, Obstacle, Shortage } from "./contract";
import { leadFor } from "./fit";
import type { HeapGeometry } from "./geometry";
import type { HeapPolicy } from "./options";
import type { Placement } from "./Placement";

/** Blocks of an obstacle named at most; the others are counted. */
const longestObstacle = 3;

/** As {@link Obstacle}, with ids for blocks. */
interface ObstacleIds extends Omit<Obstacle, "blocks"> {
  readonly ids: readonly number[];
}

/** As {@link Shortage}, with ids for blocks; -1 when none is passed over. */
interface ShortageIds extends Pick<Shortage, "compacted" | "compactionServes"> {
  readonly passedOver: number;
  readonly obstacle: ObstacleIds | null;
}

interface ShortageQuestion {
  readonly table: BlockTable;
  /** Where blocks begin and end. */
  readonly start: number;
  readonly end: number;
  /** Whether a hole between used blocks serves requests again. */
  readonly reusesHoles: boolean;
  readonly need: number;
  /** Where a free block that begins at `start` must end to serve the request; never falls as `start` grows. */
  readonly servingEnd: (start: number) => number;
  /** Where a used block would end that compaction puts as low as it can from `cursor` on. */
  readonly slidEnd: (cursor: number, id: number) => number;
}

/** The heap that has no room. */
export interface ShortHeap {
  readonly table: BlockTable;
  readonly placement: Placement;
  readonly geometry: HeapGeometry;
  readonly policy: HeapPolicy;
  /** Bytes from a block's start to its payload. */
  readonly front: number;
  /** Where the last block ends. */
  readonly end: number;
  view(id: number): HeapBlock;
}

/** Why the heap has no room for the request, and what would make some. O(n). */
export function shortageOf(heap: ShortHeap, requested: number, align: number): Shortage {
  const { table, placement, geometry, policy, front, end } = heap;
  const need = geometry.blockSize(requested);
  const start = geometry.firstBlock;
  const isBuddy = policy === "buddy";
  const { passedOver, obstacle, ...rest } = explainShortage({
    table,
    start,
    end,
    need,
    reusesHoles: policy !== "bump",
    servingEnd: (from) => placement.servingEnd(from, need, align),
    slidEnd: (cursor, id) =>
      isBuddy
        ? start + roundUp(cursor - start, table.size(id)) + table.size(id)
        : cursor + front + leadFor(cursor, front, table.alignment(id)) + table.end(id) - table.payload(id),
  });
  return {
    need: isBuddy ? placement.servingEnd(start, need, 1) - start : need,
    ...rest,
    passedOver: passedOver < 0 ? null : heap.view(passedOver),
    obstacle: obstacle && {
      blocks: obstacle.ids.map((id) => heap.view(id)),
      count: obstacle.count,
      bytes: obstacle.bytes,
      hole: obstacle.hole,
    },
  };
}

/** Walks the blocks twice: O(n). */
function explainShortage(question: ShortageQuestion): ShortageIds {
  const { table, start, end, need } = question;
  let cursor = start;
  let passedOver = -1;
  for (let id = table.first; id >= 0; id = table.next(id)) {
    if (table.isFree(id)) {
      if (passedOver < 0 && table.size(id) >= need) passedOver = id;
    } else if (!table.isQuarantined(id)) {
      cursor = question.slidEnd(cursor, id);
    }
  }
  return {
    compacted: end - cursor,
    compactionServes: question.servingEnd(cursor) <= end,
    passedOver,
    obstacle: question.reusesHoles ? cheapestObstacle(question) : null,
  };
}

/** A window over neighbouring blocks is moved along the heap, each end only upwards. */
function cheapestObstacle({ table, end, servingEnd }: ShortageQuestion): ObstacleIds | null {
  let bytes = 0;
  let count = 0;
  let best: { first: number; behind: number; bytes: number; count: number } | null = null;
  let behind = table.first;
  for (let first = table.first; first >= 0; first = table.next(first)) {
    const wanted = servingEnd(table.address(first));
    if (wanted > end) break;
    for (; behind >= 0 && table.address(behind) < wanted; behind = table.next(behind)) {
      if (table.isFree(behind)) continue;
      bytes += table.size(behind);
      count++;
    }
    if (best === null || bytes < best.bytes || (bytes === best.bytes && count < best.count)) {
      best = { first, behind, bytes, count };
    }
    if (table.isFree(first)) continue;
    bytes -= table.size(first);
    count--;
  }
  if (best === null) return null;
  let { first, behind: after } = best;
  while (table.isFree(table.previous(first))) first = table.previous(first);
  while (table.isFree(after)) after = table.next(after);
  const hole = (after < 0 ? end : table.address(after)) - table.address(first);
  if (hole === best.bytes) return null;
  const ids: number[] = [];
  for (let id = first; id !== after && ids.length < longestObstacle; id = table.next(id)) {
    if (!table.isFree(id)) ids.push(id);
  }
  return { ids, count: best.count, bytes: best.bytes, hole };
}
