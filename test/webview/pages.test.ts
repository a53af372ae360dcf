import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import type { PagesWindow } from "../../src/inspector/pagesView";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { RecordedRun } from "./recordedRun";
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

function shoot(text: string, steps: number): PanelSnapshot {
  const history = new History(parse(text));
  history.seek(steps);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "pages.memscript", series: new SeriesRecorder() });
}

/** Two processes with common pages, tables in frames, pages in swap space and a lookaside buffer. */
function twoProcesses(pages: PagesWindow = {}): PanelSnapshot {
  const history = new History(parse(script));
  history.seek(100);
  assert.deepEqual(history.problems, []);
  return buildSnapshot({ history, title: "processes.memscript", series: new SeriesRecorder(), total: 9, pages });
}

describe("The Memory Inspector panel with processes", () => {
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const texts = (selector: string) => panel.page.locator(selector).allTextContents();
  const selections = async (): Promise<unknown[]> =>
    (await panel.heard()).flatMap((message) => (message.kind === "select" ? [message.selection] : []));
  const openTwins = () =>
    panel.page.evaluate("document.querySelectorAll('details').forEach((twin) => (twin.open = true))");

  it("draws tables, shared and free frames apart and the walk as a list in each theme", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses({ address: 0x9008 }));
    await openTwins();
    const letters = await texts(".frame-letter");
    assert.ok(letters.includes("S×2") && letters.includes("T"), letters.join(" "));
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`processes-${name}`);
      const fills = await panel.page.evaluate<string[]>(
        `["used", "tables", "shared", "free"].map((kind) => getComputedStyle(document.querySelector(".frame-swatch." + kind)).backgroundColor)`,
      );
      assert.equal(new Set(fills).size, 4, fills.join(" "));
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("tells of processes, regions, tables, lookaside buffer and swap slots in tables", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses());
    await openTwins();
    assert.match((await texts(".chooser option")).join(" | "), /^main: \d+ pages, \d+ frames \| child \(running\): /);
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

  it("has lines from a shared frame to the pages of other processes too, which lead there", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses());
    assert.deepEqual(await texts(".frame-letter"), ["S×2", ...Array.from({ length: 8 }, () => "T")]);
    const sharers = panel.page.locator(".sharer");
    assert.equal(await sharers.count(), 1);
    const page = { kind: "page", process: "main", page: 11, address: "0xb000" };
    await panel.heard();
    await sharers.click();
    assert.deepEqual(await selections(), [page]);
    // Its line and the one from above end at the same frame.
    const frame = await panel.page.locator(".mapping.sharing").getAttribute("data-pfn");
    assert.equal(await panel.page.locator(`.mapping[data-vpn='11'][data-pfn='${frame}']`).count(), 1);
    await openTwins();
    assert.deepEqual(await texts("[data-table='shared'] tbody tr"), [`${frame}2page 11 of child, page 11 of main`]);
    // Pages without a frame are hollow in the drawing.
    const absent = await panel.page
      .locator(".page.absent")
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute("data-page")));
    assert.deepEqual(absent, ["8", "10"]);
  });

  it("shows merged frames with all their pages", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(shoot('vm frames=8 replacement=lru\nmap 0..4 rw\nreference "0 1 2 3"\ndedup', 4));
    assert.deepEqual(await texts(".frame-letter"), ["S×4"]);
    assert.equal(await panel.page.locator(".sharer").count(), 0);
    assert.match((await texts(".stats div")).join("|"), /Pages merged3/);
  });

  it("saves the whole page table as comma-separated values, more than is shown", async () => {
    panel = await PanelPage.open(themes[0]);
    const run = new RecordedRun("vm frames=9000\nmap 0..5000 rw");
    await run.show(panel, 2);
    await panel.page.locator("[data-action=saveCsv]:visible").first().click();
    await run.answer(panel);
    const message = run.said.find(({ kind }) => kind === "save");
    assert.ok(message?.kind === "save");
    const lines = new TextDecoder().decode(Uint8Array.from(Object.values(message.files[0].data))).split("\r\n");
    assert.equal(lines.length, 5002);
    assert.match(lines[0], /^Page,Frame,Flags,/);
    assert.match(lines[5000], /^4999,4999,rw--,no,no,,0x[0-9a-f]+,0x1387000,0x1387000,mapped$/);
  });

  it("saves no page table of two steps", async () => {
    panel = await PanelPage.open(themes[0]);
    const run = new RecordedRun("vm frames=9000\nmap 0..5000 rw\nunmap 0..10");
    await run.show(panel, 2);
    await panel.page.locator("[data-action=saveCsv]:visible").first().click();
    await run.show(panel, 3);
    assert.equal(
      run.said.some(({ kind }) => kind === "save"),
      false,
    );
  });

  it("draws the lookaside buffer by set and way, with what the step went through", async () => {
    panel = await PanelPage.open(themes[0]);
    const text = `vm table=x86-64 frames=2048
tlb 8 ways=2
map 0..4 rw
map 512 rw huge=2MiB global=on
load 0x0
load 0x2000
load 0x200000`;
    await panel.show(shoot(text, 7));
    const slots = panel.page.locator(".tlb .slot");
    const labels = () => slots.evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label")));
    assert.deepEqual(await labels(), [
      "set 0, way 0: page 0 of main",
      "set 0, way 1: free",
      "set 1, way 0: page 512 of main, 512 pages, global, used by the step",
      "set 1, way 1: free",
      "set 2, way 0: page 2 of main",
      "set 2, way 1: free",
      "set 3, way 0: free",
      "set 3, way 1: free",
    ]);
    await panel.heard();
    await slots.nth(4).click();
    assert.deepEqual(await selections(), [{ kind: "page", process: "main", page: 2, address: "0x2000" }]);
    await panel.screenshot("tlb");
    assert.deepEqual(await seriousFindings(panel), []);
  });

  it("draws swap space as slots: free, with their pages, compressed and with a copy in a frame", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(twoProcesses());
    const slots = panel.page.locator(".swap .slot");
    const labels = () => slots.evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label")));
    assert.deepEqual((await labels()).slice(0, 4), [
      "swap slot 0: page 8 of main, page 8 of child",
      "swap slot 1: page 9 of main",
      "swap slot 2: page 10 of main, page 10 of child",
      "swap slot 3: free",
    ]);
    assert.equal((await labels()).length, 16);
    await panel.heard();
    await slots.first().focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.deepEqual(await selections(), [{ kind: "page", process: "main", page: 9, address: "0x9000" }]);
    const compressed = `vm frames=2 replacement=fifo swap=4 zswap=4096
map 0..4 rw
store 0x0 1
store 0x1000 2
store 0x2000 3
load 0x0`;
    await panel.show(shoot(compressed, 6));
    assert.match(
      (await labels()).join("|"),
      /^swap slot 0: compressed to \d+ bytes, copy of frame \d\|swap slot 1: page 1 of main, compressed to \d+ bytes\|/,
    );
    assert.deepEqual(
      await slots.evaluateAll((parts) => parts.map((part) => part.getAttribute("class")?.replace("part slot ", ""))),
      ["taken packed copied", "taken packed", "free", "free"],
    );
    await panel.screenshot("swap");
    assert.deepEqual(await seriousFindings(panel), []);
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
    assert.match((await texts(".walk li.stops"))[0], /no area of `?child`? has page/);
  });
});
