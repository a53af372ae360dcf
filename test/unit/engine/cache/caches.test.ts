import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { CacheHierarchy } from "../../../../src/engine/cache/CacheHierarchy";
import {
  cacheAccess,
  cacheKinds,
  cachePolicies,
  cacheResultNames,
  type CacheOptions,
} from "../../../../src/engine/cache/contract";
import { whyNoCache, whyNotBelow, type CacheRefusal } from "../../../../src/engine/cache/geometry";
import { NaiveCaches } from "./naiveCaches";

const latencies = { memory: 100, disk: 10_000 };

function cache(options: Partial<CacheOptions> = {}): CacheOptions {
  return {
    name: "L1",
    size: 64,
    ways: 2,
    line: 8,
    policy: "lru",
    write: "back",
    allocate: true,
    kind: "unified",
    inclusive: false,
    countsWritebacks: false,
    latency: 4,
    ...options,
  };
}

/** Reads one byte at each address and says what each met in the first cache. */
function readEach(caches: CacheHierarchy, addresses: readonly number[]): string {
  const met = addresses.map((address) => {
    caches.access(address, 1, cacheAccess.read);
    return cacheResultNames[caches.results[0]];
  });
  return met.join(" ");
}

describe("one cache", () => {
  it("tells the three kinds of misses apart (Hill)", () => {
    // 4 lines of 8 bytes in 4 sets: 0 and 32 share a set though there is room for both.
    const caches = new CacheHierarchy([cache({ size: 32, ways: 1 })]);
    assert.equal(readEach(caches, [0, 32, 0, 32]), "compulsory compulsory conflict conflict");
    const full = new CacheHierarchy([cache({ size: 32, ways: 4 })]);
    assert.equal(
      readEach(full, [0, 8, 16, 24, 32, 0]),
      "compulsory compulsory compulsory compulsory compulsory capacity",
    );
  });

  it("evicts by each policy", () => {
    const order = [0, 8, 16, 24, 0, 32, 0, 8];
    const met = (policy: CacheOptions["policy"]): string =>
      readEach(new CacheHierarchy([cache({ size: 32, ways: 4, policy })]), order)
        .split(" ")
        .slice(4)
        .join(" ");
    assert.equal(met("lru"), "hit compulsory hit capacity");
    // The use of 0 does not save it from being first out; what LRU would have kept makes it a conflict miss.
    assert.equal(met("fifo"), "hit compulsory conflict capacity");
    // Fills 0 1 2 3 and the use of 0 leave the tree at the right half, whose older way is 2 (address 16).
    assert.equal(met("tree-plru"), "hit compulsory hit hit");
  });

  it("counts one miss at most for an access over two lines, and a modify as one read", () => {
    const caches = new CacheHierarchy([cache(), cache({ name: "L2", size: 256 })]);
    caches.access(6, 4, cacheAccess.read);
    caches.access(6, 4, cacheAccess.read);
    caches.access(16, 8, cacheAccess.modify);
    const { accesses, misses, readMisses, hits } = caches.caches[0].stats();
    assert.deepEqual({ accesses, misses, readMisses, hits }, { accesses: 3, misses: 2, readMisses: 2, hits: 1 });
    assert.deepEqual(
      [...caches.caches[0].entries()].map(({ address, dirty }) => `${address}${dirty ? " dirty" : ""}`),
      ["0", "8", "16 dirty"],
    );
  });

  it("averages what each level costs", () => {
    const caches = new CacheHierarchy([cache(), cache({ name: "L2", size: 256, latency: 10 })]);
    caches.access(0, 4, cacheAccess.read);
    assert.equal(caches.lastCycles(latencies), 114);
    caches.access(0, 4, cacheAccess.read);
    assert.equal(caches.lastCycles(latencies), 4);
    caches.noteWalk(4);
    caches.notePageFault();
    const { amat, effectiveAccessTime } = caches.totals(latencies);
    assert.equal(amat, 59);
    assert.equal(effectiveAccessTime, (118 + 400 + 10_000) / 2);
  });

  it("says why a geometry cannot be", () => {
    assert.equal(whyNoCache(cache()), null);
    const wrong: readonly (readonly [Partial<CacheOptions>, CacheRefusal])[] = [
      [{ line: 24 }, { kind: "line-size", lineSize: 24 }],
      [{ size: 100 }, { kind: "lines", size: 100, lineSize: 8 }],
      [{ ways: 3 }, { kind: "sets", name: "L1", lines: 8, ways: 3 }],
      [
        { size: 96, ways: 2 },
        { kind: "set-count", size: 96, ways: 2, sets: 6 },
      ],
      [
        { size: 96, ways: 3, policy: "tree-plru" },
        { kind: "tree", ways: 3 },
      ],
      [{ inclusive: true, allocate: false }, { kind: "inclusive" }],
    ];
    for (const [options, refusal] of wrong) assert.deepEqual(whyNoCache(cache(options)), refusal);
    assert.deepEqual(whyNotBelow(cache({}), cache({ kind: "data" })), { kind: "split", upper: "L1" });
    assert.deepEqual(whyNotBelow(cache({ line: 16 }), cache({ line: 8 })), {
      kind: "shorter-lines",
      lineSize: 8,
      upper: "L1",
      upperLineSize: 16,
    });
  });
});

