import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { heapPolicies } from "../../src/engine/heap/options";
import type { CompareView } from "../../src/inspector/compareView";
import { pagingScript, sampleComparison, samplePoolComparison } from "./compareSample";
import { PanelPage } from "./panelPage";
import { sampleSnapshot } from "./sample";
import { themes } from "./themes";

const axe = fs.readFileSync(
  createRequire(path.resolve(__dirname, "../../package.json")).resolve("axe-core/axe.min.js"),
  "utf8",
);

async function seriousFindings(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe);
  return panel.page.evaluate<string[]>(
    "axe.run(document).then(({ violations }) => violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))",
  );
}

describe("The panel's comparison of policies", function () {
  this.timeout(120_000);
  let panel: PanelPage;

  async function open(comparison: CompareView = sampleComparison(), theme = themes[0], width = 1000): Promise<void> {
    panel = await PanelPage.open(theme, { width, height: 900 });
    await panel.send({ kind: "comparison", comparison, isNew: true });
    await panel.heard();
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, [], "the console is silent: no error, nothing against the security policy");
    await panel.close();
  });

  for (const theme of themes) {
    it(`is accessible and looks right in ${theme.name}`, async () => {
      await open(sampleComparison(), theme);
      await panel.show(sampleSnapshot());
      await panel.screenshot(`compare-${theme.name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }

  it("stays readable in a narrow panel: the page itself never scrolls sideways", async () => {
    await open(sampleComparison(), themes[0], 360);
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

  for (const theme of themes) {
    it(`draws page faults over frames and says where more frames are worse, in ${theme.name}`, async () => {
      await open(sampleComparison(pagingScript), theme);
      const paging = panel.page.locator(".paging");
      await paging.scrollIntoViewIfNeeded();
      await paging.locator("summary").click();
      await panel.screenshot(`paging-${theme.name}`);
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
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }

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
