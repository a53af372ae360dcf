import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { beladyAnomaly, fifoCurve } from "../../../../src/engine/replacement/curves/fifoCurve";
import { lruCurve } from "../../../../src/engine/replacement/curves/lruCurve";
import { optCurve } from "../../../../src/engine/replacement/curves/optCurve";
import { WorkingSetCurve } from "../../../../src/engine/replacement/curves/workingSet";
import type { ReplacementName } from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { PageCache } from "../../../../src/engine/replacement/PageCache";

const streams = fc.array(fc.oneof(fc.nat(4), fc.nat(20), fc.constant(2 ** 40)), { maxLength: 150 });

function faultsOf(name: ReplacementName, pages: readonly number[], frames: number, window = 1): number {
  const cache = new PageCache(frames, name, { window, future: new Future(pages) });
  cache.run(Float64Array.from(pages));
  return cache.stats.faults;
}

/** Sizes of the sets of the last `window` references, after each reference. */
function naiveSizes(pages: readonly number[], window: number): number[] {
  return pages.map((_, time) => new Set(pages.slice(Math.max(0, time - window + 1), time + 1)).size);
}

describe("miss curves", () => {
  it("of LRU have the faults that runs in each size have", () => {
    fc.assert(
      fc.property(streams, (pages) => {
        const curve = lruCurve(pages);
        assert.equal(curve.frames, new Set(pages).size);
        assert.equal(curve.faults(0), pages.length);
        for (let frames = 1; frames <= 25; frames++) assert.equal(curve.faults(frames), faultsOf("lru", pages, frames));
      }),
    );
  });

  it("of LRU do so for thousands of pages, whose slots run out", () => {
    const generator = new MersenneTwister(5);
    const pages = Array.from({ length: 60_000 }, () => Math.floor(3000 * generator.next() ** 3));
    const curve = lruCurve(pages);
    for (const frames of [1, 10, 100, 1000, 3000]) assert.equal(curve.faults(frames), faultsOf("lru", pages, frames));
  });

  it("of the optimal policy have the faults that runs in each size have", () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 25 }), (pages, most) => {
        const curve = optCurve(pages, most);
        for (let frames = 1; frames <= most; frames++)
          assert.equal(curve.faults(frames), faultsOf("opt", pages, frames));
      }),
    );
  });

  it("of FIFO show Belady's anomaly where there is one", () => {
    const sizes = [1, 2, 3, 4, 5];
    const faults = fifoCurve(Uint32Array.of(1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5), sizes);
    assert.deepEqual(faults, [12, 12, 9, 10, 5]);
    assert.deepEqual(beladyAnomaly(sizes, faults), [3, 4]);
    assert.equal(beladyAnomaly(sizes, [12, 12, 10, 9, 5]), null);
  });
});

describe("working sets", () => {
  it("have the sizes of the sets of last references", () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 160 }), (pages, window) => {
        const sizes = naiveSizes(pages, window);
        const curve = new WorkingSetCurve(pages);
        assert.equal(curve.pages, new Set(pages).size);
        const sum = sizes.reduce((total, size) => total + size, 0);
        assert.equal(curve.meanSize(window), pages.length === 0 ? 0 : sum / pages.length);
      }),
    );
  });

  it("fault as the policy does in a memory that holds them", () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 40 }), (pages, window) => {
        assert.equal(new WorkingSetCurve(pages).faults(window), faultsOf("working-set", pages, 40, window));
      }),
    );
  });

  it("tell the intervals between the uses of a page", () => {
    const { intervals } = new WorkingSetCurve([1, 2, 1, 1, 3, 2]);
    assert.deepEqual([...intervals], [3, 1, 1, 0, 1, 0, 0]);
  });
});