/** A cache of few small sets, so that everything happens soon. */
const anyCache = fc
  .record({
    sets: fc.constantFrom(1, 2, 4),
    ways: fc.constantFrom(1, 2, 3, 4),
    policy: fc.constantFrom(...cachePolicies),
    write: fc.constantFrom("back" as const, "back" as const, "through" as const),
    allocate: fc.constantFrom(true, true, false),
    kind: fc.constantFrom(...cacheKinds, "unified" as const),
    inclusive: fc.boolean(),
    countsWritebacks: fc.boolean(),
    latency: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ sets, ways, inclusive, policy, ...rest }) => ({
    ...rest,
    line: 8,
    ways,
    size: 8 * sets * ways,
    policy: ways === 3 && policy === "tree-plru" ? ("lru" as const) : policy,
    inclusive: inclusive && rest.allocate,
  }));

const hierarchies = fc
  .array(fc.tuple(anyCache, fc.constantFrom(1, 1, 2)), { minLength: 1, maxLength: 4 })
  .map((list) => {
    let line = 8;
    return list.map(([options, growth], index): CacheOptions => {
      line *= growth;
      return { ...options, name: `C${index}`, line, size: (options.size / 8) * line };
    });
  })
  .filter((list) =>
    list.every((lower, index) => list.slice(0, index).every((upper) => whyNotBelow(upper, lower) === null)),
  );

const references = fc.array(
  fc.record({
    address: fc.oneof(
      fc.nat(160),
      fc.nat(160),
      fc.nat(600).map((offset) => 2 ** 45 + offset),
    ),
    size: fc.constantFrom(1, 4, 8, 8, 40),
    kind: fc.constantFrom("read" as const, "read" as const, "write" as const, "execute" as const, "modify" as const),
  }),
  { maxLength: 120 },
);

describe("a hierarchy of caches", () => {
  it("does what a naive restatement does, and comes back from any snapshot", () => {
    fc.assert(
      fc.property(hierarchies, references, fc.nat(120), (options, list, cut) => {
        const caches = new CacheHierarchy(options);
        const naive = new NaiveCaches(options, latencies.memory);
        let saved = caches.save();
        list.forEach(({ address, size, kind }, index) => {
          if (index === cut) saved = caches.save();
          caches.access(address, size, cacheAccess[kind]);
          naive.access(address, size, kind);
          const met = caches.path.map((each, k) => `${each.options.name} ${cacheResultNames[caches.results[k]]}`);
          assert.deepEqual(
            met.filter((text) => !text.endsWith(" none")),
            naive.met,
          );
          assert.deepEqual(caches.checkInvariants(), []);
        });
        assert.deepEqual(picture(caches), naivePicture(naive));
        const end = picture(caches);
        caches.load(saved);
        assert.deepEqual(caches.checkInvariants(), []);
        for (const { address, size, kind } of list.slice(cut < list.length ? cut : 0)) {
          caches.access(address, size, cacheAccess[kind]);
        }
        assert.deepEqual(picture(caches), end);
      }),
      { numRuns: 300 },
    );
  });
});

function picture(caches: CacheHierarchy): object {
  const { accesses, misses, memoryReads, memoryWrites, cycles } = caches.totals(latencies);
  const each = caches.caches.map((level) => {
    const { missRatio, ...counts } = level.stats();
    assert.equal(missRatio, counts.accesses === 0 ? 0 : counts.misses / counts.accesses);
    const lines = [...level.entries()].map(({ address, dirty, set }) => `${set}: ${address} ${dirty}`);
    return { counts, lines: lines.sort() };
  });
  return { accesses, misses, memoryReads, memoryWrites, cycles, each };
}

function naivePicture(naive: NaiveCaches): object {
  const { accesses, misses, memoryReads, memoryWrites, cycles } = naive;
  const each = naive.caches.map(({ counts, sets, options }) => {
    const lines = sets.flatMap((set, index) =>
      set.map(({ number, dirty }) => `${index}: ${number * options.line} ${dirty}`),
    );
    return { counts, lines: lines.sort() };
  });
  return { accesses, misses, memoryReads, memoryWrites, cycles, each };
}
