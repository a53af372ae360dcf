import assert from "node:assert/strict";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { fitPolicies } from "../../../../src/engine/heap/fit";
import { coalesceModesOf, heapPolicies, ordersOf, type HeapOptions } from "../../../../src/engine/heap/options";
import { NaiveHeap } from "./naiveHeap";
import { NaiveRunFit } from "./naiveRunFit";

/** A linear congruential generator (Numerical Recipes): numbers below `bound`. */
function seeded(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

interface Subject {
  allocate(size: number, step: number, align: number): number;
  free(payload: number): boolean;
  reallocate(payload: number, size: number, step: number): number;
}

/** Fills up, empties half and so on, so that hundreds of free blocks come and go. Sizes repeat, some are large. */
function play(operations: number, seed: number, subject: Subject, check: (step: number) => void): void {
  const random = seeded(seed);
  const live: number[] = [];
  for (let step = 0; step < operations; step++) {
    const grows = Math.floor(step / 400) % 2 === 0;
    if (live.length === 0 || random(10) < (grows ? 7 : 2)) {
      const size = random(12) === 0 ? 1 + random(3000) : 1 + random(60);
      const payload = subject.allocate(size, step, random(20) === 0 ? 64 : 1);
      if (payload >= 0) live.push(payload);
    } else {
      const index = random(live.length);
      if (random(8) === 0) {
        const payload = subject.reallocate(live[index], 1 + random(80), step);
        if (payload >= 0) live[index] = payload;
      } else assert.ok(subject.free(live.splice(index, 1)[0]));
    }
    check(step);
  }
}

/** The heaps that grow pass 2^31, where numbers stop to fit into 32 bits. */
const base = 2 ** 31 - 24 * 1024;

const shapes: readonly (Partial<HeapOptions> & { readonly size: number })[] = [
  { header: 0, footer: 0, align: 1, min: 1, size: 20_000 },
  { header: 8, footer: 0, align: 8, min: 16, size: 8_003, grow: 4096, max: 60_000 },
];

function picture(heap: Heap): unknown {
  return { list: [...heap.freeList()], blocks: [...heap.blocks()], stats: heap.stats() };
}

describe("Heap with many free blocks", () => {
  for (const policy of [...fitPolicies, "run-fit"] as const) {
    for (const order of ordersOf(policy)) {
      const modes = (["immediate", "never"] as const).filter((mode) => coalesceModesOf(policy).includes(mode));
      for (const coalesce of modes) {
        it(`${policy}, ${order}, ${coalesce}: as the naive model`, () => {
          const { size, ...rest } = shapes[coalesce === "never" ? 0 : 1];
          const options = defaultHeapOptions("h", base, size, { policy, order, coalesce, ...rest, bytes: false });
          const heap = new Heap(options);
          const naive = policy === "run-fit" ? new NaiveRunFit(options) : new NaiveHeap(options);
          let result = 0;
          let mostFree = 0;
          const both: Subject = {
            allocate(bytes, step, align) {
              result = heap.allocate(bytes, step, align);
              assert.deepEqual([result, heap.lastSearched], [naive.allocate(bytes, align), naive.searched]);
              return result;
            },
            free(payload) {
              const freed = heap.free(payload);
              assert.equal(freed, naive.free(payload));
              return freed;
            },
            reallocate(payload, bytes, step) {
              result = heap.reallocate(payload, bytes, step);
              assert.equal(result, naive.reallocate(payload, bytes));
              return result;
            },
          };
          play(2400, 5, both, (step) => {
            mostFree = Math.max(mostFree, naive.list.length);
            if (step % 200 !== 199) return;
            if (step > 800) assert.deepEqual(heap.checkInvariants(), []);
            assert.deepEqual(
              [...heap.freeList()].map((block) => [block.address, block.size]),
              naive.list.map((block) => [block.address, block.size]),
            );
          });
          assert.ok(mostFree > 48, `${mostFree}`);
        });
      }
    }
  }

  for (const policy of heapPolicies) {
    for (const order of ordersOf(policy)) {
      for (const coalesce of coalesceModesOf(policy)) {
        it(`${policy}, ${order}, ${coalesce}: places the same with bytes, without, and after a restore`, () => {
          const { size, ...rest } = shapes[1];
          const options = defaultHeapOptions("h", base, size, { policy, order, coalesce, ...rest });
          const [plain, written, restored] = [false, true, false].map((bytes) => new Heap({ ...options, bytes }));
          const heaps = [plain, written, restored];
          const same = (results: readonly number[]): number => {
            assert.deepEqual(results, [results[0], results[0], results[0]]);
            assert.deepEqual(
              heaps.map((heap) => heap.lastSearched),
              heaps.map(() => plain.lastSearched),
            );
            return results[0];
          };
          const all: Subject = {
            allocate: (bytes, step, align) => same(heaps.map((heap) => heap.allocate(bytes, step, align))),
            free: (payload) => heaps.map((heap) => heap.free(payload)).every((freed) => freed),
            reallocate: (payload, bytes, step) => same(heaps.map((heap) => heap.reallocate(payload, bytes, step))),
          };
          play(900, 9, all, (step) => {
            if (step % 60 !== 0) return;
            const saved = restored.snapshot();
            for (let k = 1; k < 30; k++) restored.allocate(k * 7, -2);
            restored.restore(saved);
          });
          assert.ok(policy === "bump" || plain.end > 2 ** 31);
          for (const heap of heaps) {
            assert.deepEqual(picture(heap), picture(plain));
            assert.deepEqual(heap.checkInvariants(), []);
          }
        });
      }
    }
  }
});
