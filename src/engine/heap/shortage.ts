import type { BlockTable } from "./BlockTable";
import type { Obstacle, Shortage } from "./contract";

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

export interface ShortageQuestion {
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

/** Walks the blocks twice: O(n). */
export function explainShortage(question: ShortageQuestion): ShortageIds {
  const { table, start, end, need } = question;
  let cursor = start;
  let passedOver = -1;
  for (let id = table.first; id >= 0; id = table.next[id]) {
    if (table.isFree(id)) {
      if (passedOver < 0 && table.size[id] >= need) passedOver = id;
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
  for (let first = table.first; first >= 0; first = table.next[first]) {
    const wanted = servingEnd(table.address[first]);
    if (wanted > end) break;
    for (; behind >= 0 && table.address[behind] < wanted; behind = table.next[behind]) {
      if (table.isFree(behind)) continue;
      bytes += table.size[behind];
      count++;
    }
    if (best === null || bytes < best.bytes || (bytes === best.bytes && count < best.count)) {
      best = { first, behind, bytes, count };
    }
    if (table.isFree(first)) continue;
    bytes -= table.size[first];
    count--;
  }
  if (best === null) return null;
  let { first, behind: after } = best;
  while (table.isFree(table.previous[first])) first = table.previous[first];
  while (table.isFree(after)) after = table.next[after];
  const hole = (after < 0 ? end : table.address[after]) - table.address[first];
  if (hole === best.bytes) return null;
  const ids: number[] = [];
  for (let id = first; id !== after && ids.length < longestObstacle; id = table.next[id]) {
    if (!table.isFree(id)) ids.push(id);
  }
  return { ids, count: best.count, bytes: best.bytes, hole };
}
