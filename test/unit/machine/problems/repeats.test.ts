import assert from "node:assert/strict";
import { englishWords } from "../../../../src/language/Words";
import { foldedWords, foldRepeats } from "../../../../src/machine/problems/repeats";
import { runScript } from "../runScript";

function problemsOf(text: string): string[] {
  return foldRepeats(runScript(text, { steps: 20_000 }).problems).map(
    (folded) => `${folded.problem.line} ${folded.problem.id} ${foldedWords(folded, englishWords).message}`,
  );
}

describe("mistakes that a loop repeats", () => {
  it("are one problem that says how often", () => {
    const [leak, ...others] = problemsOf("repeat 4\na = alloc 8\nend\nfree a");
    assert.match(leak, /^1 leak .*\(And 2 more times here\.\)$/);
    assert.deepEqual(others, []);
  });

  it("do not crowd out the mistakes of other lines", () => {
    const problems = problemsOf("repeat 5000\na = alloc 8\nend\nfree a\nfree a");
    assert.equal(problems.length, 2);
    assert.match(problems[0], /^1 leak .*\(The first of 100 or more here\.\)$/);
    assert.match(problems[1], /^4 double-free /);
  });

  it("never hide why the run ended", () => {
    const problems = problemsOf("repeat 1e15\na = alloc 1\nend");
    assert.match(problems.at(-1)!, /limit-exceeded .*memscript\.limits\.steps/);
  });
});
