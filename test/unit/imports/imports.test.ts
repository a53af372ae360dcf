import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { cyclesOf, importGraph } from "./graph";

describe("Imports of src and webview", () => {
  const graph = importGraph("src", "webview");

  it("have no cycle at run time", () => {
    assert.deepEqual(cyclesOf(graph.values), []);
  });

  it("have these cycles of types", () => {
    const golden = path.join(__dirname, "typeCycles.golden.txt");
    const report = cyclesOf(graph.all)
      .map((files) => `${files.join("\n")}\n`)
      .join("\n");
    if (process.env["UPDATE_GOLDENS"] === "1") fs.writeFileSync(golden, report);
    assert.equal(report, fs.readFileSync(golden, "utf8"));
  });

  it("are looked through for cycles of every kind", () => {
    const cycles = (edges: Record<string, string[]>): string[][] => cyclesOf(new Map(Object.entries(edges)));
    assert.deepEqual(cycles({ a: ["b"], b: ["c"], c: ["a"], d: ["a"] }), [["a", "b", "c"]]);
    assert.deepEqual(cycles({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }), []);
    const two = { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] };
    assert.deepEqual(cycles(two), [
      ["a", "b"],
      ["c", "d"],
    ]);
  });
});
