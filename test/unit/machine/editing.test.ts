import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { ProgramDocument } from "../../../src/language/parsing/ProgramDocument";
import { History } from "../../../src/machine/run/History";
import { defaultMachineOptions, type MachineOptions } from "../../../src/machine/run/options";
import type { Program } from "../../../src/language/parsing/syntax";
import { runToEnd } from "../../../src/language/coroutines";
import { fingerprint } from "./fingerprint";

const options: MachineOptions = { ...defaultMachineOptions, limits: { ...defaultMachineOptions.limits, steps: 600 } };

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
/** Lines that leave the state as it is, but for the number of steps. */
const idle = fc.constantFrom(
  "stats",
  "check",
  "free nothing",
  "expect used == 3",
  "read nothing 4",
  "x = no",
  "# note",
);
/** What becomes of a line that is edited: another one, or nearly the same. */
const change = fc.oneof(
  { weight: 2, arbitrary: line.map((text) => () => text) },
  { weight: 6, arbitrary: idle.map((text) => () => text) },
  fc.constant((text: string) => `${text} # why`),
  fc.constant((text: string) => `  ${text}`),
  fc.constant((text: string) => text.replace("16", "0x10").replace("a = alloc", "aa = alloc")),
);
const edit = fc.record({
  at: fc.nat(),
  removed: fc.nat(2),
  added: fc.array(change, { maxLength: 2 }),
  /** How far the run gets before the next edit comes. */
  steps: fc.oneof({ weight: 3, arbitrary: fc.constant(1e9) }, fc.nat(200)),
  /** Where somebody looks then. */
  look: fc.nat(400),
  /** Where somebody looks in the pauses until then. */
  looks: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(fc.nat(400), { maxLength: 4 })),
});

/** Enough steps for checkpoints that are not the first, with problems that speak of other lines. */
function churn(name: string, rounds: number): string[] {
  return [
    `${name}s = alloc 24`,
    `repeat ${rounds} as i`,
    `  ${name}[i] = alloc 16`,
    `  write ${name}[i] i`,
    `  free ${name}[i]`,
    "end",
    `read ${name}s 8`,
    `free ${name}[0]`,
    `${name}s = 0`,
  ];
}

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

/** Records and states on the way back, for which checkpoints are returned to. */
function wayBack(history: History): unknown[] {
  const places: unknown[] = [];
  for (let position = history.reached; position > 0; position -= 29) {
    history.seek(position);
    places.push([history.record, fingerprint(history)]);
  }
  return places;
}

/** Runs as the editor does, and in the yields of long steps a reader looks elsewhere. */
function runOn(history: History, steps = 1e9, looks: readonly number[] = []): void {
  let pauses = 0;
  for (let step = 0; step < steps; step++) {
    history.leap();
    if (!history.isNextLong) {
      if (!history.stepQuietly()) return;
      continue;
    }
    const work = history.stepYielding();
    while (work.next().done !== true) {
      const look = looks.at(pauses++ % 7);
      if (look !== undefined && pauses < 50) history.seek(look % (history.reached + 1));
    }
    if (history.position === history.reached && history.finished) return;
  }
}

/** Goes on with another program, which somebody who has time need not do in slices. */
function continueWith(history: History, program: Program): boolean {
  return runToEnd(history.continueWith(program));
}

function assertSame(history: History, lines: readonly string[]): void {
  const fresh = new History(parse(lines.join("\n")), options);
  fresh.seek(1e9);
  assert.equal(history.reached, fresh.reached);
  assert.deepEqual(fingerprint(history), fingerprint(fresh));
  assert.equal(history.problemCount, fresh.problemCount);
  for (let step = 1; step <= fresh.reached; step++) assert.equal(history.lineOf(step), fresh.lineOf(step));
}

describe("a run of an edited program", () => {
  it("resumes above the edit, and all of it is as a fresh run of the new program", () => {
    let continued = 0;
    const some = fc.array(fc.oneof(line, idle), { maxLength: 8, size: "max" });
    fc.assert(
      fc.property(
        fc.tuple(some, fc.integer({ min: 20, max: 50 }), some, fc.integer({ min: 50, max: 70 }), some),
        fc.array(edit, { minLength: 1, maxLength: 6 }),
        ([first, rounds, second, moreRounds, third], edits) => {
          const head = ["heap 2KiB", ...churn("p", rounds)];
          const lines = [...head, ...first, ...second, ...churn("q", moreRounds), ...third];
          const document = new ProgramDocument(lines.join("\n"));
          let history = new History(document.program(), options);
          runOn(history);
          for (const { at, removed, added, steps, look, looks } of edits) {
            // Most of them between the two loops.
            const start = at % 3 === 0 ? at % (lines.length + 1) : 10 + (at % (first.length + second.length + 1));
            const dropped = lines.slice(start, start + removed);
            const texts = added.map((each, index) => each(dropped[index] ?? ""));
            replaceLines(document, lines, start, dropped.length, texts);
            if (continueWith(history, document.program())) {
              if (history.reached > 0) continued++;
            } else history = new History(document.program(), options);
            runOn(history, steps, looks);
            if (history.finished) assertSame(history, lines);
            history.seek(Math.min(look, history.reached));
          }
          runOn(history);
          assertSame(history, lines);
          const fresh = new History(parse(lines.join("\n")), options);
          runOn(fresh);
          assert.deepEqual(wayBack(history), wayBack(fresh));
          assert.deepEqual(runOf(history), runOf(fresh));
        },
      ),
      { numRuns: 50 },
    );
    assert.ok(continued > 40, `${continued} continued`);
  });

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
      assert.equal(continueWith(history, document.program()), true);
      assert.ok(least <= history.reached && history.reached <= most, `${history.reached} steps kept`);
      history.seek(1e9);
      assert.deepEqual(history.problems, run(lines).problems);
    });
  }

  it("starts over when the first line is another one", () => {
    const history = run(["a = alloc 8"]);
    assert.equal(continueWith(history, parse("a = alloc 9")), false);
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
