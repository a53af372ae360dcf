import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { runToEnd } from "../../../src/language/coroutines";
import { ProgramDocument, type TextChange, type TextPlace } from "../../../src/language/parsing/ProgramDocument";

const piece = fc.constantFrom(
  ...["a = alloc 16", "free a", "repeat 3 as i", "repeat", "end", "end", "# note", "", "?", 'write a "x"', "b[i] = a"],
  ...["\n", "\n", "\r\n", "\r", "\ufeff", " ", "#"],
);
const samples = [
  "a = alloc 16",
  "free a",
  "repeat 3 as i",
  "end",
  "x",
  "end",
  "",
  "b[i] = a",
  "repeat",
  "stats",
  "# note",
];
const text = fc.array(piece, { maxLength: 30, size: "max" }).map((pieces) => pieces.join(""));

/** Where an offset is, as editors count it: a mark at the beginning is a character of the first line. */
function placeOf(source: string, offset: number): TextPlace {
  const lines = source.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, column: lines.at(-1)!.length };
}

/** No editor puts anything between the two characters of a line's end. */
function outsideOfLineEnd(source: string, offset: number): number {
  return source.slice(offset - 1, offset + 1) === "\r\n" ? offset + 1 : offset;
}

describe("a script that is edited", () => {
  it("is after every edit the program that its whole text would be", () => {
    const edit = fc.record({ from: fc.nat(), length: fc.nat(40), text });
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 8 }), (first, edits) => {
        let source = first;
        const document = new ProgramDocument(source);
        for (const { from, length, text: added } of edits) {
          const start = outsideOfLineEnd(source, from % (source.length + 1));
          const end = outsideOfLineEnd(source, Math.min(source.length, start + length));
          document.edit({ start: placeOf(source, start), end: placeOf(source, end), text: added });
          const joined = source.slice(0, start) + added + source.slice(end);
          // A \r and a \n that an edit brings together stay two lines' ends for the editor, which stores lines.
          fc.pre(!bringsTogether(source, start, end, added));
          source = joined;
          assert.deepEqual(document.program(), parse(source));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("is put together once for all who wait for it in turns, whatever is edited meanwhile", () => {
    const lines = Array.from({ length: 900 }, (_, line) => samples[(line * 7) % samples.length]);
    const turn = fc.oneof(
      { weight: 6, arbitrary: fc.constant({ kind: "wait" as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: "hurry" as const }) },
      fc.record({ kind: fc.constant("edit" as const), line: fc.nat(899), text: fc.constantFrom(...samples, "\n\n") }),
    );
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30 }), (turns) => {
        const now = [...lines];
        const document = new ProgramDocument(now.join("\n"));
        const waiting = [document.parse(), document.parse()];
        for (const [index, each] of turns.entries()) {
          if (each.kind === "wait") waiting[index % 2].next();
          else if (each.kind === "hurry") assert.deepEqual(document.program(), parse(now.join("\n")));
          else {
            const place = { line: each.line, column: 0 };
            document.edit({ start: place, end: place, text: each.text });
            const added = (each.text + now[each.line]).split("\n");
            now.splice(each.line, 1, ...added);
          }
        }
        const programs = [document.parse(), document.parse()].map(runToEnd);
        assert.deepEqual(programs[0], parse(now.join("\n")));
        assert.equal(programs[1], programs[0]);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the instructions of lines above and below an edit", () => {
    const document = new ProgramDocument("a = alloc 1\nb = alloc 2\nfree a");
    const before = document.program();
    document.edit(insertion(1, "c = alloc 3\n"));
    const after = document.program();
    assert.equal(after.instructions[0], before.instructions[0]);
    assert.equal(after.instructions[3], before.instructions[2]);
    assert.deepEqual(before.lineOf, [0, 1, 2]);
    assert.deepEqual(after.lineOf, [0, 1, 2, 3]);
  });

  it("is right wherever the edits are in a script of many lines, loops and mistakes included", () => {
    const lines = Array.from({ length: 1500 }, (_, line) => samples[(line * 7) % samples.length]);
    const edit = fc.record({ line: fc.nat(1400), removed: fc.nat(2), added: fc.array(fc.constantFrom(...samples)) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const document = new ProgramDocument(lines.join("\n"));
        const now = [...lines];
        for (const { line, removed, added } of edits) {
          now.splice(line, removed, ...added);
          const text = added.map((entry) => `${entry}\n`).join("");
          document.edit({ start: { line, column: 0 }, end: { line: line + removed, column: 0 }, text });
          assert.deepEqual(document.program(), parse(now.join("\n")));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("goes on after a parse that was given up", () => {
    const document = new ProgramDocument("a = alloc 8\n".repeat(2000));
    const parsing = document.parse();
    assert.equal(parsing.next().done, false);
    document.edit(insertion(3, "free a\n"));
    assert.deepEqual(document.program(), parse(`${"a = alloc 8\n".repeat(3)}free a\n${"a = alloc 8\n".repeat(1997)}`));
  });
});

function insertion(line: number, added: string): TextChange {
  return { start: { line, column: 0 }, end: { line, column: 0 }, text: added };
}

function bringsTogether(source: string, start: number, end: number, added: string): boolean {
  const left = source.slice(0, start);
  const right = source.slice(end);
  const around = [left + added, right];
  return (
    (left.endsWith("\r") && (added + right).startsWith("\n")) || (around[0].endsWith("\r") && right.startsWith("\n"))
  );
}
