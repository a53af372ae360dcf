import { deepEqual, equal } from "node:assert/strict";
import { showNumber, showSpread } from "../../bench/report";
import { interleave } from "../../bench/rounds";
import { geometricMean, median, quantile, spread } from "../../bench/statistics";

describe("bench report", () => {
  it("takes medians, quantiles and means", () => {
    equal(median([3, 1, 2]), 2);
    deepEqual([quantile([4, 1, 3, 2], 0.99), quantile([4, 1, 3, 2], 0)], [4, 1]);
    equal(Math.round(geometricMean([1, 10, 100])), 10);
    deepEqual(spread([3, 1, 2]), { median: 2, least: 1, most: 3 });
  });

  it("shows three digits, and a range where there is one", () => {
    deepEqual([0.12345, 1.5, 12.34, 1234.5, Number.NaN].map(showNumber), ["0.1235", "1.50", "12.3", "1235", "-"]);
    deepEqual([showSpread(spread([2])), showSpread(spread([1, 2, 3]))], ["2.00", "2.00 (1.00-3.00)"]);
  });

  it("runs every program once a round in turn", () => {
    const order: string[] = [];
    const program = (name: string) => ({ name, run: () => order.push(name) });
    const lines: string[] = [];
    const results = interleave([program("a"), program("b")], 2, (line) => lines.push(line));
    deepEqual([lines.length, lines[1]], [4, "round 1 of 2: b"]);
    deepEqual(order, ["a", "b", "a", "b"]);
    deepEqual(
      [...results],
      [
        ["a", [1, 3]],
        ["b", [2, 4]],
      ],
    );
  });
});
