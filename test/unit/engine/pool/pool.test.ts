import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import type { PoolOptions } from "../../../../src/engine/pool/contract";
import { plainPool } from "../../../../src/engine/pool/geometry";
import { Pool } from "../../../../src/engine/pool/Pool";

function makePool(options: Partial<PoolOptions> = {}): Pool {
  const { name = "p", base = 0x10000, blockSize = 64, count = 10, ...other } = options;
  return new Pool(plainPool(name, base, blockSize, count, other), new EventLog());
}

describe("Pool", () => {
  it("hands out blocks in address order first, counts them and refuses when exhausted", () => {
    const pool = makePool();
    assert.deepEqual([...pool.freeList()], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (let index = 0; index < 10; index++) assert.equal(pool.allocate(index), 0x10000 + 64 * index);
    assert.equal(pool.allocate(10), -1);
    assert.deepEqual(pool.stats(), {
      blockSize: 64,
      usedBlocks: 10,
      freeBlocks: 0,
      peakUsed: 10,
      leastFree: 0,
      poolBytes: 640,
      peakPoolBytes: 640,
      allocations: 10,
      deallocations: 0,
    });
    assert.equal(pool.free(0x10000 + 64 * 3), true);
    assert.equal(pool.allocate(11), 0x10000 + 64 * 3);
    assert.deepEqual(pool.checkInvariants(), []);
  });

  for (const [order, expected] of [
    ["lifo", [1, 2, 0, 3]],
    ["fifo", [3, 0, 2, 1]],
  ] as const) {
    it(`keeps freed blocks in ${order} order`, () => {
      const pool = makePool({ count: 4, order });
      const blocks = [0, 1, 2].map((owner) => pool.allocate(owner));
      for (const index of [0, 2, 1]) pool.free(blocks[index]);
      assert.deepEqual([...pool.freeList()], expected);
    });
  }

  it("says why an address cannot be freed, and frees nothing then", () => {
    const pool = makePool();
    const first = pool.allocate(1);
    assert.deepEqual(pool.whyNotFree(first), { reason: "none" });
    assert.deepEqual(pool.whyNotFree(first + 7), { reason: "interior", payload: first, offset: 7 });
    for (const address of [0, 0xffff, 0x10000 + 640, -1, Number.NaN, Infinity]) {
      assert.deepEqual(pool.whyNotFree(address), { reason: "outside" });
      assert.equal(pool.free(address), false);
    }
    assert.equal(pool.free(first + 7), false);
    assert.equal(pool.free(first), true);
    assert.deepEqual(pool.whyNotFree(first), { reason: "double-free" });
    assert.equal(pool.free(first), false);
    assert.equal(pool.stats().deallocations, 1);
  });

  for (const [blockSize, width] of [
    [64, 8],
    [8, 8],
    [7, 4],
    [4, 4],
    [3, 0],
    [1, 0],
  ] as const) {
    it(`writes links of ${width} bytes into free blocks of ${blockSize}`, () => {
      const pool = makePool({ blockSize, count: 3, base: 0x1_0000_0000 });
      assert.equal(pool.linkWidth, width);
      if (width > 0) {
        const mask = width === 4 ? 2 ** 32 : 2 ** 53;
        assert.equal(pool.bytes!.getInteger(pool.base, width), (pool.base + blockSize) % mask);
        assert.equal(pool.bytes!.getInteger(pool.base + 2 * blockSize, width), 0);
      } else {
        assert.equal(pool.bytes!.firstUndefined(pool.base, blockSize * 3), pool.base);
      }
      assert.deepEqual(pool.linkDamage(pool.base, pool.end), []);
    });
  }

  it("knows whether every block is aligned", () => {
    const isAligned = (base: number, blockSize: number, count: number): boolean =>
      makePool({ base, blockSize, count }).isAligned(16);
    assert.equal(isAligned(0x1000, 32, 3), true);
    assert.equal(isAligned(0x1000, 24, 3), false);
    // Of a single block, only the beginning counts.
    assert.equal(isAligned(0x1000, 24, 1), true);
    assert.equal(isAligned(0x1008, 24, 1), false);
    assert.equal(isAligned(0x1008, 32, 3), false);
  });

  it("finds the free block whose link was written over, and still hands out the right blocks", () => {
    const pool = makePool();
    const first = pool.allocate(1);
    pool.bytes!.fill(first, 72, 0x41);
    const damage = pool.linkDamage(first, first + 72);
    assert.equal(damage.length, 1);
    assert.deepEqual(
      { address: damage[0].address, expected: damage[0].expected, index: damage[0].index },
      { address: first + 64, expected: first + 128, index: 1 },
    );
    assert.deepEqual(pool.checkInvariants(), []);
    assert.equal(pool.allocate(2), first + 64);
    assert.equal(pool.allocate(3), first + 128);
  });

  it("gives fresh blocks whose bytes count as never written", () => {
    const pool = makePool();
    const first = pool.allocate(1);
    assert.equal(pool.bytes!.firstUndefined(first, 64), first);
  });

  it("resets to the first order and tells how many blocks were used", () => {
    const pool = makePool({ count: 4, order: "fifo" });
    const blocks = [1, 2, 3].map((owner) => pool.allocate(owner));
    pool.free(blocks[1]);
    pool.log.clear();
    assert.equal(pool.reset(), 2);
    assert.deepEqual(pool.log.toArray(), [{ kind: "pool-reset", used: 2 }]);
    assert.deepEqual([...pool.freeList()], [0, 1, 2, 3]);
    assert.equal(pool.stats().peakUsed, 3);
    assert.deepEqual(pool.checkInvariants(), []);
  });

  it("tells its events and its blocks", () => {
    const pool = makePool({ count: 2 });
    const address = pool.allocate(7);
    pool.free(address);
    assert.deepEqual(pool.log.toArray(), [
      { kind: "pool-allocate", addr: address, index: 0 },
      { kind: "pool-free", addr: address, index: 0 },
    ]);
    pool.allocate(8);
    const states = [...pool.blocks()].map(({ index, state, owner }) => ({ index, state, owner }));
    assert.deepEqual(states, [
      { index: 0, state: "used", owner: 8 },
      { index: 1, state: "free", owner: -1 },
    ]);
    assert.deepEqual([...pool.blocks(pool.base + 70)].length, 1);
    assert.deepEqual([...pool.blocks(pool.end)], []);
    assert.equal(pool.blockAt(pool.end), undefined);
    assert.equal(pool.blockAt(pool.base + 65)!.index, 1);
  });

  it("works without simulated bytes and with no block at all", () => {
    const pool = makePool({ bytes: false, count: 0 });
    assert.equal(pool.bytes, null);
    assert.equal(pool.allocate(0), -1);
    assert.deepEqual(pool.checkInvariants(), []);
    assert.deepEqual(pool.linkDamage(0, 1e6), []);
  });

  const operation = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant("allocate" as const) }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("free" as const), pick: fc.nat(400) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("snapshot" as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("restore" as const) }) },
  );

  it("agrees with a naive list on random operations", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("lifo" as const, "fifo" as const),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(operation, { maxLength: 60 }),
        (order, blockSize, count, operations) => {
          const pool = makePool({ order, blockSize, count });
          let model = { free: Array.from({ length: count }, (_, index) => index), used: new Map<number, number>() };
          let saved = { model: structuredClone(model), snapshot: pool.snapshot() };
          operations.forEach((step, owner) => {
            if (step.kind === "allocate") {
              const index = model.free.shift();
              if (index !== undefined) model.used.set(index, owner);
              assert.equal(pool.allocate(owner), index === undefined ? -1 : 0x10000 + index * blockSize);
            } else if (step.kind === "free") {
              const offset = step.pick % (count * blockSize + 2);
              const index = offset / blockSize;
              const accepted = model.used.delete(index);
              if (accepted && order === "lifo") model.free.unshift(index);
              else if (accepted) model.free.push(index);
              assert.equal(pool.whyNotFree(0x10000 + offset).reason === "none", accepted);
              assert.equal(pool.free(0x10000 + offset), accepted);
            } else if (step.kind === "reset") {
              assert.equal(pool.reset(), model.used.size);
              model = { free: Array.from({ length: count }, (_, index) => index), used: new Map() };
            } else if (step.kind === "snapshot") {
              saved = { model: structuredClone(model), snapshot: pool.snapshot() };
            } else {
              model = structuredClone(saved.model);
              pool.restore(saved.snapshot);
            }
            assert.deepEqual(pool.checkInvariants(), []);
            assert.deepEqual(pool.linkDamage(pool.base, pool.end), []);
            assert.deepEqual([...pool.freeList()], model.free);
            const used = [...pool.blocks()].filter((block) => block.state === "used");
            assert.deepEqual(new Map(used.map((block) => [block.index, block.owner])), new Map([...model.used].sort()));
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
