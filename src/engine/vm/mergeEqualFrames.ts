import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { Pager } from "./Pager";
import { pageFlags } from "./tableFormats";

const mergePageEvent = eventKindNumber("merge-page");

/**
 * Same-page merging (Arcangeli, Eidus & Wright, "Increasing memory density by using KSM", 2009): of frames with equal bytes
 * only the lowest stays; all their pages share it copy-on-write. Shared mappings, huge pages and tables are left alone, and
 * so are frames whose bytes pages in swap space wait for: one of those may be a shared mapping.
 * `onChange` is told each mapping whose entry changed. Returns the frames given back. O(bytes in frames).
 */
export function mergeEqualFrames(
  pager: Pager,
  physical: ByteStoreContract,
  pageSize: number,
  log: EventLog,
  onChange: (id: number) => void,
): number {
  const { mappings } = pager;
  const kept = new Map<number, number[]>();
  /** Frames that pages were moved to: all their mappings are protected. */
  const merged = new Set<number>();
  let given = 0;
  for (const frame of [...pager.frames.used()]) {
    if (!isMergeable(pager, frame)) continue;
    const bytes = physical.read(frame * pageSize, pageSize);
    const hash = fnv1a(bytes);
    const alike = kept.get(hash);
    const same = alike?.find((other) => equal(physical.read(other * pageSize, pageSize), bytes));
    if (same === undefined) {
      if (alike === undefined) kept.set(hash, [frame]);
      else alike.push(frame);
      continue;
    }
    if (!merged.has(same)) for (const id of [...pager.mappingsOf(same)]) protectCopy(id);
    merged.add(same);
    for (const id of [...pager.mappingsOf(frame)]) {
      pager.moveTo(id, same);
      protectCopy(id);
    }
    given++;
    log.push(mergePageEvent, frame, same, 0, 0);
  }
  return given;

  function protectCopy(id: number): void {
    mappings.flags[id] |= pageFlags.copyOnWrite;
    onChange(id);
  }
}

function isMergeable(pager: Pager, frame: number): boolean {
  const { mappings } = pager;
  const first = mappings.first(frame);
  if (first < 0 || mappings.order[first] > 0) return false;
  for (const id of pager.mappingsOf(frame)) if ((mappings.flags[id] & pageFlags.shared) !== 0) return false;
  const slot = pager.frames.slotOf(frame);
  return slot < 0 || pager.swap.usersOf(slot) === 0;
}

/** Fowler, Noll and Vo's hash of 32 bits, variant 1a. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.every((byte, index) => byte === right[index]);
}
