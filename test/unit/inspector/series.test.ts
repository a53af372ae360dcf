import assert from "node:assert/strict";
import fc from "fast-check";
import { SeriesRecorder } from "../../../src/inspector/series";
import { parse } from "../../../src/language/parsing/parser";
import { Machine } from "../../../src/machine/run/Machine";
import { layHistory } from "./laidMemory";

/** A state whose heap has as many used bytes as its step number. */
const stateAt = (step: number) =>
  layHistory({
    position: step,
    heaps: [
      {
        name: "main",
        base: 0,
        header: 0,
        blocks: [
          { size: step + 1, handle: "a", requested: step },
          { size: 90, handle: null },
          { size: 10, handle: null },
        ],
      },
    ],
  }).state;

describe("The series recorder", () => {
  it("keeps one point a step while there are few", () => {
    const recorder = new SeriesRecorder(100);
    for (let step = 0; step <= 5; step++) recorder.record(stateAt(step));
    const { hasHeap, hasPaging, peak, faults, hitRate, ...view } = recorder.view();
    assert.deepEqual([hasHeap, hasPaging], [true, false]);
    assert.deepEqual(peak.length, 6);
    assert.deepEqual([faults, hitRate], [Array(6).fill(0), Array(6).fill(0)]);
    assert.deepEqual(view, {
      steps: [0, 1, 2, 3, 4, 5],
      used: [0, 1, 2, 3, 4, 5],
      free: Array(6).fill(100),
      largest: Array(6).fill(90),
      fragmentation: Array(6).fill(1 - 90 / 100),
    });
  });

  it("counts faults and hits of pages, and gives the same view until a sample is added", () => {
    const script = "vm page=4KiB frames=2 replacement=lru\naccess 0\naccess 0\naccess 0x1000\naccess 0\n";
    const machine = new Machine(parse(script));
    const recorder = new SeriesRecorder();
    recorder.record(machine.state);
    while (machine.step() !== undefined) recorder.record(machine.state);
    const view = recorder.view();
    assert.deepEqual([view.hasHeap, view.hasPaging, recorder.hasCurve], [false, true, true]);
    assert.deepEqual(view.faults, [0, 0, 1, 1, 2, 2]);
    assert.deepEqual(view.hitRate, [0, 0, 0, 0.5, 1 / 3, 0.5]);
    recorder.record(machine.state);
    assert.equal(recorder.view(), view);
  });

  it("stays bounded, sorted and evenly spaced in whatever order steps arrive, and keeps the furthest", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, (visited) => {
        const recorder = new SeriesRecorder(40);
        for (const step of visited) recorder.record(stateAt(step));
        const view = recorder.view();
        assert.ok(view.steps.length <= 41);
        assert.deepEqual(
          view.steps,
          [...new Set(view.steps)].sort((left, right) => left - right),
        );
        assert.equal(view.steps.at(-1), Math.max(...visited));
        assert.deepEqual(view.used, view.steps);
      }),
    );
  });

  it("wants no more of a long run than it keeps", () => {
    const recorder = new SeriesRecorder(50);
    let asked = 0;
    for (let step = 0; step < 20_000; step++) {
      if (!recorder.wants(step)) continue;
      asked++;
      recorder.record(stateAt(step));
    }
    assert.ok(asked < 50 * 12, `${asked} samples taken`);
    assert.ok(recorder.view().steps.length >= 25);
  });
});

describe("Filling the series by running again", () => {});
