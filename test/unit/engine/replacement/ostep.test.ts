import * as assert from "node:assert/strict";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import type { ReplacementName } from "../../../../src/engine/replacement/contract";
import { Future } from "../../../../src/engine/replacement/Future";
import { PageCache } from "../../../../src/engine/replacement/PageCache";

type OstepPolicy = "FIFO" | "LRU" | "MRU" | "OPT" | "UNOPT" | "RAND" | "CLOCK";

const ours: Record<OstepPolicy, ReplacementName> = {
  FIFO: "fifo",
  LRU: "lru",
  MRU: "mru",
  OPT: "opt",
  UNOPT: "unopt",
  RAND: "random",
  CLOCK: "random-clock",
};

/** The policy simulator of OSTEP, restated from its description: for each access the memory, the victim and the result. */
function simulate(policy: OstepPolicy, addresses: readonly number[], cache: number, random: () => number): string[] {
  const memory: number[] = [];
  const chances = new Map<number, number>();
  const draw = (): number => memory[Math.floor(random() * memory.length)];
  return addresses.map((page, time) => {
    const nextUse = (other: number): number => {
      const use = addresses.indexOf(other, time + 1);
      return use === -1 ? addresses.length : use;
    };
    const hit = memory.includes(page);
    let victim = -1;
    if (!hit && memory.length === cache) {
      victim = memory[0];
      if (policy === "MRU") victim = memory[memory.length - 1];
      if (policy === "RAND") victim = draw();
      if (policy === "OPT") for (const other of memory) if (nextUse(other) >= nextUse(victim)) victim = other;
      if (policy === "UNOPT") for (const other of memory) if (nextUse(other) < nextUse(victim)) victim = other;
      if (policy === "CLOCK")
        for (victim = draw(); chances.get(victim)! >= 1; victim = draw()) chances.set(victim, chances.get(victim)! - 1);
      memory.splice(memory.indexOf(victim), 1);
      chances.delete(victim);
    }
    if (hit && (policy === "LRU" || policy === "MRU")) memory.splice(memory.indexOf(page), 1);
    if (!memory.includes(page)) memory.push(page);
    chances.set(page, hit ? Math.min(2, chances.get(page)! + 1) : 1);
    return describeAccess(hit, policy === "OPT" || policy === "UNOPT" ? [...memory].sort() : memory, victim);
  });
}

function describeAccess(hit: boolean, memory: readonly number[], victim: number): string {
  return `${hit ? "HIT" : "MISS"} [${memory.join(", ")}] Replaced:${victim}`;
}

/** The same by ours. The lists of OPT and UNOPT, which we keep by next use, are compared in order of the page numbers. */
function run(policy: OstepPolicy, addresses: readonly number[], frames: number, random: MersenneTwister): string[] {
  const cache = new PageCache(frames, ours[policy], { random, future: new Future(addresses) });
  return addresses.map((page) => {
    const hit = cache.reference(page, false);
    const memory = cache.view().lists[0].frames.map((frame) => cache.pageOf(frame));
    return describeAccess(hit, policy === "OPT" || policy === "UNOPT" ? memory.sort() : memory, cache.evicted);
  });
}

/** Addresses are drawn first; RAND and CLOCK go on in the same stream. */
function drawAddresses(random: MersenneTwister, count: number, pages: number): number[] {
  return Array.from({ length: count }, () => random.below(pages));
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
