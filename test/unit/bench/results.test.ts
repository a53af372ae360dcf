import { deepEqual, equal } from "node:assert/strict";
import { judge, type Ratio, resultsOf } from "../../bench/results";

function ratio(least: number, median: number, most: number, better: Ratio["better"] = "more"): Ratio {
  return { least, median, most, better };
}

describe("bench results", () => {
  it("keep ratios, not times", () => {
    const measured = { median: 2, least: 1, most: 3 };
    const results = resultsOf([
      { what: "a : b", sense: "at most", bound: 3, measured },
      { what: "seek", sense: "at most", bound: 3, measured, unit: "ms" },
    ]);
    deepEqual(results, { "a : b": { ...measured, better: "less" } });
  });

  it("are worse or better only beyond both ranges and a fifth of the median", () => {
    equal(judge(ratio(9, 10, 11), ratio(6, 7, 8)), "WORSE");
    equal(judge(ratio(9, 10, 11), ratio(6, 7, 9)), "");
    equal(judge(ratio(10, 10, 10), ratio(8.5, 8.5, 8.5)), "");
    equal(judge(ratio(9, 10, 11), ratio(13, 14, 15)), "better");
    equal(judge(ratio(9, 10, 11, "less"), ratio(13, 14, 15, "less")), "WORSE");
    equal(judge(ratio(9, 10, 11, "less"), ratio(6, 7, 8, "less")), "better");
  });
});
