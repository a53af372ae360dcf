import assert from "node:assert/strict";
import fc from "fast-check";
import { Heap } from "../../../../src/engine/heap/Heap";
import type { HeapOptions } from "../../../../src/engine/heap/options";
import type { NaiveMove } from "./naiveDefrag";
import type { NaiveBlock } from "./naiveHeap";

export type Operation = readonly [
  "alloc" | "aligned" | "free" | "realloc" | "coalesce" | "defrag" | "restore" | "reset",
  number,
  number,
];
export const operation: fc.Arbitrary<Operation> = fc.tuple(
  fc.oneof(
    { weight: 40, arbitrary: fc.constant("alloc" as const) },
    { weight: 10, arbitrary: fc.constant("aligned" as const) },
    { weight: 35, arbitrary: fc.constant("free" as const) },
    { weight: 10, arbitrary: fc.constant("realloc" as const) },
    { weight: 5, arbitrary: fc.constant("coalesce" as const) },
    { weight: 3, arbitrary: fc.constant("defrag" as const) },
    { weight: 5, arbitrary: fc.constant("restore" as const) },
    { weight: 1, arbitrary: fc.constant("reset" as const) },
  ),
  fc.integer({ min: 1, max: 40 }),
  fc.nat(1000),
);
export const shape = fc.constantFrom(
  { header: 0, footer: 0, align: 1, min: 1, size: 100, base: 1000 },
  { header: 0, footer: 0, align: 1, min: 1, size: 60, base: 1000, grow: 16, max: 150 },
  { header: 4, footer: 4, align: 8, min: 16, size: 256, base: 4096, grow: 64, max: 1000 },
  { header: 8, footer: 0, align: 4, min: 9, size: 300, base: 1001 },
  { header: 32, footer: 8, align: 8, min: 48, size: 1024, base: 0x10000 },
  { header: 16, footer: 0, align: 16, min: 20, size: 512, base: 2 ** 47 },
);

/** What an independent restatement of a policy offers for comparison. */
export interface NaiveModel {
  readonly blocks: readonly NaiveBlock[];
  readonly list: readonly NaiveBlock[];
  readonly end: number;
  readonly searched: number;
  readonly totalSearched: number;
  readonly current: number;
  readonly peak: number;
  readonly quarantine: { readonly waiting: readonly NaiveBlock[]; readonly bytes: number };
  allocate(requested: number, align?: number): number;
  free(payload: number): boolean;
  reallocate(payload: number, requested: number): number;
  coalesce(): number;
  /** The moves of payloads; absent where the policy's compaction is not restated. */
  defragment?(): readonly NaiveMove[];
  reset(): number;
}

function stateOf({ used, freed }: NaiveBlock): string {
  return freed === true ? "quarantined" : used ? "used" : "free";
}

function compare(heap: Heap, naive: NaiveModel): void {
  assert.deepEqual(heap.checkInvariants(), []);
  assert.deepEqual(
    [...heap.freeList()].map((block) => [block.address, block.size]),
    naive.list.map((block) => [block.address, block.size]),
  );
  assert.deepEqual(
    [...heap.blocks()].map((b) => [b.address, b.size, b.state === "free" ? 0 : b.payload, b.requested, b.state]),
    naive.blocks.map((b) => [b.address, b.size, b.used ? b.payload : 0, b.requested, stateOf(b)]),
  );
  const stats = heap.stats();
  const free = naive.list.map((block) => block.size);
  const dead = naive.blocks.filter((block) => !block.used && !naive.list.includes(block));
  assert.deepEqual(
    [stats.currentUsed, stats.peakUsed, stats.freeBytes, stats.freeBlocks, stats.largestFree, stats.searched],
    [
      naive.current,
      naive.peak,
      [...free, ...dead.map((block) => block.size)].reduce((a, b) => a + b, 0),
      free.length + dead.length,
      Math.max(0, ...free),
      naive.totalSearched,
    ],
  );
  const { waiting, bytes } = naive.quarantine;
  assert.deepEqual([stats.quarantinedBytes, stats.quarantinedBlocks], [bytes, waiting.length]);
  assert.equal(stats.usedBlocks, naive.blocks.length - free.length - dead.length - waiting.length);
  assert.equal(heap.end, naive.end);
  assert.deepEqual(heap.guardDamage(0, Infinity), []);
  assert.deepEqual(heap.headerDamage(0, Infinity), []);
}

/** The same operations on the heap and on the model, compared after each. */
export function runBoth(
  options: HeapOptions,
  naive: NaiveModel,
  operations: readonly Operation[],
  heap = new Heap(options),
): void {
  compare(heap, naive);
  const live: number[] = [];
  operations.forEach(([name, size, pick], step) => {
    const index = pick % Math.max(1, live.length);
    if (name === "alloc" || name === "aligned") {
      const align = name === "alloc" ? 1 : 2 ** (pick % 7);
      const payload = heap.allocate(size, step, align);
      assert.equal(payload, naive.allocate(size, align));
      assert.equal(heap.lastSearched, naive.searched);
      if (payload >= 0) live.push(payload);
    } else if (name === "coalesce") assert.equal(heap.coalesce(), naive.coalesce());
    else if (name === "defrag") {
      const expected = naive.defragment?.();
      if (expected === undefined) return;
      const moves = heap.defragment().map(({ from, to }): NaiveMove => [from, to]);
      assert.deepEqual(moves, expected);
      const places = new Map(moves);
      live.forEach((payload, at) => (live[at] = places.get(payload) ?? payload));
    } else if (name === "reset") {
      assert.equal(heap.reset(), naive.reset());
      for (const payload of live.splice(0)) assert.deepEqual(heap.whyNotFree(payload), { reason: "double-free" });
    } else if (name === "restore") {
      // Whatever happens after the snapshot must leave no trace.
      const saved = heap.snapshot();
      for (let k = 0; k < 5; k++) heap.allocate(((pick * (k + 1)) % 30) + 1, -2);
      for (const payload of live.slice(0, 4)) heap.free(payload);
      heap.restore(saved);
    } else if (live.length === 0) assert.equal(heap.free(options.base + pick), false);
    else if (name === "free") {
      const payload = live.splice(index, 1)[0];
      assert.deepEqual(heap.whyNotFree(payload), { reason: "none" });
      assert.equal(heap.free(payload), naive.free(payload));
      const why = heap.whyNotFree(payload).reason;
      assert.equal(why, "double-free");
    } else {
      const payload = heap.reallocate(live[index], size, step);
      assert.equal(payload, naive.reallocate(live[index], size));
      if (payload >= 0) live[index] = payload;
    }
    compare(heap, naive);
  });
}
