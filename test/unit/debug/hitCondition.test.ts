import assert from "node:assert/strict";
import { HitCounter, parseHitCondition } from "../../../src/debug/breakpoints/hitCondition";

const firstHits = [1, 2, 3, 4, 5, 6];

describe("hit conditions", () => {
  const cases: [string, number[]][] = [
    ["3", [3]],
    ["==3", [3]],
    ["= 3", [3]],
    [" > 4 ", [5, 6]],
    [">=4", [4, 5, 6]],
    ["<3", [1, 2]],
    ["<=3", [1, 2, 3]],
    ["!=2", [1, 3, 4, 5, 6]],
    ["%2", [2, 4, 6]],
    ["%1", firstHits],
  ];
  for (const [text, stops] of cases) {
    it(`${text} stops at ${stops.join(" ")}`, () => {
      const condition = parseHitCondition(text);
      assert.ok(typeof condition === "function");
      assert.deepEqual(firstHits.filter(condition), stops);
    });
  }

  for (const text of ["", "x", ">", "-1", "1.5", "%0", "=>3", "9".repeat(16)]) {
    it(`refuses '${text}' with a sentence`, () => {
      const condition = parseHitCondition(text);
      assert.ok("error" in condition && condition.error.length > 10);
    });
  }
});

describe("hit counter", () => {
  it("counts a position once, whichever way it is reached", () => {
    const counter = new HitCounter();
    assert.deepEqual(
      [4, 9, 20, 9, 4, 20, 30].map((position) => counter.arrive(position)),
      [1, 2, 3, 2, 1, 3, 4],
    );
  });

  it("counts arrivals found on the way back at their place", () => {
    const counter = new HitCounter();
    assert.deepEqual(
      [20, 10, 20].map((position) => counter.arrive(position)),
      [1, 1, 2],
    );
  });
});
