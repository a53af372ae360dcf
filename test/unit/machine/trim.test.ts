import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../fixtures";
import { problemPlaces, runScript, said } from "./runScript";

const caseText = (name: string): string =>
  readFileSync(join(__dirname, "../../fixtures/cases", `${name}.memscript`), "utf8");

describe("trim=", () => {
  it("gives the free block at the end back once it is large enough", () => {
    const { records, machine, problems } = runScript(caseText("h16-trim-top"), {}, new Map([["heap.trim", "128KiB"]]));
    assert.deepEqual(problems, []);
    const trims = records.flatMap(({ step, events }) => events.filter(({ kind }) => kind === "trim").map(() => step));
    assert.deepEqual(trims, [5], "one live block on top keeps everything below it");
    const stats = machine.state.heaps.get("heap")?.stats();
    assert.deepEqual([stats?.heapBytes, stats?.peakHeapBytes], [4096, 315_392]);
  });

  it("gives nothing back when it is left out", () => {
    assert.deepEqual(problemPlaces(runScript(caseText("h16-trim-top")).problems), ["expectation-failed@7"]);
  });

  it("tells how much, and the bytes are zero when the heap grows again", () => {
    const script = `heap 4KiB grow=4KiB trim=16KiB header=0
a = alloc 64KiB
fill a sizeof(a) 0x5a
free a
expect heapBytes == 4KiB
b = alloc 64KiB
read b + 32KiB 4 # uninitialized-read
free b`;
    const { records } = check(script);
    const freed = records.find(({ op }) => op === "free");
    assert.ok(freed?.events.some(({ kind }) => kind === "trim"));
    const read = records.find(({ op }) => op === "read")?.value;
    assert.ok(read?.kind === "bytes");
    assert.deepEqual([...read.bytes], [0, 0, 0, 0]);
  });

  it("needs a heap that grows", () => {
    const { problems } = runScript("heap 4KiB trim=4KiB");
    assert.deepEqual(
      problems.map(said).map(({ message }) => message),
      ["`trim=` gives back what a heap has grown by, and this heap does not grow: add `grow=`."],
    );
  });

  it("gives the pages of a process back", () => {
    const script = `vm page=4KiB frames=64 replacement=lru swap=64
process p layout=classic
switch p
heap h 4KiB in=p grow=4KiB trim=8KiB header=0
a = alloc 40KiB from=h
fill a sizeof(a) 1
expect h.residentBytes >= 40KiB
free a
expect h.residentBytes <= 4KiB
expect h.heapBytes == 4KiB
b = alloc 40KiB from=h
fill b sizeof(b) 2
free b
`;
    check(script);
  });
});

describe("rounding=class", () => {
  it("serves the same size again", () => {
    const text = caseText("h17-tlsf-again");
    assert.deepEqual(problemPlaces(runScript(text).problems), ["out-of-memory@6", "expectation-failed@7"]);
    assert.deepEqual(runScript(text, {}, new Map([["heap.rounding", "class"]])).problems, []);
    check(text.replace("align=8", "align=8 rounding=class"));
  });

  it("is for policies with size classes", () => {
    const { problems } = runScript("heap 4KiB rounding=class");
    assert.deepEqual(
      problems.map(said).map(({ message }) => message),
      ["`rounding=class` does not apply to `first-fit`, which has no size classes to round blocks up to."],
    );
  });
});

describe("what TLSF says of free memory that is larger than the request", () => {
  for (const rounding of ["request", "class"]) {
    it(`is never "only": rounding=${rounding}`, () => {
      const overrides = new Map([["heap.rounding", rounding]]);
      const [problem] = runScript(caseText("h19-tlsf-message"), {}, overrides).problems;
      assert.equal(problem.id, "out-of-memory");
      assert.doesNotMatch(said(problem).message, /only/i);
    });
  }
});

describe("the searched free blocks of coalesce=deferred", () => {
  it("are those of the failed search and of the second one", () => {
    const { records } = runScript(
      "heap 64 header=0 coalesce=deferred\na = alloc 32\nb = alloc 32\nfree a\nfree b\nc = alloc 64",
    );
    const value = records.at(-1)?.value;
    assert.ok(value?.kind === "allocation");
    assert.equal(value.searched, 3);
  });
});
