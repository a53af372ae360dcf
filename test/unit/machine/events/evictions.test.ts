import assert from "node:assert/strict";
import { eventsOf } from "../../../../src/engine/events";
import { accessOf } from "../../../../src/debug/breakpoints/dataBreakpointMatch";
import { changeMarks, viewedPages } from "../../../../src/inspector/changes";
import { pagesView } from "../../../../src/inspector/pagesView";
import { englishWords } from "../../../../src/language/Words";
import { layoutText } from "../../../../src/machine/inspect/layoutText";
import { runScript } from "../runScript";
import { ask } from "./scan";

/** In the last step `q` needs a frame and takes it from page 0 of `p`; its own page 0 stays in the other frame. */
const text = [
  "vm page=16 frames=2 pages=32 replacement=fifo",
  "process p",
  "process q",
  "switch p",
  "access 0",
  "switch q",
  "access 0",
  "access 16",
].join("\n");

describe("an eviction from another process", () => {
  const { machine, records } = runScript(text);
  const { state } = machine;
  const record = records.at(-1)!;
  const [p, q] = ["p", "q"].map((name) => state.vm!.spaces.find((space) => space.name === name)!.id);

  it("names the address space that owned the page", () => {
    const [evicted] = eventsOf(record.events, "evict");
    assert.equal(evicted.vpn, 0);
    assert.equal(evicted.space, p);
  });

  it("stops at a data breakpoint on the owner's page and not on the page of the same number", () => {
    assert.deepEqual(accessOf({ kind: "page", space: p, vpn: 0 }, record, state), { read: false, write: true });
    assert.deepEqual(accessOf({ kind: "page", space: q, vpn: 0 }, record, state), { read: false, write: false });
  });

  it("leaves the running process's page of the same number unmarked", () => {
    const { pages } = changeMarks(record, viewedPages(state.vm));
    assert.deepEqual([...pages.keys()], [1]);
  });

  it("is told with the owner's name", () => {
    const story = englishWords.text(record.story);
    assert.match(story, /after a page fault that evicted page 0 of `p`\.$/);
    const own = runScript("vm page=16 frames=1 replacement=fifo\naccess 0\naccess 16").records.at(-1)!;
    assert.match(englishWords.text(own.story), /that evicted page 0\.$/);
  });

  it("belongs to the owner in history", () => {
    const found = ask(text, "evictions").found.map(({ event }) => [event.process, event.pages?.from]);
    assert.deepEqual(found, [["p", 0]]);
  });
});

/** In step 5 page 2 of `child` takes the frame that page 0 has in both processes; in step 6 they share it again. */
const sharedText = [
  "vm page=16 frames=1 pages=32 replacement=fifo",
  "map 0 shared=on",
  "fork child",
  "switch child",
  "access 32",
  "access 0",
  "switch main",
  "access 0",
].join("\n");

describe("an eviction of a shared page", () => {
  const { machine, records } = runScript(sharedText);
  const { state } = machine;
  const spaces = state.vm!.spaces.map(({ id }) => id);
  const changed = (step: number): boolean[] =>
    spaces.map((space) => accessOf({ kind: "page", space, vpn: 0 }, records[step], state).write);

  it("concerns the page of each process that had it", () => {
    assert.deepEqual(changed(4), [true, true]);
    for (const space of spaces) {
      const { pages } = changeMarks(records[4], { space, pageSize: 16 });
      assert.equal(pages.get(0), "unmapped");
    }
    const found = ask(sharedText, "evictions vpn 0").found.map(({ event }) => event.process);
    assert.deepEqual(found.slice(0, 2).sort(), ["child", "main"]);
    assert.equal(state.vm!.stats().evictions, 2);
  });

  it("is over for each process when its page is in a frame again", () => {
    assert.deepEqual(changed(5), [false, true]);
    assert.deepEqual(changed(7), [true, false]);
  });
});

describe("pages without a frame", () => {
  const lines = ["vm page=16 frames=1 pages=8 replacement=fifo", "map 3", "access 0", "store 16 1", "access 32"];
  const { machine } = runScript(lines.join("\n"));
  const { state } = machine;

  it("are evicted, in swap space or not touched, in every view", () => {
    const layout = layoutText(state);
    const rowOf = (page: number): string => layout.find((line) => line.includes(`page ${page} ->`))!.trim();
    assert.equal(rowOf(0), "page 0 -> evicted rw-u--");
    assert.match(rowOf(1), /^page 1 -> swap slot 0 /);
    assert.equal(rowOf(3), "page 3 -> not touched rw-u--");
    const { rows } = pagesView(state, changeMarks(undefined))!;
    assert.deepEqual(
      rows.map(({ vpn, pfn, slot, evicted }) => [vpn, pfn, slot, evicted]),
      [
        [0, null, null, true],
        [1, null, 0, true],
        [2, 0, null, false],
        [3, null, null, false],
      ],
    );
  });
});
