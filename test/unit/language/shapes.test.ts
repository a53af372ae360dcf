import * as assert from "node:assert/strict";
import { foldsOf } from "../../../src/language/services/folding";
import { runToEnd } from "../../../src/language/coroutines";
import { parse } from "../../../src/language/parsing/parser";
import { selectionSteps } from "../../../src/language/services/selection";

describe("foldsOf", () => {
  it("finds loops, runs of comments and regions, nested too", () => {
    const text =
      "# one\n# two\n# region outer\nrepeat 2\n  stats\nend\n# region inner\nstats\n# endregion\n# endregion\n# alone\nstats";
    assert.deepEqual(runToEnd(foldsOf(parse(text))), [
      { kind: "loop", start: 3, end: 4 },
      { kind: "comment", start: 0, end: 1 },
      { kind: "region", start: 6, end: 8 },
      { kind: "region", start: 2, end: 9 },
    ]);
  });

  it("leaves regions open that nothing closes, and ends that close nothing", () => {
    assert.deepEqual(runToEnd(foldsOf(parse("# endregion\n# region\nstats"))), []);
  });
});

describe("selectionSteps", () => {
  it("grow from token to option, statement, line, body, loop and file", () => {
    const program = parse("stats\nrepeat 2\n  a = alloc 8 align=16 # one\n  free a\nend\nstats");
    const texts = selectionSteps(program, 2, 21).map((step) =>
      step.kind === "within"
        ? program.lines[step.line].slice(step.span.start, step.span.end)
        : `${step.line}-${step.endLine}`,
    );
    assert.deepEqual(texts, ["16", "align=16", "a = alloc 8 align=16", "2-2", "2-3", "1-4", "0-5"]);
  });

  it("grow from a line that does not parse", () => {
    assert.equal(selectionSteps(parse("???\nstats"), 0, 1).at(-1)?.kind, "lines");
  });
});
