import assert from "node:assert/strict";
import { DifferenceFinder } from "../../../../src/machine/compare/DifferenceFinder";
import { noValue, refused, ResultLog } from "../../../../src/machine/compare/ResultLog";

type Step = readonly [value: number, line: number, outcome: number];

const words = ["", "leak", "double-free"];

function parting(base: readonly Step[], run: readonly Step[]) {
  const log = new ResultLog();
  for (const step of base) log.push(...step);
  const finder = new DifferenceFinder(log, (outcome) => words[outcome]);
  for (const step of run) {
    const found = finder.note(...step);
    if (found !== null) return found;
  }
  return finder.finish();
}

describe("The first difference of two runs", () => {
  const same: Step = [0x1000, 3, 0];
  const cases: [string, readonly Step[], readonly Step[], object | null][] = [
    ["equal runs have none", [same, [noValue, 4, 1]], [same, [noValue, 4, 1]], null],
    ["empty runs have none", [], [], null],
    [
      "an address",
      [same, [0x20, 5, 0]],
      [same, [0x30, 5, 0]],
      { step: 2, line: 5, baseResult: "0x20", result: "0x30" },
    ],
    ["a refusal", [[0, 0, 0]], [[refused, 0, 1]], { step: 1, line: 0, baseResult: "0x0", result: "refused (leak)" }],
    [
      "problems",
      [[noValue, 0, 0]],
      [[noValue, 0, 2]],
      { step: 1, line: 0, baseResult: "no problem", result: "double-free" },
    ],
    [
      "another line",
      [[noValue, 1, 0]],
      [[noValue, 8, 0]],
      { step: 1, line: 8, baseResult: "line 2: no problem", result: "no problem" },
    ],
    [
      "a run that goes on longer",
      [same],
      [same, [0x40, 6, 0]],
      { step: 2, line: 6, baseResult: "the run is over", result: "0x40" },
    ],
    [
      "a run that ends earlier",
      [same, [0x40, 6, 0]],
      [same],
      { step: 2, line: 6, baseResult: "0x40", result: "the run is over" },
    ],
  ];
  for (const [what, base, run, expected] of cases) {
    it(what, () => assert.deepEqual(parting(base, run), expected));
  }

  it("counts on over forgotten steps", () => {
    const log = new ResultLog();
    for (let step = 1; step <= 1000; step++) log.push(step, step, 0);
    log.clear();
    log.push(7, 70, 1);
    assert.deepEqual([log.last, log.has(1000), log.has(1001), log.has(1002)], [1001, false, true, false]);
    assert.deepEqual([log.valueAt(1001), log.lineAt(1001), log.outcomeAt(1001)], [7, 70, 1]);
  });
});
