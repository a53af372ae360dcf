import assert from "node:assert/strict";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";

/** The random driver of OSTEP's free-space simulator: 200 operations, seed 1, 100 bytes at 1000. */
function simulate(coalesce: "never" | "list-pass"): { searched: number; list: string[] } {
  const options = { policy: "best-fit", order: "address", coalesce, header: 0, align: 1, min: 1 } as const;
  const heap = new Heap(defaultHeapOptions("h", 1000, 100, { ...options, bytes: false }));
  const random = new MersenneTwister(1);
  const live: number[] = [];
  let searched = 0;
  for (let operations = 0; operations < 200;) {
    if (random.next() < 0.5) {
      const address = heap.allocate(Math.floor(random.next() * 10) + 1, operations);
      searched += heap.lastSearched;
      if (address >= 0) live.push(address);
      operations++;
    } else if (live.length > 0) {
      assert.ok(heap.free(live.splice(Math.floor(random.next() * live.length), 1)[0]));
      operations++;
    }
  }
  return { searched, list: [...heap.freeList()].map((block) => `addr:${block.address} sz:${block.size}`) };
}

describe("OSTEP's free-space simulator", () => {
  it("searches 1567 elements and ends with 23 free blocks without coalescing", () => {
    const { searched, list } = simulate("never");
    assert.deepEqual([searched, list.length], [1567, 23]);
  });

  it("searches 207 elements and ends with one free block with coalescing", () => {
    assert.deepEqual(simulate("list-pass"), { searched: 207, list: ["addr:1016 sz:84"] });
  });
});
