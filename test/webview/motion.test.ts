import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { PanelPage, type Frame } from "./panelPage";
import { RecordedRun } from "./recordedRun";
import { themes } from "./themes";

const map = ".map-stage canvas";
const mapping = ".pages-drawing";

const heapScript = `heap 1000 header=0 align=1 min=1
a = alloc 300
b = alloc 200
c = alloc 100
free a
free b
a = alloc 50
defrag
c = realloc c 200`;

const pagesScript = `vm frames=4 replacement=fifo swap=8
access 0x0000 w
access 0x1000 w
access 0x2000 w
access 0x3000 w
access 0x4000 w`;

describe("The Memory Inspector's motion", () => {
  let panel: PanelPage;

  const open = async (motion: "reduce" | "no-preference", theme = themes[0]) => {
    panel = await PanelPage.open(theme, { width: 700, height: 700 }, undefined, motion);
  };

  const at = (run: RecordedRun, position: number): PanelSnapshot => {
    run.history.seek(position);
    return run.snapshot();
  };

  /** The frames from one step of a script to another. */
  async function film(script: string, selector: string, from: number, to: number): Promise<Frame[]> {
    const run = new RecordedRun(script);
    await panel.show(at(run, from));
    return panel.film(at(run, to), selector);
  }

  const picturesOf = (frames: readonly Frame[]): Set<string> => new Set(frames.map(({ picture }) => picture));

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const cases = [
    ["a split", heapScript, map, 1, 2],
    ["a split taken back", heapScript, map, 2, 1],
    ["a merge", heapScript, map, 5, 6],
    ["moves by defrag", heapScript, map, 7, 8],
    ["a move by realloc", heapScript, map, 8, 9],
    ["a page fault", pagesScript, mapping, 1, 2],
    ["an eviction", pagesScript, mapping, 5, 6],
    ["an eviction taken back", pagesScript, mapping, 6, 5],
  ] as const;

  for (const [what, script, selector, from, to] of cases) {
    it(`shows ${what} between two steps and ends where it would be without motion`, async () => {
      await open("no-preference");
      const frames = await film(script, selector, from, to);
      // The steps before and after, and three frames between them at least, as a frame passes a quarter at most.
      assert.ok(picturesOf(frames).size >= 5, `${picturesOf(frames).size} pictures`);
      await panel.close();
      await open("reduce");
      const still = await film(script, selector, from, to);
      assert.equal(picturesOf(still).size, 2);
      assert.equal(frames.at(-1)!.picture, still.at(-1)!.picture);
    });
  }

  it("tells everything at once: what a screen reader hears does not wait for the picture", async () => {
    await open("no-preference");
    const frames = await film(heapScript, map, 1, 2);
    const last = frames.at(-1)!;
    const moving = frames.filter(({ picture }) => picture !== frames[0].picture && picture !== last.picture);
    assert.notEqual(frames[0].label, last.label);
    assert.ok(moving.length > 0 && moving.every(({ label }) => label === last.label));
  });

  it("goes straight to the end of a jump, and when the editor reduces motion", async () => {
    await open("no-preference");
    assert.equal(picturesOf(await film(heapScript, map, 1, 6)).size, 2);
    await panel.close();
    await open("no-preference", { ...themes[0], bodyClass: `${themes[0].bodyClass} vscode-reduce-motion` });
    assert.equal(picturesOf(await film(heapScript, map, 1, 2)).size, 2);
  });

  it("gives way to what comes next", async () => {
    await open("no-preference");
    const run = new RecordedRun(heapScript);
    await panel.show(at(run, 1));
    await panel.show(at(run, 2));
    const frames = await panel.film(at(run, 6), map);
    const last = frames.at(-1)!;
    assert.ok(frames.every(({ picture, label }) => label !== last.label || picture === last.picture));
  });
});
