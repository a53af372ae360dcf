import assert from "node:assert/strict";
import { eventsOf } from "../../../../src/engine/events";
import { accessOf } from "../../../../src/debug/breakpoints/dataBreakpointMatch";
import { changeMarks, viewedPages } from "../../../../src/inspector/changes";
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

  it("belongs to the owner in history", () => {
    const found = ask(text, "evictions").found.map(({ event }) => [event.process, event.pages?.from]);
    assert.deepEqual(found, [["p", 0]]);
  });
});
