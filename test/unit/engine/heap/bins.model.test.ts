import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { coalesceModesOf } from "../../../../src/engine/heap/options";
import { segregatedClasses, tlsfClasses } from "../../../../src/engine/heap/sizeClasses";
import { operation, runBoth, shape } from "./modelRun";
import { NaiveBins } from "./naiveBins";

describe("Bins against the naive model", () => {
  for (const policy of ["tlsf", "segregated"] as const) {
    for (const coalesce of coalesceModesOf(policy)) {
      for (const scale of [1, 23]) {
        it(`${policy}, ${coalesce}, sizes times ${scale}`, () => {
          const operations = fc.array(operation, { minLength: 1, maxLength: 80, size: "max" });
          fc.assert(
            fc.property(shape, operations, ({ base, size, ...rest }, ops) => {
              const options = defaultHeapOptions("h", base, size * scale, {
                policy,
                coalesce,
                ...rest,
                ...("max" in rest ? { max: rest.max * scale } : {}),
              });
              const scaled = ops.map(([name, bytes, pick]) => [name, bytes * scale, pick] as const);
              runBoth(options, new NaiveBins(options), scaled);
            }),
            { numRuns: 60, seed: 21 },
          );
        });
      }
    }
  }
});

it("TLSF that rounds blocks up against the naive model", () => {
  const operations = fc.array(operation, { minLength: 1, maxLength: 80, size: "max" });
  fc.assert(
    fc.property(shape, fc.constantFrom(1, 23, 97), operations, ({ base, size, ...rest }, scale, ops) => {
      const most = "max" in rest ? { max: rest.max * scale } : {};
      const given = { policy: "tlsf", rounding: "class", ...rest, ...most } as const;
      const options = defaultHeapOptions("h", base, size * scale, given);
      const scaled = ops.map(([name, bytes, pick]) => [name, bytes * scale, pick] as const);
      runBoth(options, new NaiveBins(options), scaled);
    }),
    { numRuns: 100, seed: 25 },
  );
});

it("a block of TLSF that was rounded up serves its size again", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.constantFrom(8, 16, 24), (requests, align) => {
      const given = { policy: "tlsf", rounding: "class", header: align, align, bytes: false } as const;
      const heap = new Heap(defaultHeapOptions("h", 0x1000, 262_144, given));
      const live = requests.map((size) => [size, heap.allocate(size, 0)] as const).filter(([, at]) => at >= 0);
      for (const [size, at] of live) {
        heap.free(at);
        assert.notEqual(heap.allocate(size, 0), -1);
      }
    }),
    { numRuns: 200, seed: 26 },
  );
});

describe("size classes", () => {
  // First level * 32 + second level, as mattconte/tlsf's mapping_insert and mapping_search give them.
  const tlsf: readonly (readonly [capacity: number, own: number, sufficient: number])[] = [
    [-8, 0, 0],
    [0, 0, 0],
    [8, 1, 1],
    [9, 1, 2],
    [248, 31, 31],
    [255, 31, 32],
    [256, 32, 32],
    [257, 32, 33],
    [264, 33, 33],
    [511, 63, 64],
    [512, 64, 64],
    [1000, 94, 95],
    [1024, 96, 96],
    [2 ** 31, 24 * 32, 24 * 32],
    [2 ** 32 - 1, 24 * 32 + 31, 25 * 32],
    [2 ** 32, 25 * 32, 25 * 32],
    [2 ** 46 + 1, 39 * 32, 39 * 32 + 1],
    [2 ** 52, 45 * 32, 45 * 32],
  ];
  for (const [capacity, own, sufficient] of tlsf) {
    it(`TLSF files ${capacity} in ${own} and searches from ${sufficient}`, () => {
      assert.deepEqual([tlsfClasses.classOf(capacity), tlsfClasses.sufficientClass(capacity)], [own, sufficient]);
    });
  }

  for (const [name, classes] of Object.entries({ tlsfClasses, segregatedClasses })) {
    it(`${name} are half-open intervals that cover every capacity`, () => {
      for (let index = 0; index + 1 < classes.count; index++) {
        const least = classes.leastOf(index);
        assert.equal(classes.classOf(least), index);
        assert.equal(classes.classOf(classes.leastOf(index + 1) - 1), index);
        assert.equal(classes.sufficientClass(least), index);
        assert.equal(classes.sufficientClass(least + 1), index + 1);
      }
    });
  }

  it("shows bins with their bounds and bitmaps", () => {
    const heap = new Heap(defaultHeapOptions("h", 0x1000, 1024, { policy: "tlsf", header: 8, min: 32 }));
    const [a] = [heap.allocate(24, 0), heap.allocate(24, 1)];
    heap.free(a);
    const structure = heap.structure();
    assert.ok(structure.kind === "bins");
    const rest = 1024 - 64;
    assert.deepEqual(
      structure.lists.map(({ least, below, blocks }) => [least, below, blocks]),
      [
        [32, 40, [0x1000]],
        [8 + 944, 8 + 960, [0x1040]],
      ],
    );
    assert.ok(structure.lists[1].least <= rest && rest < structure.lists[1].below);
    assert.equal(structure.words[0].bits, 1 << 3);
    assert.equal(structure.words[2].bits, 1 << 27);
  });

  it("is missed by a request whose class rounds up past the only block", () => {
    const options = { policy: "tlsf", header: 8, min: 32 } as const;
    const heap = new Heap(defaultHeapOptions("h", 0x1000, 1008, options));
    // The block holds 1000 bytes; the class that certainly does begins at 1008.
    assert.equal(heap.allocate(1000, 0), -1);
    assert.equal(heap.lastFailure, "out-of-memory");
    assert.equal(heap.allocate(992, 0), 0x1008);
  });
});
