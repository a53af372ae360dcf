import * as assert from "node:assert/strict";
import { parse } from "../../../src/language/parsing/parser";
import { ProofJudge, type ProofOutcome } from "../../../src/machine/run/proofs";
import { runScript, said } from "./runScript";

function outcomesOf(script: string): [number, ProofOutcome["kind"], string][] {
  const judge = new ProofJudge(parse(script));
  for (const record of runScript(script).records) judge.feed(record);
  return judge
    .outcomes()
    .map(({ line, outcome }) => [line, outcome.kind, outcome.kind === "failed" ? said(outcome.problem).message : ""]);
}

describe("what became of the expect lines", () => {
  it("tells what held and what was found instead", () => {
    assert.deepEqual(outcomesOf("a = alloc 100\nexpect used == 100\nexpect used == 200\nfree a\n"), [
      [1, "held", ""],
      [2, "failed", "Expected used == 200, but used is 100."],
    ]);
  });

  it("judges an announced problem by the line after it", () => {
    assert.deepEqual(outcomesOf("a = alloc 8\nfree a\nexpect problem double-free\nfree a\n"), [[2, "held", ""]]);
    const [[, kind, message]] = outcomesOf("a = alloc 8\nexpect problem double-free\nfree a\n");
    assert.equal(kind, "failed");
    assert.match(message, /double-free.*no problem/);
  });

  it("keeps the first failure of a line that runs often", () => {
    const [[, kind, message]] = outcomesOf("repeat 3 as i\nexpect i == 0\nend\n");
    assert.equal(kind, "failed");
    assert.match(message, /i is 1/);
  });

  it("knows a line that never runs", () => {
    assert.deepEqual(outcomesOf("repeat 0\nexpect 1 == 1\nend\n"), [[1, "not-reached", ""]]);
  });

  it("fails a line that cannot be judged", () => {
    assert.equal(outcomesOf("expect nobody == 1\n")[0][1], "failed");
  });
});
