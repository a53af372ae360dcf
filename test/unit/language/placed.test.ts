import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "../../../src/language/parsing/parser";
import { statementAt, statementsBetween, statementsYielding } from "../../../src/language/parsing/statementsByLine";
import { runToEnd } from "../../../src/language/coroutines";

const lines = fc.array(
  fc.constantFrom("a = alloc 16", "free a", "repeat 3 as i", "repeat", "end", "# note", "", "?", "stats"),
  { maxLength: 40 },
);

describe("statements by line", () => {
  it("are those that stand there, in scripts with open loops and mistakes too", () => {
    fc.assert(
      fc.property(lines, fc.nat(40), fc.nat(40), (texts, first, last) => {
        const program = parse(texts.join("\n"));
        // The first of a line: what closes an open loop stands for its `repeat` line once more.
        const expected = texts.flatMap((_, line) => {
          const index = program.lineOf.indexOf(line);
          return index < 0 ? [] : [{ line, statement: program.instructions[index].statement }];
        });
        assert.deepEqual(statementsBetween(program, 0, Infinity), expected);
        const within = expected.filter(({ line }) => first <= line && line <= last);
        assert.deepEqual(statementsBetween(program, first, last), within);
        assert.equal(statementAt(program, first), expected.find(({ line }) => line === first)?.statement);
        const loops = expected.filter(({ statement }) => statement.verb === "repeat");
        assert.deepEqual(runToEnd(statementsYielding(program, ({ verb }) => verb === "repeat")), loops);
      }),
      { numRuns: 300 },
    );
  });
});
