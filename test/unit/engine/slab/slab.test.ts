import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import type { SlabOptions } from "../../../../src/engine/slab/contract";
import { plainSlab, slabGeometry } from "../../../../src/engine/slab/geometry";
import { SlabCache } from "../../../../src/engine/slab/SlabCache";
import { naiveShape, NaiveSlabCache } from "./naiveSlab";

const base = 0x20000;

function makeCache(blockSize: number, other: Partial<SlabOptions> = {}): SlabCache {
  return new SlabCache(plainSlab("s", base, blockSize, { max: 100, ...other }), new EventLog());
}

describe("SlabCache", () => {
  it("fills one slab before it takes the next, and prefers partial slabs to empty ones", () => {
    const cache = makeCache(1000, { bookkeeping: "off-slab", colour: 0 });
    const objects = Array.from({ length: 9 }, (_, owner) => cache.allocate(owner));
    assert.deepEqual(
      objects.map((address) => address - base),
      [0, 1000, 2000, 3000, 4096, 5096, 6096, 7096, 8192],
    );
    const states = (): string[] => [...cache.slabs()].map(({ state, used }) => `${state} ${used}`);
    assert.deepEqual(states(), ["full 4", "full 4", "partial 1"]);
    cache.free(objects[8]);
    cache.free(objects[1]);
    assert.deepEqual(states(), ["partial 3", "full 4", "empty 0"]);
    assert.equal(cache.allocate(20), objects[1]);
    assert.equal(cache.allocate(21), objects[8]);
    assert.deepEqual(cache.checkInvariants(), []);
  });

  it("shifts the objects of successive slabs by one colour more, as far as the left-over bytes reach", () => {
    // 4 objects of 1000 bytes leave 96 bytes over: with steps of 32 that makes 4 colours.
    const cache = makeCache(1000, { bookkeeping: "off-slab", colour: 32 });
    for (let owner = 0; owner < 24; owner++) cache.allocate(owner);
    assert.deepEqual(
      [...cache.slabs()].map(({ colour }) => colour),
      [0, 32, 64, 96, 0, 32],
    );
    assert.equal(cache.blockAt(base + 4096), undefined);
    assert.equal(cache.blockAt(base + 4096 + 32)?.index, 4);
    assert.deepEqual(cache.gapAt(base + 4096 + 31), { kind: "padding", beside: null });
  });

  it("writes its bookkeeping into the slab, and finds what was written over", () => {
    const cache = makeCache(64);
    const first = cache.allocate(7);
    const second = cache.allocate(8);
    cache.free(first);
    const { bytes } = cache;
    const field = (offset: number): number => bytes!.getInteger(base + offset, 4);
    // inuse, free, then bufctl: object 0 is free and leads to 2, object 1 is in use, object 2 leads to 3.
    assert.deepEqual([0, 4, 8, 12, 16].map(field), [1, 0, 2, 0xffff_fffe, 3]);
    const { objectsPerSlab } = cache.stats();
    assert.equal(field(8 + 4 * (objectsPerSlab - 1)), 0xffff_ffff);
    bytes!.setInteger(base + 4, 8, 0x41);
    const damage = cache
      .linkDamage(base, cache.end)
      .map(({ field, index, expected, found }) => [field, index, expected, found]);
    assert.deepEqual(damage, [
      ["free", 0, 0, 0x41],
      ["bufctl", 0, 2, 0],
    ]);
    assert.deepEqual(
      cache.linkDamage(base + 8, base + 9).map(({ field }) => field),
      ["bufctl"],
    );
    assert.deepEqual(cache.linkDamage(second, cache.end), []);
    assert.deepEqual(cache.gapAt(base + 5), { kind: "bookkeeping", beside: null });
  });

  it("gives empty slabs back beyond `keep` and when it shrinks, and uses their places again", () => {
    const cache = makeCache(2048, { keep: 1, bookkeeping: "off-slab" });
    const objects = Array.from({ length: 6 }, (_, owner) => cache.allocate(owner));
    cache.free(objects[0]);
    cache.free(objects[1]);
    assert.equal(cache.stats().emptySlabs, 1);
    cache.log.clear();
    cache.free(objects[2]);
    cache.free(objects[3]);
    assert.deepEqual(
      cache.log.toArray().filter(({ kind }) => kind === "slab-return"),
      [{ kind: "slab-return", addr: base + 4096, index: 1 }],
    );
    assert.equal(cache.blockAt(objects[2]), undefined);
    assert.equal(cache.gapAt(objects[2])?.kind, "returned");
    assert.equal(cache.shrink(), 1);
    assert.deepEqual(
      [...cache.slabs()].map(({ index }) => index),
      [2],
    );
    assert.equal(cache.allocate(9), objects[0], "the place given back last comes first");
    assert.equal(cache.stats().peakSlabs, 3);
    assert.deepEqual(cache.checkInvariants(), []);
  });

  it("refuses addresses that begin no used object, and is exhausted at `max` slabs", () => {
    const cache = makeCache(1024, { max: 1, bookkeeping: "off-slab" });
    const objects = Array.from({ length: 4 }, (_, owner) => cache.allocate(owner));
    assert.equal(cache.allocate(9), -1);
    assert.deepEqual(cache.whyNotFree(objects[1] + 3), { reason: "interior", payload: objects[1], offset: 3 });
    assert.deepEqual(cache.whyNotFree(cache.end), { reason: "outside" });
    assert.equal(cache.free(objects[1] + 3), false);
    assert.equal(cache.free(objects[1]), true);
    assert.deepEqual(cache.whyNotFree(objects[1]), { reason: "double-free" });
    assert.equal(cache.free(Number.NaN), false);
  });

  const shape = fc.record({
    blockSize: fc.integer({ min: 1, max: 3000 }),
    align: fc.constantFrom(1, 8, 16, 64, 256),
    pages: fc.integer({ min: 1, max: 3 }),
    colour: fc.constantFrom(0, 8, 32, 64, 100),
    bookkeeping: fc.constantFrom("on-slab" as const, "off-slab" as const),
    keep: fc.constantFrom(0, 1, 2, Number.MAX_SAFE_INTEGER),
    max: fc.integer({ min: 1, max: 6 }),
  });

  it("fits as many objects and colours as counting up does", () => {
    fc.assert(
      fc.property(shape, (other) => {
        const options = plainSlab("s", base, other.blockSize, other);
        const { objectsPerSlab, first, stride, colours, colourStep } = slabGeometry(options);
        const naive = naiveShape(options);
        assert.deepEqual(
          {
            perSlab: objectsPerSlab,
            first,
            stride,
            colours: Array.from({ length: colours }, (_, k) => k * colourStep),
          },
          naive,
        );
      }),
      { numRuns: 500 },
    );
  });

  const operation = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("allocate" as const), pick: fc.nat(20) }) },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("free" as const), pick: fc.nat(1000) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom("reset" as const, "shrink" as const), pick: fc.nat(1) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom("save" as const, "restore" as const), pick: fc.nat(1) }),
    },
  );

  it("agrees with naive lists on random operations", () => {
    fc.assert(
      fc.property(shape, fc.array(operation, { maxLength: 60 }), (other, operations) => {
        // Large objects keep the slabs short, so that their lists change often.
        const options = plainSlab("s", base, other.blockSize + 600, other);
        if (slabGeometry(options).objectsPerSlab === 0) return;
        const cache = new SlabCache(options, new EventLog());
        let naive = new NaiveSlabCache(options);
        let live: number[] = [];
        const copy = (from: NaiveSlabCache): NaiveSlabCache =>
          Object.assign(new NaiveSlabCache(options), structuredClone(Object.fromEntries(Object.entries(from))));
        let saved = { naive: copy(naive), live: [...live], snapshot: cache.snapshot() };
        operations.forEach(({ kind, pick }, owner) => {
          if (kind === "allocate") {
            const address = cache.allocate(owner);
            assert.equal(address, naive.allocate(owner));
            if (address >= 0) live.push(address);
          } else if (kind === "free") {
            const address = live.length === 0 ? base + pick : live[pick % live.length] + (pick % 5 === 0 ? 1 : 0);
            const accepted = naive.free(address);
            assert.equal(cache.whyNotFree(address).reason === "none", accepted);
            assert.equal(cache.free(address), accepted);
            if (accepted) live = live.filter((other) => other !== address);
          } else if (kind === "reset") {
            assert.equal(cache.reset(), naive.reset());
            live = [];
          } else if (kind === "shrink") assert.equal(cache.shrink(), naive.shrink());
          else if (kind === "save") saved = { naive: copy(naive), live: [...live], snapshot: cache.snapshot() };
          else {
            naive = copy(saved.naive);
            live = [...saved.live];
            cache.restore(saved.snapshot);
          }
          assert.deepEqual(cache.checkInvariants(), []);
          assert.deepEqual(cache.linkDamage(cache.base, cache.end), []);
          assert.deepEqual([...cache.freeList()], naive.freeOrder());
          const slabs = [...cache.slabs()].map(({ index, colour, used }) => [index, colour, used]);
          assert.deepEqual(
            slabs,
            naive.slabs().map(({ place, colour, used }) => [place, colour, used.size]),
          );
          const owners = [...cache.blocks()]
            .filter(({ state }) => state === "used")
            .map((block) => [block.address, block.owner]);
          const expected = naive.slabs().flatMap((slab) => {
            const used = [...slab.used].sort(([a], [b]) => a - b);
            return used.map(([object, owner]) => [naive.addressOf(slab, object), owner]);
          });
          assert.deepEqual(owners, expected);
        });
      }),
      { numRuns: 300 },
    );
  });
});
