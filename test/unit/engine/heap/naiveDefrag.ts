import type { HeapOptions } from "../../../../src/engine/heap/options";
import type { NaiveBlock } from "./naiveHeap";

export type NaiveMove = readonly [from: number, to: number];

/**
 * Compaction once more: puts the used blocks one behind the other from `start` on, each payload at a multiple of what
 * it asked for, and returns the moves of payloads and where the last block ends.
 */
export function slideDown(
  used: readonly NaiveBlock[],
  start: number,
  { header }: HeapOptions,
): { readonly moves: NaiveMove[]; readonly end: number } {
  const moves: NaiveMove[] = [];
  let end = start;
  for (const block of used) {
    const behindPayload = block.address + block.size - block.payload;
    let payload = end + header;
    while (payload % (block.align ?? 1) !== 0) payload++;
    if (payload !== block.payload) moves.push([block.payload, payload]);
    Object.assign(block, { address: end, payload, size: payload + behindPayload - end });
    end = payload + behindPayload;
  }
  return { moves, end };
}
