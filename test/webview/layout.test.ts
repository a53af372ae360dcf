import assert from "node:assert/strict";
import { sampleComparison } from "./compareSample";
import { PanelPage } from "./panelPage";
import { livelyScript, RecordedRun } from "./recordedRun";
import { sampleSnapshot } from "./sample";
import { themes } from "./themes";

const pagingScript = `vm table=x86-64 frames=32 replacement=lru tlb=4 swap=16
cache L1 256B ways=2 line=16 latency=1
cache L2 8KiB ways=4 line=16 latency=10
region heap 0..64 grow=up
repeat 40 as i
  store i * 4096 i
end`;

describe("The layout of the Memory Inspector", () => {
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  async function open(width: number, direction = "ltr"): Promise<void> {
    panel = await PanelPage.open(themes[0], { width, height: 900 });
    await panel.page.evaluate(`document.documentElement.dir = "${direction}"`);
  }

  const openTables = () =>
    panel.page.evaluate("document.querySelectorAll('details').forEach((twin) => (twin.open = true))");
  const box = async (selector: string) => (await panel.page.locator(selector).first().boundingBox())!;

  /** Goes through the tabs, and looks whether each view fits with all tables open. */
  async function fits(run: RecordedRun, picture: string | null): Promise<void> {
    for (const tab of await panel.page.locator("[role=tab]:visible:not([aria-disabled])").all()) {
      const view = (await tab.getAttribute("data-view"))!;
      await tab.evaluate((element) => (element as HTMLElement).click());
      await run.answer(panel);
      await openTables();
      if (picture !== null) await panel.screenshot(`${picture}-${view}`);
      const widths = "[document.documentElement.scrollWidth, window.innerWidth]";
      const [needed, there] = await panel.page.evaluate<[number, number]>(widths);
      assert.ok(needed <= there, `${view} is ${needed} pixels wide in ${there}`);
    }
  }

  // Those to look at show the least width, two columns, and the other direction.
  for (const [width, direction, isPictured] of [
    [300, "ltr", true],
    [1200, "ltr", true],
    [2000, "ltr", false],
    [300, "rtl", false],
    [1200, "rtl", true],
  ] as const) {
    it(`fits ${width} pixels, ${direction}`, async () => {
      await open(width, direction);
      for (const [name, run] of [
        ["heap", new RecordedRun(livelyScript)],
        ["paging", new RecordedRun(pagingScript)],
      ] as const) {
        await run.show(panel, run.history.reached);
        if (name === "paging") await panel.send({ kind: "comparison", comparison: sampleComparison(), isNew: false });
        await fits(run, isPictured ? `${name}-${width}-${direction}` : null);
      }
    });
  }

  it("has numbers and tables beside the drawings from 1,100 pixels on, else above and below", async () => {
    await open(1099);
    await panel.show(sampleSnapshot());
    const [stats, drawings, tables] = [".split-stats", ".split-drawings", ".split-tables"];
    assert.ok((await box(stats)).y < (await box(drawings)).y);
    assert.ok((await box(drawings)).y + (await box(drawings)).height <= (await box(tables)).y);
    await panel.page.setViewportSize({ width: 1100, height: 900 });
    const { x, y, width } = await box(drawings);
    assert.equal((await box(stats)).y, y);
    for (const beside of [stats, tables]) assert.ok((await box(beside)).x >= x + width);
  });

  it("has the page that a step brought in among the pages that it has room for", async () => {
    await open(700);
    const run = new RecordedRun(pagingScript);
    await run.show(panel, run.history.reached);
    assert.deepEqual(
      await panel.page.locator(".page.changed").evaluateAll((all) => all.map((page) => page.getAttribute("data-page"))),
      ["39"],
    );
  });

  it("keeps addresses and steps from left to right where text goes from right to left", async () => {
    await open(900, "rtl");
    await panel.show(sampleSnapshot());
    const map = await box(".map-stage");
    const clicked = async (share: number) => {
      await panel.page.mouse.click(map.x + 3 + (map.width - 6) * share, map.y + 80);
      return Number(await panel.page.locator(".map-stage").getAttribute("data-selected"));
    };
    assert.equal(await clicked(0), 0x10000);
    assert.ok((await clicked(0.5)) > 0x10000 && (await clicked(0.5)) < (await clicked(1)));
    const frames = await panel.page
      .locator(".frame")
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().x));
    assert.deepEqual(
      frames,
      [...frames].sort((left, right) => left - right),
    );
    const cells = await panel.page
      .locator(".pool-grid-cells")
      .first()
      .locator(".pool-cell")
      .evaluateAll((all) => all.slice(0, 8).map((each) => each.getBoundingClientRect().x));
    assert.deepEqual(
      cells,
      [...cells].sort((left, right) => left - right),
    );
    const [left, right] = (await panel.page.locator(".chart-stage").getAttribute("data-range"))!
      .split("..")
      .map(Number);
    assert.ok(left < right);
  });

  it("starts text at the right where it goes from right to left", async () => {
    await open(900, "rtl");
    await panel.show(sampleSnapshot());
    await openTables();
    const section = await box(".section");
    const heading = await box(".section-head h2");
    assert.ok(Math.abs(section.x + section.width - (heading.x + heading.width) - 20) < 2);
    const align = (selector: string) =>
      panel.page.evaluate<string>(`(() => {
        const cell = document.querySelector("${selector}");
        const range = document.createRange();
        range.selectNodeContents(cell);
        const [text, box] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
        return text.left - box.left > box.right - text.right ? "right" : "left";
      })()`);
    assert.equal(await align("[data-table='pool cells'] td:nth-child(3)"), "right");
    assert.equal(await align("[data-table='pool cells'] th:nth-child(1)"), "right");
    // The drawing's captions do not run out of it.
    const stage = await box(".pages-stage");
    const caption = await box(".pages-drawing .caption");
    assert.ok(caption.x >= stage.x && caption.x + caption.width <= stage.x + stage.width);
  });
});
