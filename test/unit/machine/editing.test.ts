import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parser";
import { ProgramDocument } from "../../../src/language/ProgramDocument";
import { History } from "../../../src/machine/History";
import { defaultMachineOptions } from "../../../src/machine/Machine";
import type { MachineOptions } from "../../../src/machine/contract";
import { fingerprint } from "./fingerprint";

const options: MachineOptions = { ...defaultMachineOptions, limits: { ...defaultMachineOptions.limits, steps: 400 } };

/** Few names, so that lines have to do with each other; mistakes, loops and announcements too. */
const line = fc.constantFrom(
  ...["a = alloc 16", "a = alloc 24", "b = alloc 100", "b[i] = alloc 8", "c = b", "free a", "free b", "free b[1]"],
  ...['write a "hello"', "write b 7", "write b a", "read a 8", "fill a 40 1", "a = realloc a 200", "x = i + 1"],
  ...[
    "repeat 3 as i",
    "repeat 2",
    "repeat",
    "repeat 0",
    "end",
    "end",
    "expect problem double-free",
    "expect used == 16",
  ],
  ...["heap 4KiB policy=best-fit", "pool p 16 x 3", "a = alloc from=p", "vm page=16 frames=4", "map 1 -> 2", "load 17"],
  ...["vm page=16 frames=2 pages=16 replacement=opt", "access 20", "access 40", "access 70", "translate 20"],
  ...["# note", "", "?", "stats", "check", "defrag", "coalesce", "reset p"],
);
const edit = fc.record({
  at: fc.nat(),
  removed: fc.nat(2),
  added: fc.array(line, { maxLength: 2 }),
  /** How far the run gets before the next edit comes. */
  steps: fc.oneof(fc.constant(1e9), fc.nat(200)),
  /** Where somebody looks then. */
  look: fc.nat(200),
});

/** The whole run of a program: every record, and the state at some places. */
function runOf(history: History): unknown[] {
  const places: unknown[] = [];
  history.seek(0);
  for (let more = true; more;) {
    places.push(history.position % 20 === 0 ? [history.record, fingerprint(history)] : history.record);
    more = history.stepForward() !== undefined;
  }
  return places;
}

describe("a run of an edited program", () => {
  it("goes on from above the edit, and all of it is as a fresh run of the new program", () => {
    let continued = 0;
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 30, size: "max" }),
        fc.nat(4),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        (first, rounds, edits) => {
          // Enough steps above for checkpoints that are not the first.
          const head = ["heap 2KiB", `repeat ${rounds * 20} as i`, "  q[i] = alloc 16", "  free q[i]", "end"];
          const lines = [...head, ...first];
          const document = new ProgramDocument(lines.join("\n"));
          let history = new History(document.program(), options);
          history.seek(1e9);
          for (const { at, removed, added, steps, look } of edits) {
            const start = at % (lines.length + 1);
            const count = Math.min(removed, lines.length - start);
            replaceLines(document, lines, start, count, added);
            if (history.continueWith(document.program())) {
              if (history.reached > 0) continued++;
            } else history = new History(document.program(), options);
            for (let step = 0; step < steps && history.stepQuietly(); step++);
            history.seek(Math.min(look, history.reached));
          }
          const fresh = new History(parse(lines.join("\n")), options);
          history.seek(1e9);
          fresh.seek(1e9);
          assert.deepEqual(fingerprint(history), fingerprint(fresh));
          assert.equal(history.problemCount, fresh.problemCount);
          assert.deepEqual(runOf(history), runOf(fresh));
        },
      ),
      { numRuns: 60 },
    );
    assert.ok(continued > 30, `${continued} runs went on`);
  }).timeout(120_000);

  const script = ["a = alloc 8", "repeat 300 as i", "  b = alloc 8", "  free b", "end", "free a", "stats"];
  const cases: readonly [what: string, line: number, removed: number, added: string[], reached: [number, number]][] = [
    ["a line after the loop", 6, 1, ["check"], [500, 601]],
    ["a comment alone", 7, 0, ["# the end"], [603, 603]],
    ["a mistake alone", 7, 0, ["?"], [603, 603]],
    ["a line of the loop", 3, 1, ["  stats"], [0, 2]],
    ["a line more in the loop", 3, 0, ["  stats"], [0, 1]],
    ["a loop without its end", 4, 1, [], [0, 1]],
  ];
  for (const [what, at, removed, added, [least, most]] of cases) {
    it(`keeps ${least} to ${most} steps when what changes is ${what}`, () => {
      const lines = [...script];
      const document = new ProgramDocument(lines.join("\n"));
      const history = new History(document.program());
      history.seek(1e9);
      assert.equal(history.reached, 603);
      replaceLines(document, lines, at, removed, added);
      assert.equal(history.continueWith(document.program()), true);
      assert.ok(least <= history.reached && history.reached <= most, `${history.reached} steps kept`);
      history.seek(1e9);
      assert.deepEqual(history.problems, run(lines).problems);
    });
  }

  it("begins anew when the first line is another one", () => {
    const history = run(["a = alloc 8"]);
    assert.equal(history.continueWith(parse("a = alloc 9")), false);
    assert.equal(history.program.lines[0], "a = alloc 8");
  });
});

function run(lines: readonly string[]): History {
  const history = new History(parse(lines.join("\n")));
  history.seek(1e9);
  return history;
}

function replaceLines(
  document: ProgramDocument,
  lines: string[],
  at: number,
  removed: number,
  added: readonly string[],
): void {
  // A line goes with the line's end before it, and the first line with the one after it.
  const end = at + removed;
  const isLast = end === lines.length;
  const start = isLast && at > 0 ? { line: at - 1, column: lines[at - 1].length } : { line: at, column: 0 };
  const stop = isLast ? { line: end - 1, column: lines[end - 1].length } : { line: end, column: 0 };
  const text =
    isLast && at > 0
      ? added.map((each) => `\n${each}`).join("")
      : isLast
        ? added.join("\n")
        : added.map((each) => `${each}\n`).join("");
  document.edit({ start, end: stop, text });
  lines.splice(at, removed, ...added);
}
