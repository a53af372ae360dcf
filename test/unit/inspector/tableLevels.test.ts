import assert from "node:assert/strict";
import { sourceOf } from "./querySource";
import type { LevelsAnswer } from "../../../src/inspector/queries/levels";
import { answerQuery } from "../../../src/inspector/queries/table";
import { cellStates, permissionLetters, wordText, type TableLevels } from "../../../src/inspector/tableStrip";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";

interface Asked {
  readonly address?: string | null;
  readonly process?: string | null;
  readonly cells?: number;
}

async function ask(script: string, { address = null, process = null, cells = 64 }: Asked = {}): Promise<LevelsAnswer> {
  const history = new History(parse(script));
  history.seek(1000);
  assert.deepEqual(history.problems, []);
  return (await answerQuery({ kind: "levels", process, address, cells }, sourceOf(history))) as LevelsAnswer;
}

/** A strip a line: table, frame, first entry, entries a cell, the cell on the way, and cells in use as `at:count state`. */
function picture({ strips }: TableLevels): string[] {
  return strips.map(({ table, frame, first, perCell, path, used, states, permissions }) => {
    const cells = Array.from(used, (count, at) => {
      const letters = permissions[at] === 255 ? "?" : permissionLetters(permissions[at]);
      return count === 0 ? "" : `${at}:${count} ${cellStates[states[at]]} ${letters}`;
    });
    const shown = cells.filter((cell) => cell !== "").join(" | ");
    return `${table} @${frame ?? "-"} ${first}/${perCell} way ${path}: ${shown}`;
  });
}

describe("The tables on the way to a page", () => {
  it("are a strip each for two levels of teaching, with the very words", async () => {
    const levels = await ask(
      "vm page=32 pages=1024 frames=128 levels=2 entry=1\nmap 3 -> 100 rw\nmap 4 -> 101 r\nmap 40 -> 102 rx",
      { address: "0x80" },
    );
    assert.ok(levels);
    const [directory, table] = levels.strips;
    assert.deepEqual(picture(levels), [
      `page directory @${directory.frame} 0/1 way 0: 0:1 table ---- | 1:1 table ----`,
      `page table @${table.frame} 0/1 way 4: 3:1 page rw-- | 4:1 page r---`,
    ]);
    assert.deepEqual(wordText(levels, table.words[4]), [`0x${(0x80 | 101).toString(16)}`, "valid"]);
    assert.deepEqual([directory.frames[0], table.frames[4]], [table.frame, 101]);
    // The second entry leads to page 40 first; absent ones to their first page.
    assert.deepEqual([...directory.pages.slice(0, 3)], [3, 40, 64]);
  });

  it("take the cell on the way apart until entries stand alone", async () => {
    const levels = await ask("vm table=x86-64 frames=64\nmap 9 -> 20 rwu\nmap 10 -> 21 r\nmap 300 -> 22 rx", {
      address: "0x9010",
    });
    assert.ok(levels);
    assert.deepEqual(
      picture(levels)
        .slice(-2)
        .map((line) => line.replace(/@\d+/, "@")),
      ["page table @ 0/8 way 1: 1:2 page ? | 37:1 page r-x-", "page table @ 8/1 way 1: 1:1 page rw-u | 2:1 page r---"],
    );
    assert.equal(levels.strips.length, 8);
    const leaf = levels.strips[7];
    assert.equal(wordText(levels, leaf.words[1])[0], "0x8000000000014007");
    assert.equal(wordText(levels, leaf.words[1])[1], "P R/W U/S NX");
    // The upper half of the address space cannot be chosen.
    assert.deepEqual([levels.strips[0].pages[31] >= 0, levels.strips[0].pages[32]], [true, -1]);
  });

  it("end at a huge page, at an absent entry and at pages that are not present", async () => {
    const script =
      "vm table=sv39 frames=2048 replacement=fifo swap=8\nmap 512 -> 1024 rw huge=2MiB\nmap 7 rw\nmap 0 -> 3 rx";
    const huge = await ask(script, { address: "0x200000", cells: 256 });
    assert.match(picture(huge!).at(-1)!, /^level 1 table @\d+ 0\/1 way 1|^level 1 table @\d+ 0\/2/);
    assert.equal(cellStates[huge!.strips.at(-1)!.states[huge!.strips.at(-1)!.path]], "huge");
    const absent = await ask(script, { address: "0x40000000", cells: 256 });
    assert.deepEqual(
      absent!.strips.map(({ level }) => level),
      [0, 0],
    );
    const untouched = await ask(script, { address: "0x7000", cells: 256 });
    assert.equal(cellStates[untouched!.strips.at(-1)!.states[untouched!.strips.at(-1)!.path]], "untouched");
  });

  it("have the root alone without a page, and nothing without paging", async () => {
    const levels = await ask("vm table=x86-64 frames=64\nmap 9 -> 20");
    assert.deepEqual(
      picture(levels!).map((line) => line.replace(/@\d+/, "@")),
      ["PML4 @ 0/8 way -1: 0:1 table ----"],
    );
    assert.equal(await ask("a = alloc 10\nfree a"), null);
  });

  it("count every page of a flat table of a million entries", async () => {
    const levels = await ask("vm frames=4096\nmap 0..1000 rw\nmap 500000..500003 r", {
      address: `0x${(500_001 * 4096).toString(16)}`,
    });
    assert.ok(levels);
    assert.deepEqual(
      levels.strips.map(({ perCell }) => perCell),
      [16384, 256, 4, 1],
    );
    assert.equal(
      levels.strips[0].used.reduce((sum, count) => sum + count, 0),
      1003,
    );
    assert.deepEqual([...levels.strips[3].used], [1, 1, 1, 0]);
    assert.deepEqual([...levels.strips[3].pages], [500_000, 500_001, 500_002, 500_003]);
  });

  it("are buckets and a chain for an inverted table", async () => {
    const levels = await ask("vm table=inverted frames=8 pages=64\nmap 1 -> 4\nmap 9 -> 5\nmap 2 -> 6", {
      address: "0x1000",
    });
    assert.ok(levels);
    assert.deepEqual(picture(levels), ["hash anchor table @- 0/1 way 1: 1:1 chain ---- | 2:1 chain ----"]);
    assert.deepEqual(levels.chain, [
      { frame: 5, process: "main", vpn: 9 },
      { frame: 4, process: "main", vpn: 1 },
    ]);
    assert.deepEqual([...levels.strips[0].pages.slice(0, 4)], [0, 9, 2, 3]);
  });

  for (const query of [
    { process: 1, address: null, cells: 64 },
    { process: null, address: "16", cells: 64 },
    { process: null, address: null, cells: 1 },
    { process: null, address: null, cells: 1e6 },
  ]) {
    it(`refuse ${JSON.stringify(query)}`, async () => {
      const history = new History(parse("vm frames=4"));
      await assert.rejects(answerQuery({ kind: "levels", ...query }, sourceOf(history)), /malformed/);
    });
  }
});
