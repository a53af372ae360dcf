import { defaultHeapOptions } from "../../engine/heap/defaults";
import type { HeapOptions } from "../../engine/heap/options";

const kibibyte = 1024;

/** Where a heap begins when nothing else is said, in scripts and in replays. */
const firstBase = 0x1_0000;
/** Largest heap of a replay: half of the addresses that a 48-bit processor gives a program. */
const largestHeap = 2 ** 46;

/**
 * The language's defaults, except that the heap starts at 64 KiB and grows by 64 KiB as it needs to, up to 2^46 bytes.
 * Traces carry no bytes, so the heap never keeps any.
 */
export function replayHeapOptions(given: Partial<HeapOptions> = {}): HeapOptions {
  const size = given.size ?? 64 * kibibyte;
  const grow = given.grow ?? 64 * kibibyte;
  const max = given.max ?? (grow === 0 ? size : largestHeap);
  const filled = { ...given, grow, max, bytes: false };
  return defaultHeapOptions(given.name ?? "heap", given.base ?? firstBase, size, filled);
}
