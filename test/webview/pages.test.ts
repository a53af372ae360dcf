import assert from "node:assert/strict";
import type { Snapshot } from "../../src/inspector/model";
import type { PagesWindow } from "../../src/inspector/pagesView";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parser";
import { History } from "../../src/machine/History";
import { closeChromium } from "../harness/chromium";
import { seriousFindings } from "./axe";
import { closePanelServer, PanelPage } from "./panelPage";
import { themes } from "./themes";

const script = `vm table=x86-64 frames=16 replacement=lru tlb=4 swap=16
region text 1..3 rx
region heap 8..24 grow=up
guard edge 50..51
reference "8 9 10 11" w
fork child
switch child
store 0x9000 7
reference "12 13 14 15 16 17" w`;

/** Two processes with common pages, tables in frames, pages in swap space and a lookaside buffer. */
function twoProcesses(pages: PagesWindow = {}): Snapshot {
  const history = new History(parse(script));
  history.seek(100);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "processes.memscript", series: new SeriesRecorder(), total: 9, pages });
}

describe("The Memory Inspector panel with processes", function () {
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
  const openTwins = () =>
    panel.page.evaluate("document.querySelectorAll('details').forEach((twin) => (twin.open = true))");

  for (const theme of themes) {
    it(`draws tables, shared and free frames apart and the walk as a list in ${theme.name}`, async () => {
      panel = await PanelPage.open(theme);
      await panel.show(twoProcesses({ address: 0x9008 }));
      await openTwins();
      await panel.screenshot(`processes-${theme.name}`);
      const fills = await panel.page.evaluate<string[]>(
        `["used", "tables", "shared", "free"].map((kind) => getComputedStyle(document.querySelector(".frame-swatch." + kind)).backgroundColor)`,
      );
      assert.equal(new Set(fills).size, 4, fills.join(" "));
      const letters = await texts(".frame-letter");
      assert.ok(letters.includes("S") && letters.includes("T"), letters.join(" "));
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }

  it("tells of processes, regions, tables, lookaside buffer and swap slots in tables", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses());
    await openTwins();
    assert.match((await texts(".chooser option")).join(" | "), /^main: \d+ pages, \d+ frames \| child, which runs: /);
    assert.deepEqual(await texts("[data-table='regions'] tbody td:first-child"), ["text", "heap", "edge"]);
    assert.deepEqual((await texts("[data-table='tables'] tbody td:first-child")).sort(), [
      "PML4",
      "page directory",
      "page table",
      "page-directory-pointer table",
    ]);
    assert.equal((await texts("[data-table='tlb'] tbody tr")).length, 4);
    assert.ok((await texts("[data-table='swap'] tbody tr")).some((row) => row.includes("of main")));
    assert.ok((await texts(".page-table tbody tr")).some((row) => /0x80000000000[0-9a-f]{5}/.test(row)));
    assert.ok((await texts("[data-table='frames'] tbody tr")).some((row) => row.includes("page table")));
  });

  it("asks for the pages of another process and shows the walk of the selected page", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses());
    await panel.page.locator(".chooser select").selectOption("main");
    await panel.page.locator(".page-table tbody tr").first().click();
    const posted = (await panel.heard()).map(({ kind }) => kind);
    assert.ok(posted.includes("showProcess") && posted.includes("select"), posted.join(", "));
    await panel.show(twoProcesses({ process: "main" }));
    assert.equal(await panel.page.locator(".chooser select").inputValue(), "main");
    await panel.show(twoProcesses({ address: 0x9008 }));
    const items = await texts(".walk li");
    assert.match(items[0], /^Address 0x9008 = 000000000 000000000 000000000 000001001 000000001000/);
    assert.ok(items.some((item) => item.startsWith("Page table frame ")));
    const next = panel.page.locator("[data-action=walkNext]");
    for (let step = 0; step < 6; step++) await next.click();
    const current = () => panel.page.locator(".walk li[aria-current]").allInnerTexts();
    assert.match((await current()).join("|"), /^Page table frame [^|]*$/);
    assert.match((await texts(".walk-field.active")).join("|"), /^page table0000010019$/);
    await panel.page.locator("[data-action=walkPrevious]").click();
    assert.match((await texts(".walk-field.active")).join("|"), /^page directory0000000000$/);
    await panel.page.locator("[data-action=walkPlay]").click();
    await panel.page.locator(".walk li:last-child[aria-current]").waitFor();
    await panel.show(twoProcesses({ address: 0x40000000 }));
    assert.deepEqual(await current(), []);
    assert.match((await texts(".walk li.stops"))[0], /no region of `?child`? has page/);
  });
});
