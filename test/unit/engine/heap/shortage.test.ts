import assert from "node:assert/strict";
import fc from "fast-check";
import type { HeapBlock } from "../../../../src/engine/heap/blocks";
import type { Shortage } from "../../../../src/engine/heap/contract";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { heapPolicies, type HeapOptions } from "../../../../src/engine/heap/options";

/** The cheapest obstacle by trying every run of neighbours, for policies that cut a block from its low end. */
function naiveObstacle(heap: Heap, need: number, align: number): Pick<Shortage, "obstacle">["obstacle"] {
  const { header, redzone } = heap.options;
  const blocks = [...heap.blocks()];
  const isFree = (block: HeapBlock): boolean => block.state === "free";
  let best: { first: number; last: number; bytes: number; count: number } | null = null;
  for (let first = 0; first < blocks.length; first++) {
    for (let last = first; last < blocks.length; last++) {
      const start = blocks[first].address + header + redzone;
      const lead = (align - (start % align)) % align;
      if (blocks[last].address + blocks[last].size - blocks[first].address < need + lead) continue;
      const held = blocks.slice(first, last + 1).filter((block) => !isFree(block));
      const bytes = held.reduce((sum, { size }) => sum + size, 0);
      const isBetter = best === null || bytes < best.bytes || (bytes === best.bytes && held.length < best.count);
      if (isBetter) best = { first, last, bytes, count: held.length };
    }
  }
  if (best === null) return null;
  let { first, last } = best;
  while (first > 0 && isFree(blocks[first - 1])) first--;
  while (last + 1 < blocks.length && isFree(blocks[last + 1])) last++;
  const run = blocks.slice(first, last + 1);
  const hole = run.reduce((sum, { size }) => sum + size, 0);
  if (hole === best.bytes) return null;
  const held = run.filter((block) => !isFree(block)).slice(0, 3);
  return { blocks: held, count: best.count, bytes: best.bytes, hole };
}

const operations = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 120 }), fc.nat(1000)), {
  minLength: 20,
  maxLength: 60,
});
const requests = fc.tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom(1, 1, 16, 64));

function used(options: HeapOptions, steps: readonly (readonly [boolean, number, number])[]): Heap {
  const heap = new Heap(options);
  const live: number[] = [];
  steps.forEach(([allocates, size, pick], owner) => {
    if (allocates || live.length === 0) {
      const payload = heap.allocate(size, owner, pick % 5 === 0 ? 32 : 1);
      if (payload >= 0) live.push(payload);
    } else heap.free(live.splice(pick % live.length, 1)[0]);
  });
  return heap;
}

describe("Heap.shortage", () => {
  for (const policy of heapPolicies) {
    it(`${policy}: says what compaction and the removal of the obstacle really give`, () => {
      let failures = 0;
      let obstacles = 0;
      fc.assert(
        fc.property(
          operations,
          requests,
          fc.constantFrom({ quarantine: 0, redzone: 0 }, { quarantine: 200, redzone: 8 }),
          (steps, [requested, align], guards) => {
            const heap = used(defaultHeapOptions("h", 0x10000, 1024, { policy, header: 16, ...guards }), steps);
            if (heap.allocate(requested, -1, align) >= 0) return;
            failures++;
            const shortage = heap.shortage(requested, align);
            if (shortage.obstacle !== null && policy !== "buddy" && policy !== "tlsf" && policy !== "segregated") {
              obstacles++;
              assert.deepEqual(shortage.obstacle, naiveObstacle(heap, shortage.need, align));
            }
            const before = heap.snapshot();
            heap.defragment();
            if (policy !== "buddy") assert.equal(heap.stats().largestFree, shortage.compacted);
            assert.equal(heap.allocate(requested, -1, align) >= 0, shortage.compactionServes);
            heap.restore(before);
            const { obstacle } = shortage;
            // Blocks in quarantine cannot be freed once more, and quick lists keep what they get.
            if (obstacle === null || obstacle.count > 3 || guards.quarantine > 0 || policy === "quick-fit") return;
            for (const { payload } of obstacle.blocks) assert.ok(heap.free(payload));
            const served = heap.allocate(requested, -1, align);
            assert.ok(served >= 0);
            if (policy !== "buddy") assert.ok(heap.blockAt(served)!.size <= obstacle.hole);
          },
        ),
        { numRuns: 300, seed: 23 },
      );
      assert.ok(failures > 30);
      assert.equal(obstacles > 0, !["buddy", "tlsf", "segregated", "bump"].includes(policy));
    });
  }
});
