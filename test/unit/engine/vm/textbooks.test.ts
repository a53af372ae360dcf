import * as assert from "node:assert/strict";
import { EventLog } from "../../../../src/engine/events";
import {
  type ReplacementName,
  createPolicy,
  defaultReplacementOptions,
} from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { MersenneTwister } from "../../../../src/engine/replacement/MersenneTwister";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";
import { drawAddresses, ours, simulate, type OstepPolicy } from "../replacement/ostepSimulator";

function makeMemory(name: ReplacementName, frames: number, random: MersenneTwister, future: Future): VirtualMemory {
  const options = virtualMemoryOptions({ pageSize: 16, frames, pages: 64, demand: true });
  const defaults = defaultReplacementOptions(frames);
  return new VirtualMemory(options, new EventLog(), (pager) =>
    createPolicy(name, pager, { ...defaults, random, future }),
  );
}

function countFaults(name: ReplacementName, frames: number, pages: readonly number[]): number {
  const memory = makeMemory(name, frames, new MersenneTwister(0), new Future(pages));
  for (const page of pages) memory.access(page * 16, "read");
  assert.deepEqual(memory.checkInvariants(), []);
  return memory.stats().faults;
}

describe("textbook reference strings through virtual memory", () => {
  it("Silberschatz: FIFO 15, LRU 12 and OPT 9 faults with three frames", () => {
    const pages = [7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];
    const faults = (["fifo", "lru", "opt"] as const).map((name) => countFaults(name, 3, pages));
    assert.deepEqual(faults, [15, 12, 9]);
  });

  it("Belady: FIFO faults more often with four frames than with three", () => {
    const pages = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
    assert.deepEqual([countFaults("fifo", 3, pages), countFaults("fifo", 4, pages)], [9, 10]);
    assert.ok(countFaults("lru", 4, pages) <= countFaults("lru", 3, pages));
  });

  it("OSTEP: the misses of a thousand random references to twenty pages", () => {
    const addresses = drawAddresses(new MersenneTwister(7), 1000, 20);
    const misses = (name: ReplacementName): number[] => [3, 8].map((frames) => countFaults(name, frames, addresses));
    assert.deepEqual(misses("fifo"), [837, 589]);
    assert.deepEqual(misses("lru"), [839, 600]);
    assert.deepEqual(misses("opt"), [645, 329]);
  });

  for (const policy of Object.keys(ours) as OstepPolicy[])
    it(`OSTEP: every access of ${policy}, its victim included`, () => {
      for (const [seed, frames] of [3, 8, 1, 19].entries()) {
        const theirs = new MersenneTwister(seed);
        const mine = new MersenneTwister(seed);
        const addresses = drawAddresses(theirs, 400, 20);
        drawAddresses(mine, 400, 20);
        const expected = simulate(policy, addresses, frames, () => theirs.next());
        const memory = makeMemory(ours[policy], frames, mine, new Future(addresses));
        addresses.forEach((page, index) => {
          const outcome = memory.access(page * 16, index % 3 === 0 ? "write" : "read");
          assert.ok(outcome.reason === "none");
          const text = `${outcome.faulted ? "MISS" : "HIT"} Replaced:${outcome.evicted ?? -1}`;
          assert.equal(text, expected[index].replace(/\[.*\] /, ""));
        });
      }
    });
});
