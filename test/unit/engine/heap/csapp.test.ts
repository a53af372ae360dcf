import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import type { FitPolicy } from "../../../../src/engine/heap/fit";
import type { HeapOptions } from "../../../../src/engine/heap/options";
import { NaiveImplicitList, type ImplicitFit } from "./naiveImplicitList";

const fits: Readonly<Record<ImplicitFit, FitPolicy>> = { first: "first-fit", next: "next-fit", best: "best-fit" };
/** What the textbook keeps in front of the first block's header: a word of padding and the prologue's footer. */
const prologue = 8;

/** The textbook's allocator as options of a heap; its memory begins at `start` and may reach `limit` bytes. */
function textbook(fit: ImplicitFit, start: number, limit: number, chunk: number): HeapOptions {
  return defaultHeapOptions("heap", start + prologue, chunk + 8, {
    ...{ policy: fits[fit], order: "address", coalesce: "immediate" },
    ...{ header: 4, footer: 4, align: 8, min: 16 },
    ...{ grow: chunk, growth: "minimum", max: limit - prologue, realloc: "move" },
  });
}

function compare(heap: Heap, naive: NaiveImplicitList, start: number): void {
  const words = naive.memory;
  assert.deepEqual(
    [...heap.blocks()].map(({ address, size, state }) => [address + 4 - start, size, state === "used"]),
    [...naive.blocks()].map(({ payload, size, used }) => [payload, size, used]),
  );
  for (const { address, size } of heap.blocks()) {
    const ends = [address, address + size - 4];
    assert.deepEqual(
      ends.map((at) => heap.bytes!.getInteger(at, 4)),
      ends.map((at) => words.getUint32(at - start, true)),
    );
  }
  assert.equal(heap.end, start + naive.brk);
  assert.deepEqual(heap.checkInvariants(), []);
}

const operation = fc.record({
  kind: fc.oneof(
    { weight: 9, arbitrary: fc.constant("malloc" as const) },
    { weight: 7, arbitrary: fc.constant("free" as const) },
    { weight: 2, arbitrary: fc.constant("realloc" as const) },
  ),
  size: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 80 }) },
    { weight: 3, arbitrary: fc.integer({ min: 80, max: 1500 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1500, max: 9000 }) },
  ),
  pick: fc.nat(1000),
});

describe("CS:APP's implicit free list", () => {
  for (const fit of ["first", "next", "best"] as const) {
    it(`${fit} fit: addresses, blocks, header words and the break agree, 150 configurations`, () => {
      let refused = 0;
      let grown = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(4096, 4096, 64, 256, 1024),
          fc.integer({ min: 5000, max: 40_000 }),
          fc.constantFrom(0, 0x10000, 2 ** 40 + 24),
          fc.array(operation, { minLength: 1, maxLength: 120, size: "max" }),
          (chunk, limit, start, operations) => {
            const heap = new Heap(textbook(fit, start, limit, chunk));
            const naive = new NaiveImplicitList(limit, chunk, fit);
            compare(heap, naive, start);
            const live: { pointer: number; size: number }[] = [];
            operations.forEach(({ kind, size, pick }, step) => {
              const before = heap.end;
              if (kind === "malloc") {
                const payload = heap.allocate(size, step);
                const pointer = naive.malloc(size);
                assert.equal(payload, pointer === 0 ? -1 : start + pointer);
                if (heap.end === before) assert.equal(heap.lastSearched, naive.searched);
                else grown++;
                if (pointer === 0) refused++;
                else live.push({ pointer, size });
                for (let k = 0; k < size && pointer > 0; k++) {
                  naive.memory.setUint8(pointer + k, step);
                  heap.bytes!.set(payload + k, step % 256);
                }
              } else if (live.length > 0) {
                const index = pick % live.length;
                const block = live[index];
                if (kind === "free") {
                  assert.equal(heap.free(start + block.pointer), true);
                  naive.free(block.pointer);
                  live.splice(index, 1);
                } else {
                  const payload = heap.reallocate(start + block.pointer, size, step);
                  const pointer = naive.realloc(block.pointer, size);
                  assert.equal(payload, pointer === 0 ? -1 : start + pointer);
                  if (pointer === 0) return;
                  const kept = Math.min(size, block.size);
                  live[index] = { pointer, size: kept };
                  assert.deepEqual(
                    [...heap.bytes!.read(payload, kept)],
                    Array.from({ length: kept }, (_, k) => naive.memory.getUint8(pointer + k)),
                  );
                }
              }
              compare(heap, naive, start);
            });
          },
        ),
        { numRuns: 150, seed: 25 },
      );
      // Both ways out of a full heap are taken often.
      assert.ok(grown > 150 && refused > 50, `${grown} grown, ${refused} refused`);
    });
  }
});
