import { asAddress } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import type { BlockTable } from "./BlockTable";
import type { HeapMove } from "./blocks";
import { leadFor } from "./geometry";
import type { PlacementOptions } from "./placementOptions";

/** A move together with the payload bytes that it carried. */
export interface CompactionMove extends HeapMove {
  readonly bytes: number;
}

/**
 * Slides the used blocks towards `start`, in address order, and leaves one free block of what remains (not yet in any
 * list). A payload that asked for an alignment keeps it: the padding in front of it is made again.
 */
export function compactBlocks(
  table: BlockTable,
  start: number,
  end: number,
  { header, footer }: PlacementOptions,
  bytes: ByteStoreContract | null,
): CompactionMove[] {
  const moves: CompactionMove[] = [];
  let cursor = start;
  for (let id = table.first; id >= 0;) {
    const next = table.next(id);
    if (table.isFree(id)) table.remove(id);
    else {
      const from = table.payload(id);
      const tail = table.end(id) - from;
      const to = cursor + header + leadFor(cursor, header, table.alignment(id));
      table.setAddress(id, cursor);
      table.setSize(id, to - cursor + tail);
      if (to !== from) moves.push(movePayload(table, id, to, tail - footer, bytes));
      cursor = table.end(id);
    }
    id = next;
  }
  if (cursor < end) table.insertAfter(table.last, cursor, end - cursor);
  return moves;
}

/** Gives a block's payload, of which `length` bytes are the caller's, a new place in the table and in the bytes. */
export function movePayload(
  table: BlockTable,
  id: number,
  to: number,
  length: number,
  bytes: ByteStoreContract | null,
): CompactionMove {
  const from = table.payload(id);
  table.setPayload(id, to);
  bytes?.copy(to, from, length);
  return { owner: table.owner(id), from: asAddress(from), to: asAddress(to), bytes: table.requested(id) };
}
