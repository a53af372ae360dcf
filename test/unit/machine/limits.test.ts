import assert from "node:assert/strict";
import { defaultLimits, limitSettings, typingLimits } from "../../../src/machine/run/limits";
import { said, runScript } from "./runScript";

interface Case {
  readonly script: string;
  readonly limit: keyof typeof limitSettings;
  readonly line: number;
  readonly steps: number;
}

const cases: readonly Case[] = [
  { script: "heap 1TiB\na = alloc 8", limit: "memory", line: 1, steps: 1 },
  { script: "pool p 1MiB x 1000000", limit: "memory", line: 1, steps: 1 },
  { script: "pool p 1 x 100000000", limit: "blocks", line: 1, steps: 1 },
  { script: "vm frames=1e9", limit: "blocks", line: 1, steps: 1 },
  { script: "repeat 1e15\nend", limit: "steps", line: 2, steps: 0 },
  { script: "repeat 1e15\na = 1\nend", limit: "steps", line: 3, steps: 1_000_000 },
  { script: "repeat 1e9\nrepeat 1e9\nrepeat 1e9\nend\nend\nend", limit: "steps", line: 4, steps: 0 },
  { script: "heap 1GiB\na = calloc 1024 1MiB - 1", limit: "residentMemory", line: 2, steps: 2 },
  { script: "heap 1GiB\na = alloc 900MiB\nfill a 900MiB 1", limit: "residentMemory", line: 3, steps: 3 },
  { script: "heap 1GiB\na = alloc 900MiB\nread a 900MiB", limit: "residentMemory", line: 3, steps: 3 },
  { script: "heap 1KiB grow=1MiB\na = alloc 8GiB", limit: "memory", line: 2, steps: 2 },
  {
    script: "heap 1MiB grow=1MiB header=0\nrepeat 1e6\na = alloc 512KiB\nfill a 512KiB 1\nend",
    limit: "residentMemory",
    line: 4,
    steps: 0,
  },
];

describe("limits", () => {
  for (const { script, limit, line, steps } of cases) {
    it(`${JSON.stringify(script)} stops at ${limit}`, () => {
      const { problems, machine } = runScript(script);
      const exceeded = problems.filter(({ id }) => id === "limit-exceeded");
      assert.equal(exceeded.length, 1);
      assert.equal(exceeded[0].line + 1, line);
      assert.ok(said(exceeded[0]).message.includes(limitSettings[limit]), said(exceeded[0]).message);
      assert.equal(machine.finished, true);
      if (steps > 0) assert.equal(machine.state.step, steps);
      assert.ok(
        !problems.some((problem) => problem.id === "leak" && problem.facts.kind === "never-freed"),
        "an unfinished run has no leaks",
      );
    });
  }

  it("a million frames are within the limits", () => {
    const { problems, machine } = runScript("vm frames=1e6\nmap 0 -> 999999\ntranslate 4095\nexpect hits == 1");
    assert.deepEqual(problems, []);
    assert.deepEqual(machine.checkInvariants(), []);
  });

  it("blocks are counted over all regions", () => {
    const script = "pool p 8 x 10\nrepeat 10 as i\n  a[i] = alloc 8 from=p\n  b[i] = alloc 8\nend";
    const { problems, machine } = runScript(script, { blocks: 15 });
    assert.deepEqual(
      problems.map(({ id }) => id),
      ["limit-exceeded"],
    );
    assert.match(said(problems[0]).message, /memscript\.limits\.blocks/);
    assert.equal(machine.state.step, 17);
  });

  it("problems beyond the limit are counted, not kept", () => {
    const { problems, machine } = runScript("repeat 500\n  free x\nend", { problems: 100 });
    assert.equal(problems.length, 101);
    assert.equal(problems[100].id, "limit-exceeded");
    assert.match(said(problems[100]).message, /memscript\.limits\.problems/);
    assert.equal(machine.problemCount, 500);
  });

  it("while typing are a part of those of a run", () => {
    assert.ok(typingLimits.steps < defaultLimits.steps);
    assert.deepEqual({ ...typingLimits, steps: 0 }, { ...defaultLimits, steps: 0 });
  });
});
