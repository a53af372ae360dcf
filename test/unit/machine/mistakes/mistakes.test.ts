import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { problemLines } from "../../../../src/cli/problems";
import { bare, fixtures, type Fixture } from "../../fixtures";
import { runScript } from "../runScript";

const golden = join(__dirname, "mistakes.golden.txt");

/** The script and every word that the user reads about it. */
function render({ name, script }: Fixture): string {
  const { problems } = runScript(script);
  const lines = problems.flatMap((problem) => problemLines("it", problem));
  return [`== ${name}`, bare(script), ...(lines.length === 0 ? ["no problem"] : lines), ""].join("\n");
}

describe("classes of mistakes", () => {
  it("are worded as the golden file says", () => {
    const text = ["mistakes.memscript", "damage.memscript"].flatMap(fixtures).map(render).join("\n");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(golden, text);
    assert.equal(text, readFileSync(golden, "utf8"));
  });
});
