import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { replacementPolicies } from "../../../../src/engine/replacement/createPolicy";
import { Future } from "../../../../src/engine/replacement/Future";
import { operations, Pair, type Setup } from "./pagingHarness";

const buffer = fc.record({
  entries: fc.constantFrom(1, 2, 4),
  ways: fc.constantFrom(1, 2, 4),
  policy: fc.constantFrom("lru" as const, "fifo" as const),
  tagged: fc.boolean(),
  coherent: fc.constant(true),
  seed: fc.constant(1),
});

const common = {
  frames: fc.integer({ min: 1, max: 8 }),
  allocation: fc.constantFrom("global" as const, "local" as const),
  swapSlots: fc.constantFrom(0, 1, 2, 4, Infinity, Infinity),
  poolBytes: fc.constantFrom(0, 0, 3, 6),
  tlb: fc.option(buffer.map((options) => ({ ...options, ways: Math.min(options.ways, options.entries) }))),
  window: fc.integer({ min: 1, max: 6 }),
  touches: fc.boolean(),
};

function agree(setups: fc.Arbitrary<Setup>, numRuns: number): void {
  fc.assert(
    fc.property(setups, operations, (setup, steps) => {
      const pair = new Pair(setup);
      for (const step of steps) pair.apply(step);
    }),
    { numRuns },
  );
}

describe("paging against naive arrays", () => {
  it("agrees without replacement, on demand or by hand", () => {
    const demand = fc.boolean();
    agree(
      fc.record({ ...common, levels: fc.constant(1), policy: fc.constant(null), naive: fc.constant(true), demand }),
      200,
    );
  });

  for (const policy of ["fifo", "lru", "clock"] as const) {
    it(`agrees with ${policy} restated over arrays, in tables of one to three levels`, () => {
      const levels = fc.integer({ min: 1, max: 3 });
      const demand = fc.constantFrom(true, true, true, false);
      agree(fc.record({ ...common, levels, policy: fc.constant(policy), naive: fc.constant(true), demand }), 120);
    });
  }

  for (const policy of replacementPolicies.filter((name) => name !== "opt" && name !== "unopt")) {
    it(`tells ${policy} of every page in time`, () => {
      const levels = fc.integer({ min: 1, max: 3 });
      const demand = fc.constant(true);
      agree(fc.record({ ...common, levels, policy: fc.constant(policy), naive: fc.constant(false), demand }), 60);
    });
  }

  for (const policy of ["opt", "unopt"] as const) {
    it(`lets ${policy} look ahead at the references of all processes`, () => {
      const setup: Setup = {
        ...{ frames: 4, levels: 1, policy, naive: false, demand: true, allocation: "global" },
        ...{ swapSlots: Infinity, poolBytes: 0, tlb: null, window: 1, touches: false },
      };
      fc.assert(
        fc.property(operations, (steps) => {
          // What these do depends on the frames, and so on the policy: the references would not be those looked at.
          const same = steps.filter(({ kind }) => !["mapTo", "save", "restore"].includes(kind));
          const first = new Pair(setup);
          const references: number[] = [];
          first.memory.recorder = references;
          for (const step of same) first.apply(step);
          const second = new Pair(setup, new Future(references));
          const again: number[] = [];
          second.memory.recorder = again;
          for (const step of same) second.apply(step);
          assert.deepEqual(again, references);
        }),
        { numRuns: 120 },
      );
    });
  }
});
