import { lostBlocks } from "../../../../src/machine/leaks/lostBlocks";
import assert from "node:assert/strict";
import fc from "fast-check";
import { answerLives } from "../../../../src/inspector/lifetimes/lifeFacts";
import type { LifetimeRecorder } from "../../../../src/inspector/lifetimes/LifetimeRecorder";
import { lifeEnds, neverEnded } from "../../../../src/inspector/lifetimes/lives";
import { parse } from "../../../../src/language/parsing/parser";
import { History } from "../../../../src/machine/run/History";
import { recordScript, scripts } from "./recorded";

const text = (recorder: LifetimeRecorder): string[] => {
  const { lives } = recorder;
  return Array.from({ length: lives.length }, (_, life) => {
    const ended = lives.ended[life] === neverEnded ? "" : lives.ended[life];
    const leaked = lives.leaked[life] === 1 ? " leaked" : "";
    return `${lives.size[life]} bytes ${lives.born[life]}..${ended} ${lifeEnds[lives.end[life]]}${leaked}`;
  });
};

describe("The recorder of lifetimes", () => {
  it("tells each way in which a block ends", () => {
    const { recorder } = recordScript(
      [
        "heap 4KiB", //          1
        "pool p 16 x 4", //      2
        "a = alloc 100", //      3
        "b = alloc 50", //       4
        "a = realloc a 200", //  5: moves, as b is in the way
        "b = realloc b 40", //   6: stays
        "c = alloc from=p", //   7
        "reset p", //            8
        "d = alloc from=p", //   9
        "destroy p", //         10: d is lost with it
        "free a", //            11
        "e = alloc 10", //      12
        "free b", //            13
        "defrag", //            14
      ].join("\n"),
    );
    assert.deepEqual(text(recorder), [
      "100 bytes 3..5 realloc",
      "50 bytes 4..6 resized",
      "200 bytes 5..11 free",
      "40 bytes 6..13 free",
      "16 bytes 7..8 reset",
      "16 bytes 9..10 destroy leaked",
      "10 bytes 12.. open leaked",
    ]);
    assert.deepEqual(
      recorder.regions.map(({ name, kind, lives }) => [name, kind, lives]),
      [
        ["heap", "heap", 5],
        ["p", "pool", 2],
      ],
    );
  });

  it("follows a block that compaction moves, and flags the one that lost its last handle", () => {
    const { recorder } = recordScript("a = alloc 8\nb = alloc 8\nfree a\ndefrag\nb = alloc 24");
    assert.deepEqual(text(recorder), [
      "8 bytes 1..3 free",
      "8 bytes 2..4 moved",
      "8 bytes 4.. open leaked",
      "24 bytes 5.. open leaked",
    ]);
    assert.equal(recorder.lives.previous[2], 1);
    assert.equal(recorder.lives.line[2], 1);
  });

  it("says at any step exactly which blocks the regions hold", () => {
    fc.assert(
      fc.property(scripts, fc.array(fc.nat(62), { minLength: 1, maxLength: 6 }), (script, steps) => {
        const { recorder } = recordScript(script);
        const history = new History(parse(script));
        const { lives, regions } = recorder;
        for (const step of steps) {
          history.seek(step);
          const expected: string[] = [];
          for (const [name, heap] of history.state.heaps) {
            for (const { state, payload, requested } of heap.blocks()) {
              if (state === "used") expected.push(`${name} ${payload} ${requested}`);
            }
          }
          for (const [name, pool] of history.state.pools) {
            for (const { state, address } of pool.blocks())
              if (state === "used") expected.push(`${name} ${address} 32`);
          }
          const found: string[] = [];
          for (let life = 0; life < lives.length; life++) {
            if (lives.born[life] > history.position || lives.ended[life] <= history.position) continue;
            found.push(`${regions[lives.region[life]].name} ${lives.address[life]} ${lives.size[life]}`);
          }
          assert.deepEqual(found.sort(), expected.sort());
        }
      }),
    );
  });

  it("flags what the run reports as leaks, and knows the line and the worst problem of each step", () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const { recorder, machine } = recordScript(script);
        const { lives, steps } = recorder;
        const reported = new Set(machine.problems.flatMap(lostBlocks));
        const flagged = new Set<number>();
        for (let life = 0; life < lives.length; life++)
          if (lives.leaked[life] === 1) flagged.add(lives.allocation[life]);
        assert.deepEqual(flagged, reported);
        const history = new History(parse(script));
        for (let record = history.stepForward(); record !== undefined; record = history.stepForward()) {
          const ranks = record.problems.map(
            ({ severity }) => ["information", "warning", "error"].indexOf(severity) + 1,
          );
          assert.equal(steps.line[record.step], record.line);
          assert.equal(steps.severity[record.step], Math.max(0, ...ranks));
        }
        assert.equal(recorder.reached, history.reached);
      }),
    );
  });

  it("takes each step once, however often it is told", () => {
    const history = new History(parse("a = alloc 8\nfree a\nb = alloc 8"));
    const { recorder } = recordScript("");
    for (const seek of [0, 1, 0, 2, 1]) {
      history.seek(seek);
      for (let record = history.stepForward(); record !== undefined; record = history.stepForward()) {
        recorder.record(record, history.state);
      }
    }
    assert.equal(recorder.reached, 3);
    assert.equal(recorder.lives.length, 2);
  });

  it("tells a life in full", () => {
    const script = ["heap 4KiB", "a = alloc 100", "b = alloc 50", "a = realloc a 200", "free a"];
    const { recorder } = recordScript(script.join("\n"));
    const question = { region: "heap", window: null, order: "largest", first: 0, count: 2 } as const;
    const answer = answerLives(recorder, question, (line) => script[line]);
    assert.deepEqual(answer, {
      total: 3,
      leaked: 1,
      facts: [
        {
          handle: "a",
          address: "0x10100",
          size: 200,
          born: 4,
          line: 3,
          text: "a = realloc a 200",
          end: "free",
          ended: { step: 5, line: 4, text: "free a" },
          leaked: false,
          previous: null,
        },
        {
          handle: "a",
          address: "0x10020",
          size: 100,
          born: 2,
          line: 1,
          text: "a = alloc 100",
          end: "realloc",
          ended: { step: 4, line: 3, text: "a = realloc a 200" },
          leaked: false,
          previous: null,
        },
      ],
    });
  });
});
