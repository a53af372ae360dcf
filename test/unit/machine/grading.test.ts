import assert from "node:assert/strict";
import { runToEnd } from "../../../src/language/coroutines";
import { englishWords } from "../../../src/language/Words";
import { readExpectations } from "../../../src/machine/grading/expectations";
import { grade, passes, type Grade } from "../../../src/machine/grading/grade";
import { messageOf } from "../../../src/machine/problems/Problem";
import { defaultLimits } from "../../../src/machine/run/limits";

const options = { limits: defaultLimits, overrides: new Map<string, string>(), isOutOfTime: () => false };

function graded(submission: string, expectations: string, more: Partial<typeof options> = {}): Grade {
  return runToEnd(grade(submission, readExpectations(expectations), { ...options, ...more }));
}

const outcomes = ({ results }: Grade): string => results.map(({ outcome }) => outcome.kind).join(" ");
const messages = ({ results }: Grade): string[] =>
  results.flatMap(({ outcome }) => (outcome.kind === "failed" ? [messageOf(outcome.problem, englishWords)] : []));

describe("grading", () => {
  const solution = "heap main 1KiB\na = alloc 100\nb = alloc 50\nfree a\n";
  const expectations = [
    "# What a solution leaves.",
    "expect main.used == 50 # 2 points: one block is live",
    "expect main.peak == 150 # the peak",
    "expect allocations == 2 # 0.5 points",
    "expect sizeof(b) == 50",
  ].join("\n");

  it("a solution holds every expectation", () => {
    const result = graded(solution, expectations);
    assert.equal(outcomes(result), "held held held held");
    assert.ok(passes(result, false));
    assert.ok(!passes(result, true), "a leak is a warning");
    assert.deepEqual(
      result.problems.map(({ id, line }) => [id, line]),
      [["leak", 2]],
    );
  });

  it("points and titles are in the comments", () => {
    assert.deepEqual(readExpectations(expectations).list, [
      { line: 1, text: "expect main.used == 50", title: "one block is live", points: 2 },
      { line: 2, text: "expect main.peak == 150", title: "the peak", points: 1 },
      { line: 3, text: "expect allocations == 2", title: null, points: 0.5 },
      { line: 4, text: "expect sizeof(b) == 50", title: null, points: 1 },
    ]);
  });

  it("names that would be read as statistics are found", () => {
    const { taken } = readExpectations("hits = 3\nrepeat 2 as used\n  x[i] = 1\nend\nexpect hits == 3");
    assert.deepEqual(taken, [
      { line: 0, name: "hits" },
      { line: 1, name: "used" },
    ]);
  });

  it("says what was found instead, with lines of the file that they are in", () => {
    const result = graded(
      `${solution}free b\n`,
      "\nexpect used == 50\n\nexpect problem double-free\nx = alloc 8\nfree b",
    );
    assert.equal(outcomes(result), "failed failed");
    assert.deepEqual(messages(result), [
      "Expected used == 50, but used is 0.",
      "Expected the problem `double-free` from line 5, but it raised no problem.",
    ]);
    assert.deepEqual(
      result.results.map(({ outcome }) => outcome.kind === "failed" && outcome.problem.line),
      [1, 3],
    );
  });

  it("statements of the expectations probe what is left, loops too", () => {
    const probe = "expect problem double-free\nfree a\nrepeat 2 as i\n  c[i] = alloc 8\nend\nexpect used == 66";
    assert.equal(outcomes(graded(solution, probe)), "held held");
  });

  it("the problems are those of the submission alone: no probe frees what it leaks, and none leaks what it has", () => {
    const probes = "expect problem double-free\nfree a\nfree b\nb = alloc 8\nexpect used == 8";
    const leaks = graded(solution, probes).problems.map(({ id, line }) => [id, line]);
    assert.deepEqual(leaks, [["leak", 2]]);
    assert.deepEqual(graded("a = alloc 8\nfree a", "b = alloc 8\na = alloc 8\nexpect 1").problems, []);
  });

  it("expect problem leak as the last line: the script leaks", () => {
    assert.equal(outcomes(graded(solution, "expect problem leak")), "held");
    assert.equal(outcomes(graded("a = alloc 8\nfree a", "expect problem leak")), "failed");
  });

  describe("does not trust the submission", () => {
    const wrong: Readonly<Record<string, string>> = {
      "an expectation of its own": "a = alloc 8\nexpect main.used == 50\nexpect used == 50",
      "an announcement of a failure": "a = alloc 8\nexpect problem expectation-failed",
      "an announcement inside an open loop": "a = alloc 8\nrepeat 2\nexpect problem expectation-failed",
      "an open repeat": "a = alloc 8\nrepeat 0",
      "a repeat of no rounds that is open": "a = alloc 8\nrepeat 0 as used\nrepeat 0",
      "a comment without an end": "a = alloc 8 # \\",
      "a string without an end": 'a = alloc 8\nwrite a "',
      "a bracket without an end": "a = alloc 8\nb = (",
      "a byte-order mark and bare carriage returns": "\uFEFFa = alloc 8\r#\r",
      "a handle with a statistic's name": "a = alloc 8\nused = 50\nusedBlocks = 3\nfaults = 9",
      "a loop variable with a statistic's name": "a = alloc 8\nrepeat 51 as used\n  x = 1",
      "a limit that is used up": "a = alloc 50\nrepeat 10000000\n  x = 1\nend",
      "damage to the heap": "heap main 1KiB\na = alloc 8\nfill a - 8 64 0xff\nfree a",
    };
    for (const [what, submission] of Object.entries(wrong)) {
      it(what, () => {
        const result = graded(submission, "expect used == 50\nexpect usedBlocks == 3\nexpect faults == 9", {
          limits: { ...defaultLimits, steps: 2000 },
        });
        assert.ok(!outcomes(result).includes("held"), outcomes(result));
        assert.ok(!passes(result, false));
      });
    }

    it("a cache that is called vm is no page table, and a heap called cache no cache", () => {
      const submission = "cache vm 1KiB ways=1\nheap cache 1KiB\na = alloc 8\nfree a";
      assert.equal(outcomes(graded(submission, "expect vm.hits == 0\nexpect cache.used == 0")), "failed failed");
    });

    it("its own expectations do not count against it either", () => {
      const own = graded(`${solution}expect used == 1\nexpect problem leak\nfree b`, "expect used == 0");
      assert.equal(outcomes(own), "held");
      assert.ok(passes(own, true));
    });

    it("but a mistake that it announces is a mistake", () => {
      const result = graded("a = alloc 8\nfree a\nexpect problem double-free\nfree a", "expect used == 0");
      assert.equal(outcomes(result), "held");
      assert.ok(!passes(result, false));
      assert.deepEqual(
        result.problems.map(({ id, severity, line }) => [id, severity, line]),
        [["double-free", "error", 3]],
      );
    });

    it("what a solution calls things may be a statistic's name", () => {
      assert.equal(
        outcomes(graded("peak = alloc 8\nused = alloc 8", "expect used == 16\nexpect peak == 16")),
        "held held",
      );
    });
  });

  describe("an empty hand-in holds nothing, whatever is expected", () => {
    const nothing = ["", "\uFEFF", "\n\n", "# done\n", "expect used == 0", "repeat 0\n  a = alloc 8\nend", "\r\n \t"];
    for (const submission of nothing) {
      it(JSON.stringify(submission), () => {
        const result = graded(submission, "expect used == 0\nexpect 1");
        assert.equal(result.stop, "empty");
        assert.equal(outcomes(result), "not-reached not-reached");
        assert.ok(!passes(result, false));
      });
    }
  });

  it("a hand-in that is cut off within a statement or a loop does not pass", () => {
    const whole = "repeat 3 as i\n  a[i] = alloc 8\nend\nrepeat 3 as i\n  free a[i]\nend\n";
    for (const end of [whole.length - 2, whole.length - 5, whole.indexOf("alloc") + 3, whole.indexOf("end") + 2]) {
      assert.ok(!passes(graded(whole.slice(0, end), "expect used == used"), false), whole.slice(0, end));
    }
    assert.ok(passes(graded(whole, "expect used == used"), true));
  });

  it("an expectation that cannot be evaluated does not hold", () => {
    const result = graded(
      "a = alloc 8\nfree a",
      "expect nothing == 0\nexpect main.used == 0\nexpect 1 / 0 == 0\nexpect 1",
    );
    assert.equal(outcomes(result), "failed failed failed held");
  });

  it("an announced problem does not hold when the limit comes before its line", () => {
    const limits = { ...defaultLimits, steps: 3 };
    assert.equal(outcomes(graded("a = alloc 8\nfree a", "expect problem double-free\nfree a", { limits })), "failed");
  });

  it("time that runs out stops a submission", () => {
    let asked = 0;
    const result = graded("repeat 1000\n  x = 1\nend", "expect used == 0", { isOutOfTime: () => ++asked > 10 });
    assert.equal(result.stop, "time");
    assert.equal(outcomes(result), "not-reached");
    assert.ok(!passes(result, false));
  });
});
