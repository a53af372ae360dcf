import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteStore } from "../../../../src/engine/bytes/ByteStore";
import { EventLog } from "../../../../src/engine/events";
import type { PoolOptions } from "../../../../src/engine/pool/contract";
import { Pool } from "../../../../src/engine/pool/Pool";
import { NaivePool } from "./naivePool";

const operation = fc.tuple(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant("allocate" as const) },
    { weight: 5, arbitrary: fc.constant("free" as const) },
    { weight: 1, arbitrary: fc.constant("freeAnywhere" as const) },
    { weight: 3, arbitrary: fc.constant("scribble" as const) },
    { weight: 1, arbitrary: fc.constant("reset" as const) },
    { weight: 1, arbitrary: fc.constant("relocate" as const) },
    { weight: 1, arbitrary: fc.constant("restore" as const) },
  ),
  fc.nat(4000),
);

const shape = fc.record({
  order: fc.constantFrom("lifo" as const, "fifo" as const),
  blockSize: fc.integer({ min: 1, max: 40 }),
  count: fc.integer({ min: 1, max: 6 }),
  align: fc.constantFrom(1, 2, 8, 16, 64),
  redzone: fc.constantFrom(0, 0, 1, 7, 16, 33),
  zeroed: fc.boolean(),
});

/** The same operations on the pool and on the model, compared after each. */
function runBoth(options: PoolOptions, operations: readonly (readonly [string, number])[]): void {
  const pool = new Pool(options, new EventLog());
  const naive = new NaivePool(options);
  const bytes = pool.bytes!;
  operations.forEach(([name, pick], owner) => {
    const used = [...naive.used.keys()];
    if (name === "allocate") {
      const address = pool.allocate(owner);
      assert.equal(address, naive.allocate(owner));
      if (address !== -1) {
        assert.equal(bytes.firstUndefined(address, options.blockSize), options.zeroed ? -1 : address);
        if (options.zeroed) assert.ok(bytes.read(address, options.blockSize).every((byte) => byte === 0));
      }
    } else if (name === "free" && used.length > 0) {
      const address = naive.addressOf(used[pick % used.length]);
      assert.deepEqual(pool.whyNotFree(address), { reason: "none" });
      assert.equal(pool.free(address), naive.release(address));
      assert.deepEqual(pool.whyNotFree(address), { reason: "double-free" });
    } else if (name === "freeAnywhere") {
      const address = naive.base + (pick % (pool.end - pool.base + 20));
      const why = pool.whyNotFree(address).reason;
      assert.equal(naive.release(address), why === "none");
      assert.equal(pool.free(address), why === "none");
    } else if (name === "scribble") {
      const zones = naive.zoneBytes();
      if (zones.length === 0) return;
      const address = zones[pick % zones.length];
      bytes.set(address, pick % 256);
      naive.scribble(address, pick % 256);
    } else if (name === "reset") {
      assert.equal(pool.reset(), naive.reset());
    } else if (name === "relocate" && options.store !== undefined) {
      // Compaction below a carved pool carries its bytes along.
      const distance = ((pick % 3) - 1) * 64;
      bytes.copy(pool.base + distance, pool.base, pool.end - pool.base);
      pool.relocate(distance);
      naive.relocate(distance);
    } else if (name === "restore") {
      // Whatever happens after the snapshot must leave no trace; bytes that another region has are in its picture.
      const saved = [pool.snapshot(), bytes.snapshot()] as const;
      for (let count = 0; count < 5; count++) pool.allocate(-2);
      for (const index of used.slice(0, 3)) pool.free(naive.addressOf(index));
      pool.restore(saved[0]);
      bytes.restore(saved[1]);
    }
    assert.deepEqual(pool.checkInvariants(), []);
    assert.deepEqual(pool.linkDamage(pool.base, pool.end), []);
    assert.deepEqual([...pool.freeList()], naive.free);
    const states = [...pool.blocks()].map((block) => [block.address, block.state === "used" ? block.owner : -1]);
    const expected = states.map((_, index) => [naive.addressOf(index), naive.used.get(index) ?? -1]);
    assert.deepEqual(states, expected);
    assert.equal(pool.count, naive.count);
    assert.deepEqual(
      pool
        .zoneDamage(pool.base, pool.end)
        .map(({ block, zone, address, length }) => [block.index, zone, address, length]),
      naive.damage(),
    );
  });
}

describe("Pool against the naive model", () => {
  const operations = fc.array(operation, { minLength: 1, maxLength: 60, size: "max" });
  const base = { name: "p", base: 0x1_0000, bytes: true };

  it("grows, aligns and keeps red zones", () => {
    const growth = fc.record({ grow: fc.nat(4), more: fc.nat(9) });
    fc.assert(
      fc.property(shape, growth, operations, (options, { grow, more }, ops) => {
        runBoth({ ...base, ...options, grow, max: options.count + more }, ops);
      }),
      { numRuns: 250, seed: 31 },
    );
  });

  it("lives in the bytes of another region, and moves with them", () => {
    fc.assert(
      fc.property(shape, operations, (options, ops) => {
        const store = new ByteStore();
        store.fill(base.base - 4096, 16384, 0x5a);
        runBoth({ ...base, ...options, grow: 0, max: options.count, store }, ops);
      }),
      { numRuns: 150, seed: 32 },
    );
  });
});
