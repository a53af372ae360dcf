import assert from "node:assert/strict";
import { isChange } from "../../../src/language/services/effects";
import { parse } from "../../../src/language/parsing/parser";
import { nameableAt, refusalOf } from "../../../src/language/services/rename";
import { occurrencesOf } from "../../../src/language/services/symbols";

/** Where a rename of the name at the first `|` to `newName` would put it, or the kind of the refusal. */
function rename(marked: string, newName: string): string[] | string {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  const program = parse(marked.replace("|", ""));
  const nameable = nameableAt(program, before.length - 1, before.at(-1)!.length);
  if (!("symbol" in nameable)) return nameable.kind;
  const refusal = refusalOf(program, nameable, newName, new Set(["used"]));
  return refusal?.kind ?? nameable.symbol.occurrences.map(({ line, span }) => `${line + 1}:${span.start + 1}`);
}

describe("renaming", () => {
  it("finds a process in switch, in exit and in options", () => {
    const text = "vm demand=on\nprocess |p\nswitch p\nheap h 4KiB in=p\nexit p";
    assert.deepEqual(rename(text, "editor"), ["2:9", "3:8", "4:16", "5:6"]);
  });

  it("finds the caches of statistics", () => {
    assert.deepEqual(rename("cache |L1 1KiB\nexpect L1.misses == 0", "first"), ["1:7", "2:8"]);
  });

  it("refuses what has no name, and names that no line gives", () => {
    assert.equal(rename("stats |# text", "x"), "no-name");
    assert.equal(rename("|free a", "x"), "no-name");
    assert.equal(rename("vm\nswitch |main", "x"), "given");
    assert.equal(rename("heap 64KiB\na = alloc 8 from=|heap", "x"), "given");
  });

  it("refuses verbs, statistics and what is no name", () => {
    for (const name of ["free", "heap", "sizeof", "1a", "a-b", ""])
      assert.equal(rename("|a = alloc 8", name), "bad-name");
    assert.equal(rename("|a = alloc 8\nexpect used == 8", "used"), "statistic");
    assert.deepEqual(rename("heap |h 64KiB", "used"), ["1:6"]);
  });

  it("refuses names that are taken, also those that are there without a line", () => {
    assert.equal(rename("|a = alloc 8\nb = alloc 8", "b"), "taken");
    assert.equal(rename("|a = alloc 8\nrepeat 2 as i\nend", "i"), "taken");
    assert.equal(rename("vm\nprocess |p", "main"), "taken");
    // Processes have names of their own.
    assert.deepEqual(rename("vm\nprocess |p\na = alloc 8", "a"), ["2:9"]);
  });

  it("refuses while a line that holds the name has a mistake", () => {
    assert.equal(rename("|a = alloc 8\nfree a a", "b"), "unread-line");
    assert.deepEqual(rename("|a = alloc 8\nfree c c", "b"), ["1:1"]);
  });
});

describe("highlights", () => {
  it("tell what is changed from what is read", () => {
    const lines = ["a = alloc 8", "write a 1", "read a 1", "copy a a 0", "b[a] = 2", "free b[a]", "free a + 0"];
    const places = occurrencesOf(parse(lines.join("\n")), "a");
    const kinds = places.map((place) => `${place.line + 1}${isChange(place) ? "!" : ""}`);
    assert.deepEqual(kinds, ["1!", "2!", "3", "4!", "4", "5", "6", "7!"]);
  });
});
