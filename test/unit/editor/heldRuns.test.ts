import assert from "node:assert/strict";
import fc from "fast-check";
import { runsToGiveUp, type HeldRun } from "../../../src/editor/runs/heldRuns";

const run = (bytes: number, usedAt: number, isVisible = false): HeldRun => ({ bytes, usedAt, isVisible });

describe("the runs of all open scripts", () => {
  it("are given up from the one used longest ago on", () => {
    const runs = [run(40, 1), run(40, 2), run(40, 3)];
    assert.deepEqual(runsToGiveUp(runs, 100), [runs[0]]);
    assert.deepEqual(runsToGiveUp(runs, 120), []);
  });

  it("stay while their scripts are visible, and the one used last stays", () => {
    const runs = [run(400, 1, true), run(40, 2), run(900, 3), run(40, 4, true)];
    assert.deepEqual(runsToGiveUp(runs, 100), [runs[2], runs[1]]);
    assert.deepEqual(runsToGiveUp([run(900, 5)], 100), []);
  });

  it("keep within the budget, but for those that stay in any case", () => {
    const anyRun = fc.record({ bytes: fc.nat(500), usedAt: fc.nat(1000), isVisible: fc.boolean() });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRun, { selector: ({ usedAt }) => usedAt, maxLength: 20 }),
        fc.nat(2000),
        (runs, budget) => {
          const given = new Set(runsToGiveUp(runs, budget));
          const last = Math.max(0, ...runs.map(({ usedAt }) => usedAt));
          const kept = runs.filter((each) => !given.has(each));
          const free = kept.filter(({ isVisible, usedAt }) => !isVisible && usedAt !== last);
          const sum = kept.reduce((bytes, each) => bytes + each.bytes, 0);
          assert.ok(free.length === 0 || sum <= budget);
          assert.ok([...given].every(({ isVisible, usedAt }) => !isVisible && usedAt !== last));
        },
      ),
    );
  });
});
