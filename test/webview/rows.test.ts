import assert from "node:assert/strict";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { livelyScript, RecordedRun } from "./recordedRun";
import { themes } from "./themes";

describe("The rows view", () => {
  let panel: PanelPage;
  let run: RecordedRun;

  async function open(script = livelyScript, theme = themes[0], width = 900): Promise<void> {
    panel = await PanelPage.open(theme, { width, height: 900 }, { view: "rows" });
    run = new RecordedRun(script);
    await run.show(panel, Math.min(21, run.history.reached));
  }

  const steps = () => panel.page.locator(".row:visible .row-step").allTextContents();
  const active = () => panel.page.locator(".row[aria-selected=true] .row-step").textContent();

  async function press(...keys: string[]): Promise<void> {
    await panel.page.locator(".rows-list").focus();
    for (const key of keys) await panel.page.keyboard.press(key);
    await run.answer(panel);
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("is accessible and looks right in each theme", async () => {
    await open();
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`rows-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("has a row a step with statement and message, the step shown in view", async () => {
    await open();
    assert.equal(await active(), "21");
    const row = panel.page.locator(".row[data-current]");
    assert.equal(await row.getAttribute("data-severity"), "error");
    assert.equal(await row.locator("code").textContent(), "free a");
    assert.match((await row.locator(".sr-only").textContent())!, /^Step 21, line 13: free a\. .*freed/);
    assert.match((await panel.page.locator(".rows-facts").textContent())!, /freed/);
  });

  it("goes up and down by keys and travels by Enter and by click", async () => {
    await open();
    await press("ArrowUp", "ArrowUp");
    assert.equal(await active(), "19");
    await press("Enter");
    assert.equal(run.travelled, 19);
    await press("Home");
    assert.equal(await active(), "1");
    await panel.page.locator(".row").nth(4).click();
    await run.answer(panel);
    assert.equal(run.travelled, 5);
    await press("End");
    assert.equal(await active(), String(run.history.reached));
    assert.equal((await steps()).at(-1), String(run.history.reached));
  });

  it("zooms by keys and buttons and shows other regions", async () => {
    await open();
    const range = () => panel.page.locator(".section.rows").getAttribute("data-range");
    const whole = await range();
    await press("+", "ArrowRight");
    assert.notEqual(await range(), whole);
    await press("0");
    assert.equal(await range(), whole);
    await panel.page.locator("#rows-region").selectOption("nodes");
    await run.answer(panel);
    assert.notEqual(await range(), whole);
    await panel.page.locator("[data-action=saveRows]").click();
    await run.answer(panel);
    assert.deepEqual(run.said.at(-1)?.kind, "saveRows");
  });

  it("keeps few rows in the page however long the run is, and scrolls to any of them", async () => {
    await open("heap 64KiB\nrepeat 50000\n  a = alloc 64\n  free a\nend\nkeep = alloc 8\nfree keep");
    assert.ok((await panel.page.locator(".row").count()) < 50);
    await press("End");
    assert.equal(await active(), "100,003");
    assert.equal((await steps()).at(-1), "100,003");
    assert.equal(await panel.page.locator(".row:visible code").last().textContent(), "free keep");
    await panel.page.locator(".rows-list").evaluate((list) => (list.scrollTop = list.scrollHeight / 2));
    await panel.settled();
    await run.answer(panel);
    const middle = Number((await steps())[0].replace(",", ""));
    assert.ok(Math.abs(middle - 50_000) < 2000, String(middle));
    const code = panel.page.locator(".row:visible code");
    assert.match((await code.first().textContent())!, /^a = alloc 64$|^free a$/);
  });

  it("fits a narrow panel", async () => {
    await open(livelyScript, themes[0], 320);
    await panel.screenshot("rows-narrow");
    const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320);
  });
});
