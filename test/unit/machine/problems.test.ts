import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vocabulary } from "../../../src/language/vocabulary/vocabulary";
import { catalogue, problemIds } from "../../../src/machine/problems/catalogue";
import { toJsonFacts } from "../../../src/machine/problems/facts";
import { renderProblems } from "../../generated/problemsPage";
import { executors } from "../../../src/machine/verbs/executors";
import { runScript } from "./runScript";

describe("problems", () => {
  for (const id of problemIds) {
    it(`${id}: the catalogue's example raises it and nothing else`, () => {
      const { problems } = runScript(catalogue[id].example);
      assert.notEqual(problems.length, 0);
      for (const problem of problems) assert.equal(problem.id, id);
      assert.equal(problems[0].severity, catalogue[id].severity);
    });
  }

  it("have their page of documentation, rendered from the catalogue", () => {
    const file = join(__dirname, "../../../media/problems.md");
    const page = renderProblems((example) => toJsonFacts(runScript(example).problems[0].facts));
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, page);
    assert.equal(readFileSync(file, "utf8"), page);
  });
});

describe("verbs", () => {
  it("are those of the vocabulary", () => {
    const written = vocabulary.map(({ verb }) => verb).filter((verb) => verb !== "repeat" && verb !== "end");
    assert.deepEqual([...executors.keys()].sort(), written.sort());
  });
});
