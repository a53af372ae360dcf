import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import type { FitPolicy } from "../../../../src/engine/heap/fit";
import type { ListOrder } from "../../../../src/engine/heap/placementOptions";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { NaiveOstep, type OstepFlags } from "./naiveOstep";

const policies: Readonly<Record<OstepFlags["policy"], FitPolicy>> = {
  FIRST: "first-fit",
  BEST: "best-fit",
  WORST: "worst-fit",
};
const orders: Readonly<Record<OstepFlags["order"], ListOrder>> = {
  ADDRSORT: "address",
  "SIZESORT+": "size-asc",
  "SIZESORT-": "size-desc",
  "INSERT-FRONT": "lifo",
  "INSERT-BACK": "fifo",
};

/** The simulator's flags as options of a heap. */
function heapOf(flags: OstepFlags): Heap {
  const { base, size, header, alignment } = flags;
  return new Heap(
    defaultHeapOptions("h", base, size, {
      policy: policies[flags.policy],
      order: orders[flags.order],
      coalesce: flags.coalesce ? "list-pass" : "never",
      header,
      align: alignment === -1 ? 1 : alignment,
      min: 1,
      bytes: false,
    }),
  );
}

const flagsOf = fc.record({
  policy: fc.constantFrom(...(["FIRST", "BEST", "WORST"] as const)),
  order: fc.constantFrom(...(["ADDRSORT", "SIZESORT+", "SIZESORT-", "INSERT-FRONT", "INSERT-BACK"] as const)),
  coalesce: fc.boolean(),
  size: fc.integer({ min: 1, max: 400 }),
  base: fc.oneof(fc.nat(5000), fc.constant(1000)),
  header: fc.oneof(fc.constant(0), fc.nat(16)),
  alignment: fc.constantFrom(-1, 1, 2, 3, 4, 8, 16),
});

/** The heap and the restatement of the simulator, compared after each operation. */
class Both {
  readonly heap: Heap;
  readonly naive: NaiveOstep;
  searched = 0;

  constructor(private readonly flags: OstepFlags) {
    this.heap = heapOf(flags);
    this.naive = new NaiveOstep(flags);
    this.compare();
  }

  /** The block's start or -1. */
  malloc(size: number): number {
    const payload = this.heap.allocate(size, 0);
    const start = this.naive.malloc(size);
    assert.equal(payload, start < 0 ? -1 : start + this.flags.header);
    assert.equal(this.heap.lastSearched, this.naive.searched);
    this.searched += this.naive.searched;
    this.compare();
    return start;
  }

  free(start: number): void {
    assert.equal(this.heap.free(start + this.flags.header) ? 0 : -1, this.naive.free(start));
    this.compare();
  }

  private compare(): void {
    const list = [...this.heap.freeList()].map(({ address, size }) => [address, size]);
    assert.deepEqual(list, this.naive.list);
    assert.deepEqual(this.heap.checkInvariants(), []);
  }
}

/** The simulator's random mode: 50 of 100 draws allocate 1 to `range` bytes, the others free a live block. */
function drive(both: Both, seed: number, operations: number, range: number, percent: number): void {
  const random = new MersenneTwister(seed);
  const live: number[] = [];
  for (let done = 0; done < operations;) {
    if (random.next() < percent / 100) {
      const start = both.malloc(Math.floor(random.next() * range) + 1);
      if (start >= 0) live.push(start);
      done++;
    } else if (live.length > 0) {
      both.free(live.splice(Math.floor(random.next() * live.length), 1)[0]);
      done++;
    }
  }
}

describe("OSTEP's free-space simulator", () => {
  const defaults = { policy: "BEST", order: "ADDRSORT", size: 100, base: 1000, header: 0, alignment: -1 } as const;

  it("searches 1567 elements and ends with 23 free blocks without coalescing", () => {
    const both = new Both({ ...defaults, coalesce: false });
    drive(both, 1, 200, 10, 50);
    assert.deepEqual([both.searched, both.naive.list.length], [1567, 23]);
  });

  it("searches 207 elements and ends with one free block with coalescing", () => {
    const both = new Both({ ...defaults, coalesce: true });
    drive(both, 1, 200, 10, 50);
    assert.deepEqual([both.searched, both.naive.list], [207, [[1016, 84]]]);
  });

  it("agrees in its random mode, 300 configurations", () => {
    const driver = fc.tuple(fc.nat(2 ** 31), fc.integer({ min: 1, max: 80 }), fc.integer({ min: 20, max: 90 }));
    fc.assert(
      fc.property(flagsOf, driver, (flags, [seed, range, percent]) => drive(new Both(flags), seed, 60, range, percent)),
      { numRuns: 300, seed: 23 },
    );
  });

  it("agrees on mixed operations, stale and double frees among them, 300 configurations", () => {
    const operation = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ kind: fc.constant("malloc" as const), value: fc.integer({ min: 1, max: 60 }) }),
      },
      // Any pointer ever handed out: live, freed, or freed and given to somebody else since.
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("free" as const), value: fc.nat(1000) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("wild" as const), value: fc.nat(6000) }) },
    );
    fc.assert(
      fc.property(flagsOf, fc.array(operation, { minLength: 1, maxLength: 100, size: "max" }), (flags, operations) => {
        const both = new Both(flags);
        const pointers: number[] = [];
        for (const { kind, value } of operations) {
          if (kind === "malloc") {
            const start = both.malloc(value);
            if (start >= 0) pointers.push(start);
          } else if (kind === "wild") both.free(value);
          else if (pointers.length > 0) both.free(pointers[value % pointers.length]);
        }
      }),
      { numRuns: 300, seed: 24 },
    );
  });
});
