import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { snapshotParts, type SnapshotPart } from "../../src/inspector/parts";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { layHistory } from "../unit/inspector/laidMemory";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { sampleMemory, sampleSnapshot } from "./sample";
import { themes } from "./themes";

const dark = themes[0];

describe("The views of the panel", () => {
  let panel: PanelPage;

  async function open(snapshot: PanelSnapshot = sampleSnapshot(), state?: unknown, width = 900): Promise<void> {
    panel = await PanelPage.open(dark, { width, height: 900 }, state);
    await panel.show(snapshot);
  }

  const chosen = (): Promise<string | null> =>
    panel.page.locator("[role=tab][aria-selected=true]").getAttribute("data-view");
  const showing = async (): Promise<(readonly SnapshotPart[])[]> =>
    (await panel.heard()).flatMap((message) => (message.kind === "showing" ? [message.parts] : []));

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("have a tab each while there is something to show", async () => {
    await open();
    const tabs = panel.page.locator("[role=tab]:visible");
    assert.deepEqual(await tabs.evaluateAll((all) => all.map((tab) => tab.getAttribute("data-view"))), [
      "overview",
      "heap",
      "bytes",
      "rows",
      "history",
      "pages",
      "pools",
      "timeline",
    ]);
    assert.equal(await panel.page.locator("[role=tab][tabindex='0']").count(), 1);
    assert.equal(await panel.page.locator("#view").getAttribute("aria-labelledby"), "tab-overview");
    // A step without pages: the tab stays, because the run has them, and says why it cannot be chosen.
    const { pages, ...rest } = sampleMemory;
    assert.ok(pages);
    await panel.show(
      buildSnapshot({ history: layHistory(rest), title: "sample.memscript", series: new SeriesRecorder() }),
    );
    assert.equal(await panel.page.locator("#tab-pages").getAttribute("aria-disabled"), "true");
    await panel.page.locator("#tab-pages").dispatchEvent("click");
    assert.equal(await chosen(), "overview");
  });

  it("are gone through by arrow keys, Home and End, and tell the host what they draw", async () => {
    await open();
    assert.deepEqual(await showing(), [snapshotParts]);
    await panel.page.locator("#tab-overview").focus();
    const visited: (string | null)[] = [];
    for (const key of ["ArrowRight", "ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"]) {
      await panel.page.keyboard.press(key);
      visited.push(await chosen());
    }
    assert.deepEqual(visited, ["heap", "bytes", "timeline", "overview", "timeline", "overview"]);
    assert.equal(await panel.page.evaluate("document.activeElement.id"), "tab-overview");
    assert.deepEqual(await showing(), [["heaps"], [], ["series"], snapshotParts, ["series"], snapshotParts]);
  });

  it("wait for their part of the snapshot", async () => {
    const only = (part: SnapshotPart): PanelSnapshot =>
      buildSnapshot({
        history: layHistory(sampleMemory),
        title: "sample.memscript",
        series: new SeriesRecorder(),
        parts: new Set([part]),
      });
    await open(only("heaps"), { view: "heap" });
    assert.deepEqual(only("heaps").parts, ["heaps"]);
    assert.equal(await panel.page.locator("#view [data-heap]").count(), 1);
    await panel.page.locator("#tab-pages").click();
    assert.equal(await panel.page.locator("#view .page-table").count(), 0);
    await panel.show(only("pages"));
    assert.equal(await panel.page.locator("#view .page-table tbody tr").count(), 5);
    assert.equal(await panel.page.locator("#view [data-heap]").count(), 0);
  });

  it("are remembered with the selection", async () => {
    await open();
    await panel.page.locator("#tab-heap").click();
    await panel.page.locator(".map-stage").focus();
    await panel.page.keyboard.press("ArrowRight");
    const state = await panel.state();
    await panel.close();
    await open(sampleSnapshot(), state);
    assert.equal(await chosen(), "heap");
    assert.equal(await panel.page.locator(".map-stage").getAttribute("data-selected"), "0x10000");
    const told = (await panel.heard()).find(({ kind }) => kind === "select");
    assert.deepEqual(told?.kind === "select" && told.selection, { kind: "block", address: "0x10000", line: 1 });
  });

  it("share one selection", async () => {
    await open();
    await panel.page.locator("#tab-heap").click();
    await panel.page.locator(".map-stage").focus();
    await panel.page.keyboard.press("End");
    await panel.page.locator("#tab-overview").click();
    const selected = await panel.page.locator(".map-stage").getAttribute("data-selected");
    assert.equal(selected, sampleSnapshot().heaps[0].segments.at(-1)?.address);
    // A page of the heap's addresses is a row of the page table and no block but the one that holds it.
    await panel.page.locator(".page-table tr[data-vpn='7']").click();
    assert.equal(await panel.page.locator(".map-stage").getAttribute("data-selected"), "");
    assert.equal(await panel.page.locator(".page-table tr.selected").getAttribute("data-vpn"), "7");
  });

  it("scroll their tabs in a narrow panel, not the page", async () => {
    await open(sampleSnapshot(), undefined, 300);
    const overflow = await panel.page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.ok(Number(overflow) <= 0);
    await panel.page.locator("#tab-overview").focus();
    await panel.page.keyboard.press("End");
    const tab = await panel.page.locator("#tab-timeline").boundingBox();
    assert.ok(tab !== null && tab.x >= 0 && tab.x + tab.width < 301, JSON.stringify(tab));
  });

  for (const view of ["heap", "pages", "pools", "timeline"] as const) {
    it(`are accessible one by one: ${view}`, async () => {
      await open(sampleSnapshot(), { view });
      await panel.screenshot(`view-${view}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }
});
