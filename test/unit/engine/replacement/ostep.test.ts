import * as assert from "node:assert/strict";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import type { ReplacementName } from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { PageCache } from "../../../../src/engine/replacement/PageCache";
import { describeAccess, drawAddresses, ours, simulate, type OstepPolicy } from "./ostepSimulator";

/** The same by ours. The lists of OPT and UNOPT, which we keep by next use, are compared in order of the page numbers. */
function run(policy: OstepPolicy, addresses: readonly number[], frames: number, random: MersenneTwister): string[] {
  const cache = new PageCache(frames, ours[policy], { random, future: new Future(addresses) });
  return addresses.map((page) => {
    const hit = cache.reference(page, false);
    const memory = cache.view().lists[0].frames.map((frame) => cache.pageOf(frame));
    return describeAccess(hit, policy === "OPT" || policy === "UNOPT" ? memory.sort() : memory, cache.evicted);
  });
}

function countMisses(name: ReplacementName, pages: readonly number[], frames: number): number {
  const cache = new PageCache(frames, name, { future: new Future(pages) });
  cache.run(Uint32Array.from(pages));
  return cache.stats.faults;
}

describe("OSTEP's replacement simulator", () => {
  for (const policy of Object.keys(ours) as OstepPolicy[])
    it(`makes every access of ${policy} alike`, () => {
      for (const [seed, frames] of [3, 8, 1, 19].entries()) {
        const theirs = new MersenneTwister(seed);
        const mine = new MersenneTwister(seed);
        const addresses = drawAddresses(theirs, 400, 20);
        assert.deepEqual(drawAddresses(mine, 400, 20), addresses);
        const expected = simulate(policy, addresses, frames, () => theirs.next());
        assert.deepEqual(run(policy, addresses, frames, mine), expected);
      }
    });

  it("misses as often as the original on a thousand random references to twenty pages", () => {
    const addresses = drawAddresses(new MersenneTwister(7), 1000, 20);
    const misses = (name: ReplacementName): number[] => [3, 8].map((frames) => countMisses(name, addresses, frames));
    assert.deepEqual(misses("fifo"), [837, 589]);
    assert.deepEqual(misses("lru"), [839, 600]);
    assert.deepEqual(misses("opt"), [645, 329]);
  });
});

describe("textbook reference strings", () => {
  it("fault 15, 12 and 9 times under FIFO, LRU and OPT with three frames", () => {
    const pages = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
    const names = ["fifo", "lru", "opt"] as const;
    assert.deepEqual(
      names.map((name) => countMisses(name, pages, 3)),
      [15, 12, 9],
    );
  });

  it("fault more often with four frames than with three under FIFO: Belady's anomaly", () => {
    const pages = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    assert.deepEqual(
      [3, 4].map((frames) => countMisses("fifo", pages, frames)),
      [9, 10],
    );
  });
});
