import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IncrementalRun, type IncrementalResult } from "../../../src/editor/runs/IncrementalRun";
import type { WorkHost } from "../../../src/language/coroutines";
import { ProgramDocument } from "../../../src/language/parsing/ProgramDocument";
import { typingLimits } from "../../../src/machine/run/limits";

const options = { limits: typingLimits, overrides: new Map<string, string>() };
const budget = { steps: 200_000, milliseconds: 1e9 };
const lines = 4000;

/** Blocks that live for a while; a few are lost, which the lines above and below an edit have problems of. */
function scriptText(): string {
  const text = ["heap 4MiB"];
  for (let block = 0; text.length < lines; block++) {
    text.push(`b[${block}] = alloc ${16 + (block % 97)}`, `write b[${block}] "hello"`);
    if (block >= 40) text.push(`free b[${block - 40}]`);
    if (block % 200 === 0) text.push(`c = alloc ${block + 8}`, `read c 8`);
  }
  return text.slice(0, lines).join("\n");
}

/** Every look at the clock takes a millisecond, so that slices do not depend on the computer. */
class CountingHost implements WorkHost {
  looks = 0;
  longest = 0;
  private atPause = 0;

  constructor(
    private readonly cancelAfter = Infinity,
    readonly sliceMilliseconds = 50,
  ) {}

  now(): number {
    return this.looks++;
  }

  pause(): Promise<void> {
    this.longest = Math.max(this.longest, this.looks - this.atPause);
    this.atPause = this.looks;
    return Promise.resolve();
  }

  cancelled(): boolean {
    return this.looks >= this.cancelAfter;
  }
}

function facts({ problems, outcome, lineSteps, history, series }: IncrementalResult): unknown {
  const places = [0, 1, 777, lines / 2, lines / 2 + 1, lines - 1, lines];
  const { steps, used } = series.view();
  return {
    problems,
    outcome,
    reached: history.reached,
    lines: places.map((line) => [lineSteps.firstOn(line), lineSteps.lastOn(line)]),
    curve: [steps.at(-1), used.at(-1)],
  };
}

async function fresh(script: ProgramDocument): Promise<IncrementalResult> {
  const text = script.program().lines.join("\n");
  return (await new IncrementalRun().update(new ProgramDocument(text), options, budget, new CountingHost()))!;
}

