import assert from "node:assert/strict";
import fc from "fast-check";
import { holding, panned, zoomedSteps, type StepRange } from "../../../webview/timeline/range";

describe("The part of the run that the timeline shows", () => {
  it("stays inside the run whatever is done", () => {
    const action = fc.oneof(
      fc.record({
        kind: fc.constant("zoom" as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        by: fc.constantFrom(2, 1.25, 0.8, 0.5),
      }),
      fc.record({
        kind: fc.constant("pan" as const),
        at: fc.double({ min: -2, max: 2, noNaN: true }),
        by: fc.constant(1),
      }),
      fc.record({
        kind: fc.constant("hold" as const),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        by: fc.constant(1),
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.array(action, { maxLength: 40 }), (last, actions) => {
        let range: StepRange = null;
        for (const { kind, at, by } of actions) {
          if (kind === "zoom") range = zoomedSteps(range, last, at * last, by);
          else range = kind === "pan" ? panned(range, last, at) : holding(range, last, at * last);
          if (range === null) continue;
          assert.ok(0 <= range.from && range.from < range.to && range.to <= last + 1e-6);
          if (kind === "hold") assert.ok(range.from - 1e-6 <= at * last && at * last <= range.to + 1e-6);
        }
      }),
    );
  });

  it("keeps the step under the mouse where it is", () => {
    assert.deepEqual(zoomedSteps(null, 100, 50, 1 / 2), { from: 25, to: 75 });
    assert.deepEqual(zoomedSteps({ from: 20, to: 60 }, 100, 30, 1 / 2), { from: 25, to: 45 });
    assert.equal(zoomedSteps({ from: 25, to: 75 }, 100, 50, 2), null);
  });

  it("shows no less than a few steps", () => {
    assert.deepEqual(zoomedSteps({ from: 10, to: 14 }, 100, 12, 1 / 2), { from: 10, to: 14 });
  });
});
