import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { themes } from "./themes";

/** Three free blocks of different sizes between used ones, in a heap of that policy. */
function shoot(options: string): PanelSnapshot {
  const script = `heap h 4KiB ${options}
repeat 6 as i
  a[i] = alloc 24
  b[i] = alloc 100 + 60 * i
end
free a[1]
free a[3]
free b[2]`;
  const history = new History(parse(script));
  history.seek(100);
  assert.deepEqual(
    history.problems.filter(({ id }) => id !== "leak"),
    [],
  );
  return buildSnapshot({ history, title: "structures.memscript", series: new SeriesRecorder() });
}

const policies = {
  list: "header=8 order=lifo coalesce=never",
  bins: "header=8 policy=tlsf",
  quick: "header=8 policy=quick-fit order=lifo",
  buddy: "header=8 policy=buddy",
  arena: "header=8 policy=bump",
};

describe("The drawings of what policies keep free blocks in", () => {
  let panel: PanelPage;

  const open = async (width = 900): Promise<void> => {
    panel = await PanelPage.open(themes[0], { width, height: 1000 }, { view: "heap" });
  };
  const labels = () =>
    panel.page
      .locator(".structure .part:visible")
      .evaluateAll((parts) => parts.map((part) => part.getAttribute("aria-label")));
  const focused = () => panel.page.evaluate<string>("document.activeElement.getAttribute('aria-label')");
  const selected = async (): Promise<unknown[]> =>
    (await panel.heard()).flatMap((message) => (message.kind === "select" ? [message.selection] : []));

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("chains a free list in its own order and selects its blocks for all views by keys", async () => {
    const snapshot = shoot(policies.list);
    await open();
    await panel.show(snapshot);
    const { freeList } = snapshot.heaps[0];
    assert.deepEqual(
      (await labels()).map((label) => /0x[0-9a-f]+/.exec(label ?? "")?.[0]),
      freeList.map(({ address }) => address),
    );
    await panel.heard();
    await panel.page.locator(".structure .part").first().focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.match(await focused(), /^Place 2: /);
    assert.deepEqual(await selected(), [{ kind: "block", address: freeList[1].address, line: null }]);
    assert.equal(await panel.page.locator(".map-stage").getAttribute("data-selected"), freeList[1].address);
  });

  it("has the two levels of tlsf with their bits, and opens a bin's list", async () => {
    const snapshot = shoot(policies.bins);
    await open();
    await panel.show(snapshot);
    const { structure } = snapshot.heaps[0];
    assert.ok(structure.kind === "bins");
    assert.equal((await labels()).length, structure.rows.length);
    const words = await panel.page.locator(".structure .picture").first().locator("text.box-note").allTextContents();
    for (const { bits } of structure.words) assert.ok(words.includes(`0x${bits.toString(16).padStart(8, "0")}`));
    await panel.page.locator(".structure .part").first().click();
    const title = await panel.page.locator(".structure h4").innerText();
    assert.match(title, /^Blocks of \d+ to \d+ bytes/);
    const [row] = structure.rows;
    assert.deepEqual(
      (await labels()).slice(structure.rows.length).map((label) => /0x[0-9a-f]+/.exec(label ?? "")?.[0]),
      row.addresses,
    );
  });

  it("draws quick lists as bars and what is in none of them last", async () => {
    const snapshot = shoot(policies.quick);
    await open();
    await panel.show(snapshot);
    const all = await labels();
    assert.equal(all.length, snapshot.heaps[0].freeListTotal);
    assert.match(all[0] ?? "", /^List 32, place 1: 0x/);
    assert.match(all.at(-1) ?? "", /^List others, place 1: 0x/);
    await panel.page.locator(".structure .part").first().focus();
    await panel.page.keyboard.press("ArrowDown");
    assert.match(await focused(), /^List (?!32)/);
  });

  it("draws the buddy tree to the scale of the map, and follows its zoom", async () => {
    const snapshot = shoot(policies.buddy);
    await open();
    await panel.show(snapshot);
    const { segments } = snapshot.heaps[0];
    const boxes = () =>
      panel.page
        .locator(".structure .part")
        .evaluateAll((parts) =>
          parts.map((part) => [part.getAttribute("data-id"), part.querySelector("rect")!.getAttribute("width")]),
        );
    const fitted = new Map((await boxes()).map(([id, width]) => [id, Number(width) + 1]));
    const [first, second] = segments;
    const ratio = fitted.get(second.address)! / fitted.get(first.address)!;
    assert.ok(Math.abs(ratio - second.size / first.size) < 0.05, `${ratio}`);
    await panel.page.locator(".map-stage").focus();
    await panel.page.keyboard.press("+");
    assert.match(await panel.page.locator(".structure .caption").first().innerHTML(), /KiB|Split above/);
    const zoomed = new Map((await boxes()).map(([id, width]) => [id, Number(width) + 1]));
    const grown = [...zoomed].filter(([id, width]) => width > (fitted.get(id) ?? Infinity) * 1.8);
    assert.ok(grown.length > 0);
  });

  it("tells the live blocks of an arena from the dead ones", async () => {
    await open();
    await panel.show(shoot(policies.arena));
    assert.equal(await panel.page.locator(".structure .dead-box").count(), 3);
    assert.equal(await panel.page.locator(".structure .used-box").count(), 9);
    const { structure } = shoot(policies.arena).heaps[0];
    const caption = await panel.page.locator(".structure .caption").first().textContent();
    assert.equal(caption, structure.kind === "arena" ? `next ${structure.pointer}` : "");
  });

  for (const [kind, options] of Object.entries(policies)) {
    it(`are at ease in each theme: ${kind}`, async () => {
      await open();
      await panel.show(shoot(options));
      if (kind === "bins") await panel.page.locator(".structure .part").first().click();
      await panel.inEachTheme(async ({ name }) => {
        assert.deepEqual(await seriousFindings(panel), []);
        await panel.screenshot(`structure-${kind}-${name}`);
      });
    });
  }

  for (const width of [300, 2000]) {
    it(`fits ${width} pixels`, async () => {
      await open(width);
      for (const [kind, options] of Object.entries(policies)) {
        await panel.show(shoot(options));
        const overflow = await panel.page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assert.ok(Number(overflow) <= 0, `${kind}: ${String(overflow)} pixels too wide`);
        await panel.screenshot(`structure-${kind}-${width}`);
      }
    });
  }
});
