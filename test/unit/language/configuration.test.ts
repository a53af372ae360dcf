import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { foldsOf } from "../../../src/language/services/folding";
import { runToEnd } from "../../../src/language/coroutines";
import { parse } from "../../../src/language/parsing/parser";

interface EnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly action: { readonly indent: string; readonly appendText?: string };
}

const file = join(__dirname, "../../../media/language-configuration.json");
const configuration = JSON.parse(readFileSync(file, "utf8")) as {
  readonly wordPattern: string;
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly onEnterRules: readonly EnterRule[];
};

describe("the language configuration", () => {
  it("takes numbers, names and choices for words", () => {
    const words = (text: string): string[] => text.match(new RegExp(configuration.wordPattern, "g")) ?? [];
    assert.deepEqual(words("b[i] = alloc 0x1f_00 align=1.5KiB"), ["b", "i", "alloc", "0x1f_00", "align", "1.5KiB"]);
    assert.deepEqual(words("trim p 0x10..0x20"), ["trim", "p", "0x10", "0x20"]);
    assert.deepEqual(words("map 0..4 r-x policy=best-fit"), ["map", "0", "4", "r-x", "policy", "best-fit"]);
    assert.deepEqual(words("p = a-8 replacement=2q 0b101"), ["p", "a", "8", "replacement", "2q", "0b101"]);
  });

  it("marks the regions that folding finds", () => {
    const { start, end } = configuration.folding.markers;
    for (const text of ["# region one", "  #region", "#regional", "stats # region", "region stack 0..4"]) {
      const folds = runToEnd(foldsOf(parse(`${text}\nstats\n# endregion`)));
      assert.equal(new RegExp(start).test(text), folds.length === 1, text);
    }
    assert.ok(new RegExp(end).test("  # endregion"));
  });

  it("goes on with a comment that is broken within, and ends one that is not", () => {
    const appended = (before: string, after: string): string => {
      const rule = configuration.onEnterRules.find(
        ({ beforeText, afterText = "" }) => new RegExp(beforeText).test(before) && new RegExp(afterText).test(after),
      );
      return rule?.action.appendText ?? rule?.action.indent ?? "";
    };
    assert.equal(appended("  # one", "two"), "# ");
    assert.equal(appended("# one", ""), "");
    assert.equal(appended("repeat 2 as i", ""), "indent");
    assert.equal(appended("stats", ""), "");
  });
});
