import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits } from "../../../src/machine/run/limits";
import { check } from "../fixtures";
import { runScript, said } from "./runScript";

const folder = join(__dirname, "../../../media/examples");
const golden = join(__dirname, "examples.golden.txt");
const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /^(\d|mistakes).*\.memscript$/.test(name))
  // Converted traces have tests of their own.
  .filter((name) => readFileSync(join(folder, name), "utf8").split("\n").length < 500)
  .sort();

function report(name: string): string {
  const { problems } = runScript(readFileSync(join(folder, name), "utf8"), { steps: 100_000 });
  const lines = problems.flatMap((problem) => [
    `${problem.line + 1}:${problem.column + 1}-${problem.endColumn + 1} ${problem.severity} [${problem.id}] ${said(problem).message}`,
    ...said(problem).related.map(({ line, message }) => `    ${line + 1}: ${message}`),
  ]);
  return [`== ${name}`, ...lines, ""].join("\n");
}

describe("examples", () => {
  it("report exactly the expected problems, word for word", () => {
    const found = names.map(report).join("\n");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(golden, found);
    assert.equal(found, readFileSync(golden, "utf8"));
  });

  for (const name of names.filter((entry) => /^\d/.test(entry))) {
    it(`${name} runs without a problem`, () => {
      check(readFileSync(join(folder, name), "utf8"));
    });
  }

  for (const name of names.filter((entry) => entry.startsWith("mistakes"))) {
    it(`${name} marks its mistakes, and its first line names them`, () => {
      const text = readFileSync(join(folder, name), "utf8");
      const { problems } = check(text, { steps: Math.min(defaultLimits.steps, 100_000) });
      const promised = /^# ([a-z, -]+):/.exec(text)?.[1]?.split(", ") ?? [];
      assert.notEqual(promised.length, 0);
      for (const id of promised)
        assert.ok(
          problems.some((problem) => problem.id === id),
          `${id} is not raised`,
        );
    });
  }
});