describe("the run of a long script that is being edited", () => {
  const middle = lines / 2;
  /** Steps from the last checkpoint above the middle to the end. */
  const rest = lines - middle + 400;
  /** Edits of the line in the middle, one after the other, and the steps that may be executed for them. */
  const edits: readonly [what: string, text: string, mostSteps: number][] = [
    ["a comment that moves the lines below", "# note\n", rest],
    ["an empty line more", "\n# note\n", rest],
    ["half a word", "\nx\n", 0],
    ["a statement that fails", "\nx = y\n", rest],
    ["a statement that fails otherwise", "\nx = yz\n", rest],
    ["an expectation", "\nexpect used == 3\n", rest],
    ["an allocation that stays", "\nx = alloc 48\n", rest],
    ["its line's end", "\nx = alloc 48 # mine\n", 0],
    ["its free", "\nx = alloc 48\nfree x\n", rest],
    ["nothing", "", rest],
  ];

  it("parses what was typed, executes what it changes, pauses in between, and finds what a fresh run finds", async () => {
    const script = new ProgramDocument(scriptText());
    const run = new IncrementalRun();
    const first = (await run.update(script, options, budget, new CountingHost()))!;
    assert.equal(first.work.lines, lines);
    assert.ok(first.problems.length > 5, "the script has problems of its own");
    let before = "";
    for (const [what, text, mostSteps] of edits) {
      const last = before.split("\n").length - 1;
      script.edit({ start: { line: middle, column: 0 }, end: { line: middle + last, column: 0 }, text });
      before = text;
      const host = new CountingHost();
      const result = (await run.update(script, options, budget, host))!;
      const { work } = result;
      assert.ok(work.lines <= text.split("\n").length, `${what}: ${work.lines} lines parsed`);
      assert.ok(work.steps <= mostSteps, `${what}: ${work.steps} steps executed`);
      assert.ok(host.longest <= host.sliceMilliseconds + 2, `${what}: ${host.longest} looks without a pause`);
      assert.ok(work.steps < 2000 || work.pauses >= 4, `${what}: ${work.pauses} pauses`);
      assert.deepEqual(facts(result), facts(await fresh(script)), what);
    }
  });

  it("is given up at a pause, and goes on with the next version", async () => {
    const script = new ProgramDocument(scriptText());
    const run = new IncrementalRun();
    await run.update(script, options, budget, new CountingHost());
    const place = { line: middle, column: 0 };
    for (const [text, looks] of [
      ["y = alloc 8\n", 150],
      ["# more\n", 10],
      ["expect used == 3\n", 100],
    ] as const) {
      script.edit({ start: place, end: place, text });
      assert.equal(await run.update(script, options, budget, new CountingHost(looks)), undefined);
    }
    script.edit({ start: place, end: { line: middle + 2, column: 0 }, text: "" });
    const result = (await run.update(script, options, budget, new CountingHost()))!;
    assert.deepEqual(facts(result), facts(await fresh(script)));
  });

  it("may be given up at any pause, within the last step too, before a comment is typed", async () => {
    const text = ["heap 1MiB", ...Array.from({ length: 300 }, (_, block) => `b[${block}] = alloc 16`)].join("\n");
    const whole = new CountingHost(Infinity, 1);
    const expected = facts((await new IncrementalRun().update(new ProgramDocument(text), options, budget, whole))!);
    for (let looks = 1; looks < whole.looks; looks++) {
      const script = new ProgramDocument(text);
      const run = new IncrementalRun();
      assert.equal(await run.update(script, options, budget, new CountingHost(looks, 1)), undefined);
      const end = { line: 300, column: script.lineAt(300).length };
      script.edit({ start: end, end, text: " # mine" });
      const result = (await run.update(script, options, budget, new CountingHost(Infinity, 1)))!;
      assert.deepEqual(facts(result), expected, `given up after ${looks} looks`);
    }
  });

  it("is never updated twice at once: a later update waits for the one before", async () => {
    const text = readFileSync(join(__dirname, "../../fixtures/hostile/overlapped-update.memscript"), "utf8");
    const expected = facts(await fresh(new ProgramDocument(text)));
    const script = new ProgramDocument(text);
    const run = new IncrementalRun();
    await run.update(script, options, budget, new CountingHost());
    const working = new Set<WorkHost>();
    class OnlyHost extends CountingHost {
      override now(): number {
        working.add(this);
        assert.equal(working.size, 1, "another update is in its middle");
        return super.now();
      }
    }
    const update = async (slice: number): Promise<IncrementalResult | undefined> => {
      const host = new OnlyHost(Infinity, slice);
      const result = await run.update(script, options, budget, host);
      working.delete(host);
      return result;
    };
    for (let slice = 0; slice < 40; slice++) {
      const end = { line: script.lineCount - 1, column: script.lineAt(script.lineCount - 1).length };
      const updates: Promise<IncrementalResult | undefined>[] = [];
      for (const text of [" ", "#", " "]) {
        script.edit({ start: end, end, text });
        updates.push(update(slice));
        for (let turn = 0; turn < slice % 5; turn++) await Promise.resolve();
      }
      for (const result of await Promise.all(updates)) assert.deepEqual(facts(result!), expected, `slices of ${slice}`);
      script.edit({ start: end, end: { ...end, column: end.column + 3 }, text: "" });
    }
  });

  it("is finished only when its last step is, however little time it has", async () => {
    const text = ["heap 1MiB", ...Array.from({ length: 100 }, (_, block) => `b[${block}] = alloc 16`)].join("\n");
    const whole = new CountingHost();
    const expected = facts((await new IncrementalRun().update(new ProgramDocument(text), options, budget, whole))!);
    for (let milliseconds = 1; milliseconds < 3 * whole.looks; milliseconds++) {
      const short = { ...budget, milliseconds };
      const result = (await new IncrementalRun().update(
        new ProgramDocument(text),
        options,
        short,
        new CountingHost(Infinity, 3),
      ))!;
      if (result.outcome === "finished") assert.deepEqual(facts(result), expected, `${milliseconds} ms`);
      else assert.deepEqual([result.outcome, result.history.reached < 101], ["out-of-time", true]);
    }
  });

  it("finds the same when somebody travels in every pause", async () => {
    const script = new ProgramDocument(scriptText());
    const run = new IncrementalRun();
    const { history } = (await run.update(script, options, budget, new CountingHost()))!;
    class Traveller extends CountingHost {
      override pause(): Promise<void> {
        if (this.looks > 0) history.seek(this.looks % history.reached);
        return super.pause();
      }
    }
    const result = (await run.update(script, options, budget, new Traveller()))!;
    assert.deepEqual(facts(result), facts(await fresh(script)));
  });
});
