import assert from "node:assert/strict";
import { heapPolicies } from "../../../src/engine/heap/options";
import { bestValues, compareView, isCompareView, poolCompareView } from "../../../src/inspector/compareView";
import { wholeCompareView } from "../../../src/inspector/wholeCompareView";
import { runToEnd } from "../../../src/language/coroutines";
import { parse } from "../../../src/language/parsing/parser";
import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { inEnglish, Words } from "../../../src/language/Words";
import { allPolicies } from "../../../src/machine/compare/parts/parts";
import { survey } from "../../../src/machine/compare/parts/survey";
import { compareWhole } from "../../../src/machine/compare/WholeComparison";
import { comparePools } from "../../../src/machine/compare/pools";
import { ScriptComparison } from "../../../src/machine/compare/ScriptComparison";
import type { ComparisonColumn } from "../../../src/machine/compare/comparisonTable";
import { defaultMachineOptions } from "../../../src/machine/run/options";

const column = (id: string, better: ComparisonColumn["better"]): ComparisonColumn => ({
  id,
  title: id,
  description: id,
  unit: "count",
  better,
  isCharted: false,
});

describe("The panel's view of a comparison", () => {
  it("finds the best of the candidates, not of the ideal, and none where all are alike", () => {
    const table = {
      subject: "Policy",
      columns: [column("more", "more"), column("less", "less"), column("same", "less"), column("neither", null)],
      rows: [
        { name: "a", values: [1, 5, 3, 1], isIdeal: false },
        { name: "b", values: [2, 4, 3, 2], isIdeal: false },
        { name: "c", values: [null, null, 3, 3], isIdeal: false },
        { name: "ideal", values: [9, 0, 0, 0], isIdeal: true },
      ],
    };
    assert.deepEqual(bestValues(table), [2, 4, null, null]);
    assert.deepEqual(bestValues({ ...table, rows: [] }), [null, null, null, null]);
    assert.deepEqual(bestValues({ ...table, rows: table.rows.slice(0, 1) }), [null, null, null, null]);
  });

  it("translates what is text, keeps the policies' names, and survives the wire", () => {
    const comparison = new ScriptComparison(
      parse("a = alloc 8\nfree a"),
      ["tlsf", "best-fit"],
      defaultMachineOptions,
      () => 0,
    );
    const view = compareView("x.memscript", runToEnd(comparison.run()), true, (text) => text.toUpperCase());
    assert.deepEqual(
      view.table.rows.map(({ name }) => name),
      ["tlsf", "best-fit", "IDEAL"],
    );
    assert.equal(view.table.subject, "POLICY");
    for (const { title, description } of view.table.columns) {
      assert.equal(title, title.toUpperCase());
      assert.equal(description, description.toUpperCase());
    }
    assert.equal(view.pool, null);
    const wire: unknown = JSON.parse(JSON.stringify(view));
    assert.deepEqual(wire, view);
    assert.ok(isCompareView(wire));
    for (const other of [null, 3, {}, { ...view, table: null }, { ...view, pool: 3 }, { ...view, differences: {} }]) {
      assert.ok(!isCompareView(other));
    }
  });

  it("has a table for each part that references go through, translated, and survives the wire", () => {
    const program = parse('cache L1 96 ways=3 line=16\nvm frames=2 replacement=lru\nreference "1 2 3"');
    const found = runToEnd(survey(program, defaultMachineOptions));
    const choice = allPolicies(found.present);
    const whole = runToEnd(compareWhole(program, found, choice, defaultMachineOptions, () => 0));
    const words = new Words((text, ...values) => inEnglish(text, ...values).toUpperCase());
    const view = wholeCompareView("x.memscript", whole, true, { choice }, words, (text) => text.toUpperCase());
    assert.deepEqual(view.table.rows, []);
    assert.deepEqual(
      view.parts?.map(({ heading, table, notes }) => [heading, table.rows.length, notes.length]),
      [
        ["PAGE REPLACEMENT IN 2 FRAMES OF 4096 BYTES", replacementPolicies.length, 0],
        ["CACHE L1 OF 96 BYTES", 3, 1],
      ],
    );
    assert.equal(view.parts[0].table.columns[0].title, "FAULTS");
    assert.deepEqual(view.again, { choice });
    const wire: unknown = JSON.parse(JSON.stringify(view));
    assert.deepEqual(wire, view);
    assert.ok(isCompareView(wire));
    assert.ok(!isCompareView({ ...view, parts: 3 }));
  });

  it("is the same for a pool against heaps, the pool named, and survives the wire", () => {
    const program = parse("pool p 64 x 4\na = alloc from=p\nfree a");
    const [comparison] = runToEnd(comparePools(program, defaultMachineOptions.limits));
    const view = poolCompareView("x.memscript", comparison, (text) => text.toUpperCase());
    assert.deepEqual([view.title, view.pool, view.table.subject], ["x.memscript", "p", "ALLOCATOR"]);
    assert.deepEqual(
      view.table.rows.map(({ name }) => name),
      ["pool", "slab", ...heapPolicies, "IDEAL"],
    );
    const best = bestValues(view.table);
    assert.equal(best[view.table.columns.findIndex(({ id }) => id === "memoryBytes")], 64);
    assert.ok(isCompareView(JSON.parse(JSON.stringify(view))));
  });
});
