import assert from "node:assert/strict";
import type { Snapshot } from "../../src/inspector/model";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parser";
import { History } from "../../src/machine/History";
import { closeChromium } from "../harness/chromium";
import { seriousFindings } from "./axe";
import { closePanelServer, PanelPage } from "./panelPage";
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

function shoot(steps: number, address: number | null = null): Snapshot {
  const history = new History(parse(script));
  history.seek(steps);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "caches.memscript", series: new SeriesRecorder(), pages: { address } });
}

describe("The Memory Inspector panel with caches", function () {
  this.timeout(120_000);
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  after(async () => {
    await closePanelServer();
    await closeChromium();
  });

  const texts = (selector: string) => panel.page.locator(selector).allTextContents();
  const openLines = () =>
    panel.page.evaluate("document.querySelectorAll('[data-table^=cache]').forEach((twin) => (twin.open = true))");

  for (const theme of themes.filter(({ name }) => name === "dark" || name === "hc-dark")) {
    it(`shows counters and lines in ${theme.name}`, async () => {
      panel = await PanelPage.open(theme);
      await panel.show(shoot(1000, 0x2010));
      await openLines();
      await panel.screenshot(`caches-${theme.name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }

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
      ["L1, set 0, way 0: 0x5020", "L1, set 1, way 0: 0x5010 dirty"],
    );
    assert.deepEqual(await texts("[data-table='cache L1'] thead th"), ["Set", "Way 0"]);
    assert.deepEqual(await texts("[data-table='cache L1'] tbody tr"), ["00x5020", "10x5010 dirty"]);
  });

  it("follows the steps with open tables, and the walk tells of each cache", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(shoot(4));
    await openLines();
    assert.deepEqual(await texts("[data-table='cache L1'] p"), ["No line is in L1 at this step."]);
    await panel.show(shoot(1000, 0x2010));
    assert.equal((await texts("[data-table='cache L1'] tbody tr")).length, 2);
    assert.deepEqual(await texts("[data-table='cache L2'] p"), []);
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
    assert.deepEqual(await texts("[data-table='cache L2'] p"), ["1,234 more lines are not listed."]);
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
