import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { themes } from "./themes";

const script = `vm frames=16 pages=64
map 2 -> 5
cache L1 64B ways=2 line=16 latency=1
cache L2 8KiB ways=4 line=16 latency=10
latency memory=100
store 0x2010 7
load 0x2020
repeat 300 as i
  load 0x2000 + i % 256 * 16
end
store 0x2010 8
translate 0x2010`;

function shoot(steps: number, address: number | null = null): PanelSnapshot {
  const history = new History(parse(script));
  history.seek(steps);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "caches.memscript", series: new SeriesRecorder(), pages: { address } });
}

/** Three lines of one set of two ways: the first one, dirty, makes room, is written back and is missed again. */
function conflict(last = "load 0x2000"): PanelSnapshot {
  const text = `vm frames=16 pages=64
map 2 -> 5
cache L1 64B ways=2 line=16 latency=1
cache L2 8KiB ways=4 line=16 latency=10 inclusive=on
store 0x2000 7
store 0x2020 7
load 0x2040
${last}`;
  const history = new History(parse(text));
  history.seek(1000);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "caches.memscript", series: new SeriesRecorder() });
}

describe("The Memory Inspector panel with caches", function () {
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const texts = (selector: string) => panel.page.locator(selector).allTextContents();
  const rows = (name: string) => panel.page.locator(`[data-table='cache ${name}'] tbody tr`).allInnerTexts();
  const notes = (name: string) =>
    panel.page.locator(`.structure:has([data-table='cache ${name}']) .cache-note:visible`).allTextContents();
  const openLines = () =>
    panel.page.evaluate("document.querySelectorAll('[data-table^=cache]').forEach((twin) => (twin.open = true))");

  it("shows counters and lines in each theme", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(shoot(1000, 0x2010));
    await openLines();
    await panel.inEachTheme(({ name }) => panel.screenshot(`caches-${name}`));
    await panel.show(conflict());
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`caches-conflict-${name}`);
      const fills = await panel.page.evaluate<string[]>(
        `["compulsory", "capacity", "conflict"].map((kind) => {
          const bar = document.querySelector(".look-bar").cloneNode();
          bar.setAttribute("class", "look-bar " + kind);
          document.querySelector(".look-bar").after(bar);
          const { fill } = getComputedStyle(bar);
          bar.remove();
          return fill;
        })`,
      );
      assert.equal(new Set(fills).size, 3, fills.join(" "));
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("has a row of counters a cache, and the lines by set and way", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(shoot(7));
    await openLines();
    const counters = "[aria-labelledby='caches'] table[aria-label='Counters of the caches']";
    assert.deepEqual(await texts(`${counters} th`), ["Counter", "L1", "L2"]);
    assert.deepEqual(await texts(`${counters} td:nth-child(2)`), [
      "64 B: 2 sets × 2 ways × 16 bytes",
      "lru, write-back",
      ..."1 2 0 2 100% 2 0 0 0 0 0".split(" "),
    ]);
    assert.deepEqual(
      await panel.page.locator(".miss-bar").evaluateAll((bars) => bars.map((bar) => bar.getAttribute("aria-label"))),
      ["L1: 2 misses, 2 compulsory, 0 capacity, 0 conflict", "L2: 2 misses, 2 compulsory, 0 capacity, 0 conflict"],
    );
    // Two look-ups in each cache, two lines from memory, and two walks of a table of one level.
    assert.deepEqual(await texts(".equation code"), [
      "2 × 1",
      "+ 2 × 10",
      "+ 2 × 100",
      "+ 2 × 100",
      "÷ 2 = 211 cycles",
    ]);
    assert.deepEqual(
      await panel.page
        .locator(".part")
        .evaluateAll((parts) => parts.slice(0, 2).map((part) => part.getAttribute("aria-label"))),
      ["L1, set 0, way 0: 0x5020, compulsory miss", "L1, set 1, way 0: 0x5010 dirty"],
    );
    assert.deepEqual(await rows("L1"), ["0\t0\t0x5020\tno\tcompulsory miss", "1\t0\t0x5010\tyes\t"]);
  });

  it("says in sentences what the step met and marks it at its set and way", async () => {
    panel = await PanelPage.open(themes[0], undefined, { view: "caches", windows: {}, series: {}, open: [] });
    await panel.show(conflict());
    assert.deepEqual(await texts(".looks li"), [
      "L1, set 0, line 0x5000: conflict miss: a fully associative cache of this size would still have it.",
      "L2, set 0, line 0x5000: hit.",
      "L1: 0x5020 made room and, being dirty, was written back to L2.",
    ]);
    const looked = () =>
      panel.page.locator(".looked").evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label")));
    assert.deepEqual(await looked(), [
      "L1, set 0, way 1: 0x5000, conflict miss, 0x5020 made room and, being dirty, was written back to L2",
      "L2, sets 0 to 3, ways 0 to 0: 2 lines, 2 of them dirty",
      "L2, set 0, way 0: 0x5000 dirty, hit",
    ]);
    assert.equal(await panel.page.locator(".look-bar.conflict").count(), 1);
    await panel.show(conflict("load 0x202e 4"));
    assert.deepEqual((await texts(".looks li")).slice(0, 1), [
      "L1, set 0, line 0x5020, 0x5030: compulsory miss: first access to this line; the bytes straddle both lines, which are looked up together.",
    ]);
    assert.ok((await looked()).includes("L1, set 1, way 0: 0x5030, compulsory miss"), (await looked()).join("\n"));
    await panel.show(conflict("translate 0x2000"));
    assert.deepEqual([await texts(".looks li"), await looked()], [[], []]);
  });

  it("counts the lines of a large cache in cells and draws the sets of the step slot by slot", async () => {
    const text = `cache L3 1MiB ways=64 line=64
repeat 2000 as i
  access i * 64
end
access 0x1f3c0`;
    const history = new History(parse(text));
    history.seek(10_000);
    assert.deepEqual(history.problems, []);
    const snapshot = buildSnapshot({ history, title: "large.memscript", series: new SeriesRecorder() });
    const cells = snapshot.caches?.levels[0].cells;
    assert.equal(
      cells?.valid.reduce((sum, count) => sum + count, 0),
      2000,
    );
    for (const width of [1200, 420]) {
      panel = await PanelPage.open(
        themes[0],
        { width, height: 900 },
        { view: "caches", windows: {}, series: {}, open: [] },
      );
      await panel.show(snapshot);
      const labels = await panel.page
        .locator(".looked")
        .evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label")));
      assert.equal(labels.length, 2, labels.join("\n"));
      assert.match(labels[0] ?? "", /^L3, sets 200 to 207, ways \d+ to \d+: \d+ lines, 0 of them dirty$/);
      assert.match(labels[1] ?? "", /^L3, set 207, way \d+: 0x1f3c0, hit$/);
      await panel.screenshot(`caches-large-${width}`);
      assert.deepEqual(await seriousFindings(panel), []);
      if (width === 1200) await panel.close();
    }
  });

  it("saves counters and the lines of a cache as comma-separated values", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(conflict());
    await openLines();
    const saved = async (table: string): Promise<string> => {
      await panel.heard();
      await panel.page.locator(`${table} [data-action=saveCsv]`).click();
      const message = (await panel.heard()).find(({ kind }) => kind === "save");
      assert.ok(message?.kind === "save");
      return new TextDecoder().decode(Uint8Array.from(Object.values(message.files[0].data)));
    };
    assert.match(await saved(".cache-counters"), /^Counter,L1,L2\r\n.*\r\nEvictions,\d+,\d+\r\n/s);
    const csv = await saved("[data-table='cache L1']");
    assert.match(csv, /^Set,Way,Address,Dirty,This step\r\n0,0,0x5040,no,\r\n0,1,0x5000,no,conflict miss\r\n$/);
  });

  it("follows the steps with open tables, and the walk tells of each cache", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(shoot(4));
    await openLines();
    assert.deepEqual(await notes("L1"), ["No line is in L1 at this step."]);
    await panel.show(shoot(1000, 0x2010));
    assert.equal((await rows("L1")).length, 4);
    assert.deepEqual(await notes("L2"), []);
    const items = await texts(".walk li");
    assert.ok(items.includes("L1 set 1, line 0x5010: hit (dirty)"), items.join("\n"));
    // The first store came down to L2 when its line left L1.
    assert.ok(items.includes("L2 set 1, line 0x5010: hit (dirty)"), items.join("\n"));
  });

  it("says how many lines are not listed", async () => {
    panel = await PanelPage.open(themes[0]);
    const snapshot = shoot(7);
    assert.ok(snapshot.caches);
    const levels = snapshot.caches.levels.map((level) => ({ ...level, hiddenLines: 1234 }));
    await panel.show({ ...snapshot, caches: { ...snapshot.caches, levels } });
    await openLines();
    assert.deepEqual(await notes("L2"), ["1,234 more lines are not listed."]);
  });

  it("keeps a cache's table open that is declared later", async () => {
    panel = await PanelPage.open(themes[0], undefined, { windows: {}, series: {}, open: ["cache L2"] });
    await panel.show(shoot(3));
    assert.equal(await panel.page.locator("[data-table='cache L2']").count(), 0);
    await panel.show(shoot(4));
    assert.equal(await panel.page.locator("[data-table='cache L2'][open]").count(), 1);
    assert.equal(await panel.page.locator("[data-table='cache L1'][open]").count(), 0);
  });
});
