import assert from "node:assert/strict";
import { comparisonOf, type PolicyRow } from "../../../../src/machine/compare/rows";
import { comparisonTable, plainValue, toCsv } from "../../../../src/machine/compare/comparisonTable";

const row: PolicyRow = {
  policy: "first-fit",
  peakUsed: 300,
  peakHeapBytes: 1200,
  heapBytes: 1200,
  utilization: 0.25,
  highWater: 400,
  atPeak: { internal: 0.1, external: 0.5 },
  atEnd: { internal: 0, external: 0 },
  searched: 12,
  splits: 3,
  coalesces: 2,
  failures: 0,
  faults: 0,
  errors: 0,
  milliseconds: 1.5,
};
const better: PolicyRow = { ...row, policy: "tlsf", peakUsed: 360, failures: 1, errors: 2 };

describe("The table of a comparison", () => {
  const table = comparisonTable(comparisonOf([row, better], [null, null]));
  const cell = (name: string, id: string): number | null => {
    const at = table.columns.findIndex((column) => column.id === id);
    assert.ok(at >= 0, id);
    return table.rows.find((each) => each.name === name)!.values[at];
  };

  it("ends with the ideal: a heap of the most bytes that any of them had live", () => {
    assert.deepEqual(
      table.rows.map(({ name, isIdeal }) => [name, isIdeal]),
      [
        ["first-fit", false],
        ["tlsf", false],
        ["ideal", true],
      ],
    );
    assert.equal(cell("ideal", "peakHeapBytes"), 360);
    assert.equal(cell("ideal", "utilization"), 1);
    assert.equal(cell("ideal", "searched"), null);
  });

  it("leaves out what is 0 everywhere and cannot be missed", () => {
    const ids = table.columns.map(({ id }) => id);
    assert.ok(ids.includes("errors") && !ids.includes("faults"));
    assert.equal(cell("tlsf", "errors"), 2);
  });

  it("writes values for people and for spreadsheets", () => {
    assert.deepEqual(
      [
        plainValue(0.25, "share"),
        plainValue(1200, "bytes"),
        plainValue(1.52, "milliseconds"),
        plainValue(null, "count"),
      ],
      ["25.00%", "1200", "1.5 ms", "-"],
    );
    const [head, first, , ideal] = toCsv(table).split("\n");
    assert.match(head, /^Policy,Utilization,Peak heap,High water,.*,Time \(ms\)$/);
    assert.match(first, /^first-fit,0\.25,1200,400,0\.1,0\.5,12,3,2,0,0,1\.5$/);
    assert.match(ideal, /^ideal,1,360,360,0,0,,,,0,,$/);
    const odd = { subject: 'a "b"', columns: [], rows: [{ name: "x,y", values: [], isIdeal: false }] };
    assert.equal(toCsv(odd), '"a ""b"""\n"x,y"\n');
  });
});
