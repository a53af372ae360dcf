import { asAddress } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import type { BlockTable } from "./BlockTable";
import type { HeapMove } from "./contract";
import { leadFor } from "./fit";
import type { HeapOptions } from "./options";

/** A move together with the payload bytes that it carried. */
export interface CompactionMove extends HeapMove {
  readonly bytes: number;
}

/**
 * Slides the used blocks towards `start`, in address order, and leaves one free block of what remains (not yet in any
 * list). A payload that asked for an alignment keeps it: the padding in front of it is made anew.
 */
export function compactBlocks(
  table: BlockTable,
  start: number,
  end: number,
  { header, footer }: HeapOptions,
  bytes: ByteStoreContract | null,
): CompactionMove[] {
  const moves: CompactionMove[] = [];
  let cursor = start;
  for (let id = table.first; id >= 0;) {
    const next = table.next[id];
    if (table.isFree(id)) table.remove(id);
    else {
      const from = table.payload[id];
      const tail = table.end(id) - from;
      const to = cursor + header + leadFor(cursor, header, table.alignment[id]);
      table.address[id] = cursor;
      table.size[id] = to - cursor + tail;
      table.payload[id] = to;
      if (to !== from) {
        bytes?.copy(to, from, tail - footer);
        const moved = { owner: table.owner[id], from: asAddress(from), to: asAddress(to) };
        moves.push({ ...moved, bytes: table.requested[id] });
      }
      cursor = table.end(id);
    }
    id = next;
  }
  if (cursor < end) table.insertAfter(table.last, cursor, end - cursor);
  return moves;
}
