import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problemLines } from "../../../../src/cli/problems";
import { problemPlaces, runScript } from "../runScript";
import { mistakeClasses, type MistakeClass } from "./classes";
import { damageClasses } from "./damage";

const all = [...mistakeClasses, ...damageClasses];
const golden = join(__dirname, "mistakes.golden.txt");

/** The script and every word that the user reads about it. */
function render({ peer, script }: MistakeClass): string {
  const { problems } = runScript(script);
  const told = problems.flatMap((problem) => problemLines("it", problem));
  return [`== ${peer}`, ...script.split("\n"), ...(told.length === 0 ? ["no problem"] : told), ""].join("\n");
}

describe("classes of mistakes", () => {
  for (const { peer, script, problems } of all) {
    it(peer, () => {
      const run = runScript(script);
      assert.deepEqual(problemPlaces(run.problems), problems);
      assert.deepEqual(run.machine.checkInvariants(), []);
    });
  }

  it("are worded as the golden file says", () => {
    const text = all.map(render).join("\n");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, "utf8"));
  });
});
