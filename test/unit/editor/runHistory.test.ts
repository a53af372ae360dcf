import * as assert from "node:assert/strict";
import type { StepRecord } from "../../../src/machine/records/records";
import { LineSteps } from "../../../src/editor/runs/lineSteps";
import { runHistory, type RunningHistory } from "../../../src/editor/runs/runHistory";
import { Stopwatch } from "../../../src/editor/runs/Stopwatch";
import { drive } from "../../../src/language/coroutines";
import { unfitness } from "../../../src/editor/host/badInput";

/** A history of `length` steps on lines 0, 1, 2 … that counts how it is used. */
class CountingHistory implements RunningHistory {
  position = 0;
  reached = 0;
  readonly seeks: number[] = [];

  constructor(
    private readonly length: number,
    /** Every so many steps one takes long. */
    private readonly rhythm = Infinity,
  ) {}

  get isNextLong(): boolean {
    return this.position === this.reached && (this.position + 1) % this.rhythm === 0;
  }

  /** Takes three turns, and is given up when somebody goes elsewhere. */
  *stepYielding(): Generator<undefined, void, undefined> {
    const { position } = this;
    for (let turn = 0; turn < 3; turn++) {
      yield;
      if (this.position !== position) return;
    }
    this.stepQuietly();
  }

  get finished(): boolean {
    return this.position === this.length;
  }

  get nextLine(): number | null {
    return this.finished ? null : this.position;
  }

  stepForward(): StepRecord | undefined {
    throw new Error("Running makes no records.");
  }

  stepQuietly(): boolean {
    if (this.finished) return false;
    this.position += 1;
    this.reached = Math.max(this.reached, this.position);
    return true;
  }

  seek(position: number): void {
    this.seeks.push(position);
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
}

/** Runs with a clock on which every look takes one millisecond. */
async function observe(
  history: CountingHistory,
  {
    steps: most = 1e9,
    milliseconds = 1e9,
    sliceMilliseconds = 1e9,
  }: { steps?: number; milliseconds?: number; sliceMilliseconds?: number },
  onPause: (pauses: number) => void = () => undefined,
  cancelAfter = Infinity,
): Promise<Observed> {
  let time = 0;
  let pauses = 0;
  const steps: number[] = [];
  const host = new Stopwatch({
    sliceMilliseconds,
    now: () => time++,
    pause: () => {
      pauses += 1;
      onPause(pauses);
      return Promise.resolve();
    },
    cancelled: () => cancelAfter <= pauses,
  });
  const limits = { steps: most, isTimeUp: () => milliseconds <= host.milliseconds };
  const work = runHistory(history, limits, { onStep: (step) => steps.push(step) });
  const outcome = await drive(work, host);
  assert.equal(host.pauses, pauses);
  return { outcome, steps, pauses };
}

describe("runHistory", () => {
  it("runs to the end in one slice when there is time", async () => {
    const result = await observe(new CountingHistory(5), {});
    assert.deepEqual(result, { outcome: "finished", steps: [1, 2, 3, 4, 5], pauses: 0 });
  });

  it("pauses after each slice and tells every step once, whoever seeks meanwhile", async () => {
    const history = new CountingHistory(50);
    const result = await observe(history, { sliceMilliseconds: 7 }, () => history.seek(2));
    assert.equal(result.outcome, "finished");
    assert.deepEqual(
      result.steps,
      Array.from({ length: 50 }, (_, index) => index + 1),
    );
    assert.ok(result.pauses >= 5, `${result.pauses} pauses`);
    assert.equal(history.position, 50);
  });

  it("pauses within steps that take long, and tells each of them once, given up or not", async () => {
    for (const isDisturbed of [false, true]) {
      const history = new CountingHistory(40, 4);
      const result = await observe(history, { sliceMilliseconds: 2 }, (pauses) => {
        if (isDisturbed && pauses % 9 === 0) history.seek(1);
      });
      assert.equal(result.outcome, "finished");
      assert.deepEqual(
        result.steps,
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
      assert.ok(result.pauses >= 30, `${result.pauses} pauses`);
    }
  });

  it("stops at the step budget and at the time budget", async () => {
    const bySteps = await observe(new CountingHistory(1000), { steps: 10 });
    assert.equal(bySteps.outcome, "out-of-steps");
    assert.equal(bySteps.steps.length, 10);
    const byTime = await observe(new CountingHistory(1000), { milliseconds: 20, sliceMilliseconds: 5 });
    assert.equal(byTime.outcome, "out-of-time");
    assert.ok(byTime.steps.length <= 25, `${byTime.steps.length} steps`);
  });

  it("is finished, not out of budget, when the last step uses the budget up", async () => {
    assert.equal((await observe(new CountingHistory(10), { steps: 10 })).outcome, "finished");
  });

  it("ends when cancelled between two slices", async () => {
    const result = await observe(new CountingHistory(1000), { sliceMilliseconds: 5 }, undefined, 3);
    assert.equal(result.outcome, undefined);
    assert.equal(result.pauses, 3);
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
