import assert from "node:assert/strict";
import fc from "fast-check";
import { heapPolicies } from "../../../../src/engine/heap/options";
import type { HeapPolicy } from "../../../../src/engine/heap/policies";
import { runToEnd } from "../../../../src/language/coroutines";
import { parse } from "../../../../src/language/parsing/parser";
import { LockStep, type LockStepResult, type RunSource } from "../../../../src/machine/compare/LockStep";
import { defaultLimits } from "../../../../src/machine/run/limits";
import { Machine } from "../../../../src/machine/run/Machine";

function source(text: string, policy: HeapPolicy = "first-fit"): RunSource {
  return { program: parse(text), options: { limits: defaultLimits, overrides: new Map([["heap.policy", policy]]) } };
}

function differenceOf(left: RunSource, right: RunSource, from = 0): LockStepResult {
  return runToEnd(new LockStep(left, right, from).run());
}

const twoHoles = `heap 1000 header=0 align=1 min=1 base=0x1000
a = alloc 100
b = alloc 10
c = alloc 50
d = alloc 10
free a
free c
e = alloc 50
f = alloc 10
free e
`;

describe("Two runs in lock step", () => {
  const first = source(twoHoles);
  const best = source(twoHoles, "best-fit");

  it("part where the policies choose different holes, and say what is different then", () => {
    const contrasts = [
      { what: "result", left: "0x1000", right: "0x106e" },
      { what: "freeBlocks", left: "3", right: "2" },
    ];
    const result = differenceOf(first, best);
    assert.equal(result.kind, "different");
    const { step, leftLine, rightLine, contrasts: found } = result.difference;
    assert.deepEqual([step, leftLine, rightLine], [8, 7, 7]);
    assert.deepEqual(
      found.filter(({ what }) => what === "result" || what === "freeBlocks"),
      contrasts,
    );
  });

  it("may be asked for the next difference, and differ no more after the last", () => {
    const next = differenceOf(first, best, 8);
    assert.equal(next.kind, "different");
    assert.equal(next.difference.step, 9);
    assert.deepEqual(differenceOf(first, best, 500), { kind: "same", steps: 10 });
  });

  it("do not differ from themselves", () => {
    assert.deepEqual(differenceOf(first, first), { kind: "same", steps: 10 });
    assert.deepEqual(differenceOf(source(""), source("")), { kind: "same", steps: 0 });
  });

  const scripts: [string, string, string, object][] = [
    [
      "another statement",
      "a = alloc 8",
      "a = alloc 9",
      { what: "statement", left: "a = alloc 8", right: "a = alloc 9" },
    ],
    [
      "a longer run",
      "a = alloc 8",
      "a = alloc 8\nfree a",
      { what: "statement", left: "the run is over", right: "free a" },
    ],
  ];
  for (const [what, left, right, expected] of scripts) {
    it(`of two scripts: ${what}`, () => {
      const result = differenceOf(source(left), source(right));
      assert.equal(result.kind, "different");
      assert.deepEqual(result.difference.contrasts[0], expected);
    });
  }

  it("notice edits of memory and the problems that follow", () => {
    const text = "a = alloc 8\nb = 0\nread a 4\nfree a\n";
    const plain = source(text);
    const [statement] = parse('write a "hi"').instructions.map((instruction) => instruction.statement);
    const edited = { ...plain, options: { ...plain.options, edits: [{ position: 1, line: 0, statement }] } };
    const result = differenceOf(plain, edited);
    assert.equal(result.kind, "different");
    assert.ok(result.difference.contrasts.some(({ what }) => what === "result" || what === "problems"));
  });

  it("part no later than their addresses or verdicts do", () => {
    const size = fc.integer({ min: 1, max: 400 });
    const policy = fc.constantFrom(...heapPolicies);
    fc.assert(
      fc.property(fc.array(size, { maxLength: 12 }), policy, policy, (sizes, p, q) => {
        const lines = sizes.flatMap((bytes, index) => [
          `h${index} = alloc ${bytes}`,
          ...(index % 3 === 2 ? [`free h${index - 1}`] : []),
        ]);
        const text = ["heap 4KiB", ...lines].join("\n");
        const result = differenceOf(source(text, p), source(text, q));
        const naive = naiveDifference(text, p, q);
        if (naive !== null) assert.ok(result.kind === "different" && result.difference.step <= naive);
        if (p === q) assert.equal(result.kind, "same");
      }),
      { seed: 16, numRuns: 60 },
    );
  });
});

/** The first step at which an address or a verdict differs, from whole runs. */
function naiveDifference(text: string, left: HeapPolicy, right: HeapPolicy): number | null {
  const [ours, theirs] = [left, right].map((policy) => {
    const { program, options } = source(text, policy);
    const machine = new Machine(program, options);
    const results: string[] = [];
    for (let record = machine.step(); record !== undefined; record = machine.step()) {
      const { value, ok } = record;
      results.push(JSON.stringify([value?.kind === "allocation" ? value.address : null, ok]));
    }
    return results;
  });
  const index = ours.findIndex((result, at) => result !== theirs[at]);
  return index === -1 ? null : index + 1;
}
