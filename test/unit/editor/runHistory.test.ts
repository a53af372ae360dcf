import * as assert from "node:assert/strict";
import type { StepRecord } from "../../../src/machine/records/records";
import { LineSteps } from "../../../src/editor/runs/lineSteps";
import { runHistory, type RunningHistory } from "../../../src/editor/runs/runHistory";
import { Stopwatch } from "../../../src/editor/runs/Stopwatch";
import { drive } from "../../../src/language/coroutines";
import { unfitness } from "../../../src/editor/host/badInput";

/** A history of `length` steps of a millisecond each; every `rhythm` steps one takes three times that, with yields. */
class TimedHistory implements RunningHistory {
  position = 0;
  reached = 0;
  /** Milliseconds; only steps and parts of long steps take time. */
  time = 0;

  constructor(
    private readonly length: number,
    private readonly rhythm = Infinity,
  ) {}

  get isNextLong(): boolean {
    return this.position === this.reached && (this.position + 1) % this.rhythm === 0;
  }

  *stepYielding(): Generator<undefined, void, undefined> {
    const { position } = this;
    for (let part = 0; part < 2; part++) {
      this.time++;
      yield;
      if (this.position !== position) return;
    }
    this.stepQuietly();
  }

  get finished(): boolean {
    return this.position === this.length;
  }

  stepForward(): StepRecord | undefined {
    throw new Error("Running makes no records.");
  }

  stepQuietly(): boolean {
    if (this.finished) return false;
    this.time++;
    this.position += 1;
    this.reached = Math.max(this.reached, this.position);
    return true;
  }

  seek(position: number): void {
    this.position = Math.min(position, this.length);
  }

  /** As if there were a checkpoint two steps before. */
  leap(): void {
    this.position = Math.max(this.position, this.reached - 2);
  }
}

interface Observed {
  readonly outcome: string | undefined;
  readonly steps: number[];
  readonly pauses: number;
  /** Milliseconds without a pause. */
  readonly longestSlice: number;
}

async function observe(
  history: TimedHistory,
  {
    steps: most = 1e9,
    milliseconds = 1e9,
    sliceMilliseconds = 1e9,
  }: { steps?: number; milliseconds?: number; sliceMilliseconds?: number },
  onPause: (pauses: number) => void = () => undefined,
  cancelAfter = Infinity,
): Promise<Observed> {
  let pauses = 0;
  let paused = 0;
  let longestSlice = 0;
  const steps: number[] = [];
  const host = new Stopwatch({
    sliceMilliseconds,
    now: () => history.time,
    pause: () => {
      pauses += 1;
      longestSlice = Math.max(longestSlice, history.time - paused);
      paused = history.time;
      onPause(pauses);
      return Promise.resolve();
    },
    cancelled: () => cancelAfter <= pauses,
  });
  const limits = { steps: most, isTimeUp: () => milliseconds <= host.milliseconds };
  const work = runHistory(history, limits, { onStep: (step) => steps.push(step) });
  const outcome = await drive(work, host);
  assert.equal(host.pauses, pauses);
  return { outcome, steps, pauses, longestSlice };
}

const allSteps = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

describe("runHistory", () => {
  it("runs to the end in one slice when there is time", async () => {
    const { outcome, steps, pauses } = await observe(new TimedHistory(5), {});
    assert.deepEqual({ outcome, steps, pauses }, { outcome: "finished", steps: [1, 2, 3, 4, 5], pauses: 0 });
  });

  it("notifies of every step once and ends at the end, wherever others seek in its pauses", async () => {
    const history = new TimedHistory(500);
    const result = await observe(history, { sliceMilliseconds: 7 }, () => history.seek(2));
    assert.equal(result.outcome, "finished");
    assert.deepEqual(result.steps, allSteps(500));
    assert.ok(result.pauses > 0);
    assert.equal(history.position, 500);
  });

  it("pauses within steps that take long, and notifies of each once, abandoned or not", async () => {
    for (const isDisturbed of [false, true]) {
      const history = new TimedHistory(40, 4);
      let within = 0;
      const result = await observe(history, { sliceMilliseconds: 1 }, (pauses) => {
        if (history.isNextLong) within++;
        if (isDisturbed && pauses % 9 === 0) history.seek(1);
      });
      assert.equal(result.outcome, "finished");
      assert.deepEqual(result.steps, allSteps(40));
      assert.ok(within >= 10, `${within} pauses within long steps`);
    }
  });

  it("keeps others waiting for a few steps more than a slice", async () => {
    const { longestSlice } = await observe(new TimedHistory(1000), { sliceMilliseconds: 20 });
    assert.ok(longestSlice <= 30, `${longestSlice} steps without a pause`);
  });

  it("stops at the step budget and at the time budget", async () => {
    const bySteps = await observe(new TimedHistory(1000), { steps: 10 });
    assert.equal(bySteps.outcome, "out-of-steps");
    assert.equal(bySteps.steps.length, 10);
    const byTime = await observe(new TimedHistory(1000), { milliseconds: 20, sliceMilliseconds: 5 });
    assert.equal(byTime.outcome, "out-of-time");
    assert.ok(byTime.steps.length <= 30, `${byTime.steps.length} steps`);
  });

  it("is finished, not out of budget, when the last step uses the budget up", async () => {
    assert.equal((await observe(new TimedHistory(10), { steps: 10 })).outcome, "finished");
  });

  it("ends when cancelled in a pause", async () => {
    const result = await observe(new TimedHistory(1000), { sliceMilliseconds: 5 }, undefined, 3);
    assert.equal(result.outcome, undefined);
    assert.ok(result.steps.length <= 50, `${result.steps.length} steps`);
  });
});

describe("LineSteps", () => {
  const executed = [0, 2, 2, 4];
  const lines = new LineSteps(6, { reached: executed.length, lineOf: (step) => executed[step - 1] });

  it("knows the first and the last execution of a line", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 99].map((line) => lines.lastOn(line)),
      [1, 0, 3, 0, 4, 0],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4, 99].map((line) => lines.firstOn(line)),
      [1, 0, 2, 0, 4, 0],
    );
  });

  it("falls back to the nearest line above that ran", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 99].map((line) => lines.lastAtOrAbove(line)),
      [1, 1, 3, 3, 4, 4, 4],
    );
    assert.equal(new LineSteps(3, { reached: 0, lineOf: () => null }).lastAtOrAbove(2), 0);
  });

  it("knows whether a line below ran", () => {
    assert.deepEqual(
      [0, 3, 4, 5].map((line) => lines.anyBelow(line)),
      [true, true, false, false],
    );
  });
});

describe("unfitness", () => {
  const cases: readonly [name: string, text: string, expected: ReturnType<typeof unfitness>][] = [
    ["a script", "heap 1MiB\na = alloc 100\n", undefined],
    ["nothing", "", undefined],
    ["a script with one broken byte", "a = alloc 100 # gr\uFFFDn\nfree a\n", undefined],
    ["a NUL byte", "\u007fELF\0\0\0", "binary"],
    ["mostly broken bytes", "\uFFFD\uFFFDa\uFFFDb", "binary"],
    ["too much", "#".repeat(1001), "too-large"],
  ];
  for (const [name, text, expected] of cases) {
    it(`${name}: ${expected ?? "fit"}`, () => assert.equal(unfitness(text, text.length, 1000), expected));
  }
});
