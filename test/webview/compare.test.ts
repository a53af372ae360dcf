import assert from "node:assert/strict";
import { replacementPolicies } from "../../src/engine/replacement/createPolicy";
import { tlbPolicies } from "../../src/engine/vm/Tlb";
import { heapPolicies } from "../../src/engine/heap/options";
import type { CompareView } from "../../src/inspector/compareView";
import { seriousFindings } from "./axe";
import { pagingScript, sampleComparison, samplePartComparison, samplePoolComparison } from "./compareSample";
import { PanelPage } from "./panelPage";
import { sampleSnapshot } from "./sample";
import { themes } from "./themes";

describe("The panel's comparison of policies", () => {
  let panel: PanelPage;

  async function open(comparison: CompareView = sampleComparison(), width = 1000): Promise<void> {
    panel = await PanelPage.open(themes[0], { width, height: 900 });
    await panel.send({ kind: "comparison", comparison, isNew: true });
    await panel.heard();
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, [], "the console is silent: no error, nothing against the security policy");
    await panel.close();
  });

  it("is accessible and looks right in each theme", async () => {
    await open();
    await panel.show(sampleSnapshot());
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`compare-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("stays readable in a narrow panel: the page itself never scrolls sideways", async () => {
    await open(sampleComparison(), 360);
    await panel.screenshot("compare-narrow");
    const overflow = await panel.page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assert.ok(Number(overflow) <= 0, `${String(overflow)} px too wide`);
  });

  it("has a row for each policy and one for the ideal, the best of each column marked", async () => {
    const view = sampleComparison();
    await open(view);
    const names = await panel.page
      .locator(".compare tr[data-candidate]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-candidate")));
    assert.deepEqual(names, [...heapPolicies, "ideal"]);
    const at = view.table.columns.findIndex(({ id }) => id === "searched");
    const searched = view.table.rows.map(({ values }) => values[at]);
    const least = Math.min(...searched.filter((value) => value !== null));
    const marked = await panel.page
      .locator(".compare tr[data-candidate]")
      .evaluateAll((rows, column) => rows.map((row) => row.children[column].querySelector(".best") !== null), at + 1);
    assert.deepEqual(
      marked,
      searched.map((value) => value === least),
    );
  });

  it("goes to the lines where policies part, by pointer and by keyboard", async () => {
    const view = sampleComparison();
    assert.ok(view.differences.length > 0);
    await open(view);
    const links = panel.page.locator(".differences .link");
    assert.equal(await links.count(), view.differences.length);
    await links.first().click();
    await links.last().focus();
    await panel.page.keyboard.press("Enter");
    const lines = (await panel.heard()).map((message) => message.kind === "revealCompared" && message.line);
    assert.deepEqual(lines, [view.differences[0].line, view.differences.at(-1)!.line]);
  });

  it("draws page faults over frames and says where more frames are worse", async () => {
    await open(sampleComparison(pagingScript));
    const paging = panel.page.locator(".paging");
    await paging.scrollIntoViewIfNeeded();
    await paging.locator("summary").click();
    assert.match(await paging.locator(".belady").innerText(), /with 4 frames fifo faults more often than with 3/);
    const rows = await paging.locator("details table").first().locator("tbody tr").allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split(/\s+/).map(Number)),
      [
        [1, 12, 12, 12],
        [2, 12, 12, 9],
        [3, 9, 10, 7],
        [4, 10, 8, 6],
        [5, 5, 5, 5],
      ],
    );
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`paging-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("has a table and bars for everything that references go through, and none for a heap that is not there", async () => {
    await open(samplePartComparison());
    const headings = await panel.page.locator(".compare h3").allInnerTexts();
    assert.deepEqual(
      headings.slice(0, 2),
      ["Page replacement in 3 frames of 4,096 bytes", "Lookaside buffer of 2 entries"].map((text) =>
        text.replace(",", ""),
      ),
    );
    const names = await panel.page
      .locator(".compare tr[data-candidate]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-candidate")));
    assert.deepEqual(names, [...replacementPolicies, ...tlbPolicies]);
    assert.equal(await panel.page.locator(".differences").count(), 0);
    assert.equal(await panel.page.locator(".compare figure[data-unit=count]").count(), 2);
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`compare-parts-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  });

  it("offers no links into a packed trace", async () => {
    await open({ ...sampleComparison(), hasLines: false });
    assert.equal(await panel.page.locator(".differences .link").count(), 0);
    assert.match((await panel.page.locator(".differences li").first().textContent()) ?? "", /line \d+/);
  });

  it("shows a pool against heaps under a heading of its own, without lines where they part", async () => {
    await open(samplePoolComparison());
    assert.equal(await panel.page.locator("h2#compare").innerText(), "Pool nodes against Heaps");
    const names = await panel.page
      .locator(".compare tr[data-candidate]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-candidate")));
    assert.deepEqual(names, ["pool", "slab", ...heapPolicies, "ideal"]);
    assert.equal(await panel.page.locator(".differences").count(), 0);
    await panel.screenshot("compare-pool");
    assert.deepEqual(await seriousFindings(panel), []);
  });

  it("compares again, copies and closes when asked", async () => {
    await open();
    for (const action of ["compareAgain", "copyComparison", "closeComparison"]) {
      await panel.page.locator(`[data-action=${action}]`).click();
      assert.deepEqual(
        (await panel.heard()).map(({ kind }) => kind),
        [action],
      );
    }
    await panel.send({ kind: "comparison", comparison: null, isNew: true });
    assert.equal(await panel.page.locator(".compare").count(), 0);
  });

  it("stays in its view while the run comes, moves and goes", async () => {
    await open();
    const isShown = (): Promise<boolean> => panel.page.locator("#view .compare").isVisible();
    for (const step of [() => panel.show(sampleSnapshot()), () => panel.send({ kind: "empty" })]) {
      await step();
      assert.equal(await isShown(), true);
    }
    await panel.show(sampleSnapshot());
    await panel.page.locator("#tab-overview").click();
    assert.equal(await isShown(), false);
    await panel.page.locator("#tab-compare").click();
    assert.equal(await isShown(), true);
    await panel.send({ kind: "comparison", comparison: null, isNew: true });
    assert.equal(await panel.page.locator("#tab-overview").getAttribute("aria-selected"), "true");
  });

  it("draws every bar to scale and the ideal above them all", async () => {
    await open();
    const painted = await panel.page.locator(".bar-stage canvas").evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
        return data.some((value) => value > 0);
      }),
    );
    assert.deepEqual(painted, [true, true]);
    const labels = await panel.page
      .locator(".bar-stage canvas")
      .evaluateAll((all) => all.map((canvas) => canvas.getAttribute("aria-label")));
    for (const label of labels) for (const policy of heapPolicies) assert.ok(label?.includes(policy));
  });
});
