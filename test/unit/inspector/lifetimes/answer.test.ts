import assert from "node:assert/strict";
import fc from "fast-check";
import { answerLifetimes, wholeWindow } from "../../../../src/inspector/lifetimes/answer";
import { answerLives, lifeOrders } from "../../../../src/inspector/lifetimes/lifeFacts";
import { pixelHasBlock, pixelHasLeak, RasterBuilder } from "../../../../src/inspector/lifetimes/raster";
import { collectLives, type LifeWindow } from "../../../../src/inspector/lifetimes/window";
import { recordScript, scripts } from "./recorded";

/** A window as shares of the whole one. */
const shares = fc.tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true }));
const windows = fc.record({ steps: shares, bytes: shares });

function part(
  whole: LifeWindow,
  { steps, bytes }: { steps: [number, number]; bytes: [number, number] },
  round: (value: number) => number,
): LifeWindow {
  const span = whole.toStep - whole.fromStep;
  const room = whole.high - whole.low;
  const fromStep = round(whole.fromStep + steps[0] * span);
  const low = round(whole.low + bytes[0] * room);
  return {
    fromStep,
    low,
    toStep: Math.max(fromStep + 1, round(fromStep + steps[1] * span)),
    high: Math.max(low + 1, round(low + bytes[1] * room)),
  };
}

type Recorded = ReturnType<typeof recordScript>["recorder"];

function naive({ lives }: Recorded, region: number, { fromStep, toStep, low, high }: LifeWindow): number[] {
  return Array.from({ length: lives.length }, (_, life) => life).filter((life) => {
    const from = Math.max(fromStep, lives.born[life]);
    const to = Math.min(toStep, lives.ended[life]);
    const bottom = Math.max(low, lives.address[life]);
    const top = Math.min(high, lives.address[life] + lives.size[life]);
    return lives.region[life] === region && from < to && bottom < top;
  });
}

describe("Questions about lifetimes", () => {
  it("find what a scan finds, in small runs", () => {
    fc.assert(
      fc.property(scripts, windows, (script, share) => {
        const { recorder } = recordScript(script);
        for (const [number, region] of recorder.regions.entries()) {
          const window = part(wholeWindow(recorder, region), share, Math.floor);
          assert.deepEqual([...collectLives(recorder, number, window)], naive(recorder, number, window));
        }
      }),
    );
  });

  it("find what a scan finds, in a run of many thousand lives", () => {
    const script = `heap 1MiB
keep = alloc 64
repeat 3000 as i
  a = alloc 16
  b = alloc 32
  free a
  c[i] = alloc 24
  free b
end
repeat 1500 as i
  free c[i * 2]
end`;
    const { recorder } = recordScript(script);
    assert.equal(recorder.lives.length, 9001);
    const whole = wholeWindow(recorder, recorder.regions[0]);
    fc.assert(
      fc.property(windows, (share) => {
        const window = part(whole, share, Math.floor);
        assert.deepEqual([...collectLives(recorder, 0, window)], naive(recorder, 0, window));
      }),
    );
  });

  it("aggregate by pixel without hiding a block or a leak, and measure the share in use exactly", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(scripts, windows, sizes, (script, share, [width, height]) => {
        const { recorder } = recordScript(script);
        const { lives } = recorder;
        for (const [number, region] of recorder.regions.entries()) {
          const window = part(wholeWindow(recorder, region), share, (value) => value);
          const builder = new RasterBuilder(window, width, height);
          const found = [...collectLives(recorder, number, window)];
          for (const life of found) builder.add(lives, life);
          const raster = builder.finish();
          const perStep = (window.toStep - window.fromStep) / width;
          const perByte = (window.high - window.low) / height;
          for (let pixel = 0; pixel < width * height; pixel++) {
            const left = window.fromStep + (pixel % width) * perStep;
            const top = window.high - Math.floor(pixel / width) * perByte;
            let covered = 0;
            for (const life of found) {
              const steps = Math.min(left + perStep, lives.ended[life]) - Math.max(left, lives.born[life]);
              const end = lives.address[life] + lives.size[life];
              const bytes = Math.min(top, end) - Math.max(top - perByte, lives.address[life]);
              if (steps <= 0 || bytes <= 0) continue;
              covered += (steps * bytes) / (perStep * perByte);
              // A sliver at a pixel's edge may round into its neighbour.
              if (steps < perStep * 1e-9 || bytes < perByte * 1e-9) continue;
              assert.ok((raster.marks[pixel] & pixelHasBlock) !== 0);
              assert.ok(lives.leaked[life] === 0 || (raster.marks[pixel] & pixelHasLeak) !== 0);
            }
            assert.ok(Math.abs(raster.share[pixel] - covered * 255) < 0.51);
          }
        }
      }),
    );
  });

  it("answer with rectangles while they are few and with pixels when they are many", () => {
    const few = recordScript("a = alloc 8\nfree a").recorder;
    const question = { region: null, window: null, width: 100, height: 50 };
    const answer = answerLifetimes(few, question);
    assert.equal(answer.picture.kind, "blocks");
    assert.deepEqual(answer.window, { fromStep: 0, toStep: 3, low: 0x10020, high: 0x10028 });
    const many = recordScript("heap 64KiB\nrepeat 21000\n  a = alloc 8\n  free a\nend\nb = alloc 8").recorder;
    const crowded = answerLifetimes(many, question);
    assert.ok(crowded.picture.kind === "raster");
    assert.equal(crowded.picture.raster.share.length, 5000);
    assert.equal(crowded.reached, 42_002);
    // The one leak is a 42,002nd of the width: its pixel says so all the same.
    assert.ok(crowded.picture.raster.marks.some((marks) => (marks & pixelHasLeak) !== 0));
    assert.deepEqual([...crowded.problems.columns], [99]);
    assert.deepEqual([...crowded.problems.steps], [42_002]);
  });

  it("answer before the first allocation", () => {
    const { recorder } = recordScript("");
    const answer = answerLifetimes(recorder, { region: null, window: null, width: 10, height: 10 });
    assert.deepEqual([answer.region, answer.reached, answer.picture.kind], [null, 0, "blocks"]);
  });

  it("gather problems by pixel, the worst and its first step in front", () => {
    const { recorder } = recordScript("a = alloc 8\nfree a\nfree a\nb = alloc 0\nfree a\nc = alloc 8");
    const { problems } = answerLifetimes(recorder, { region: null, window: null, width: 2, height: 1 });
    assert.deepEqual(
      [problems.columns, problems.counts, problems.severities, problems.steps].map((column) => [...column]),
      [
        [0, 1],
        [1, 3],
        [3, 3],
        [3, 4],
      ],
    );
  });

  it("page through lives in each order as a sort does", () => {
    fc.assert(
      fc.property(scripts, fc.constantFrom(...lifeOrders), fc.nat(5), (script, order, first) => {
        const { recorder } = recordScript(script);
        const { lives, reached } = recorder;
        const answer = answerLives(recorder, { region: "heap", window: null, order, first, count: 7 }, () => "");
        const heap = recorder.regionNumber("heap");
        const end = (life: number) => Math.min(lives.ended[life], reached + 1);
        const keys = {
          largest: (life: number) => [-lives.size[life]],
          longest: (life: number) => [lives.born[life] - end(life)],
          leaked: (life: number) => [-lives.leaked[life], -lives.size[life]],
          first: (life: number) => [lives.born[life]],
        };
        const expected = Array.from({ length: lives.length }, (_, life) => life)
          .filter((life) => lives.region[life] === heap && lives.born[life] < lives.ended[life])
          .sort((left, right) => {
            const own = keys[order](left);
            const other = keys[order](right);
            return own.map((value, at) => value - other[at]).find((sign) => sign !== 0) ?? left - right;
          });
        if (recorder.regions[heap]?.name !== "heap") return;
        assert.equal(answer.total, expected.length);
        assert.deepEqual(
          answer.facts.map(({ born, size }) => [born, size]),
          expected.slice(first, first + 7).map((life) => [lives.born[life], lives.size[life]]),
        );
      }),
    );
  });
});
