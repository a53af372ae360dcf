import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { ViewMessage } from "../../src/inspector/protocol";
import { pagingScript, sampleComparison } from "./compareSample";
import { outDir } from "../harness/paths";
import { cellsOf, dataUrl, differenceOf } from "./cells";
import { PanelPage } from "./panelPage";
import { livelyScript, RecordedRun } from "./recordedRun";
import { sampleSnapshot } from "./sample";
import { themes } from "./themes";

type Save = Extract<ViewMessage, { kind: "save" }>;

/** Of 255; beyond it the colours of a cell are others. */
const tolerance = 26;

describe("Drawings saved as SVG and as pixels", () => {
  let panel: PanelPage;

  /** Saves the drawings of a section and compares them with each other and with what is on the screen. */
  async function check(section: string): Promise<void> {
    const { page } = panel;
    await panel.heard();
    await page.mouse.move(0, 0);
    const root = page.locator(`${section}:not(:has(> .split-drawings)), ${section} > .split-drawings`).first();
    const shown = Buffer.from(await root.screenshot());
    await page.locator(`${section} [data-action=exportDrawing]`).press("Enter");
    await page.waitForFunction(() =>
      (window as unknown as { panelWire: { messages: { kind: string }[] } }).panelWire.messages.some(
        ({ kind }) => kind === "save",
      ),
    );
    const { name, files } = (await panel.heard()).find((message): message is Save => message.kind === "save")!;
    assert.deepEqual(
      files.map(({ ending }) => ending),
      ["svg", "png"],
    );
    const [svg, png] = files.map(({ data }) => Buffer.from(data));
    const folder = path.join(outDir, "exports");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `${name}.svg`), svg);
    fs.writeFileSync(path.join(folder, `${name}.png`), png);
    const text = svg.toString();
    for (const foreign of ["var(", "class=", 'href="http', "color-mix"]) assert.ok(!text.includes(foreign), foreign);
    // Charts are pixels, the marks on them shapes.
    if (section.includes("timeline")) assert.match(text, /<image [^>]*href="data:image\/png;.*<line /);
    else assert.ok((text.match(/<(path|rect|text)/g) ?? []).length > 10, "shapes, not one picture");
    const pixels = await cellsOf(dataUrl("image/png", png));
    const shapes = differenceOf(await cellsOf(dataUrl("image/svg+xml", svg)), pixels, tolerance);
    assert.ok(shapes.count <= 0.02 * shapes.of, `${name}: SVG and pixels differ, ${JSON.stringify(shapes.worst)}`);
    const saved = await cellsOf(dataUrl("image/png", png), { inset: 8 });
    // Tables at the end are no part of a drawing.
    const onScreen = { ...(await cellsOf(dataUrl("image/png", shown))), rows: saved.rows };
    const screen = differenceOf(onScreen, saved, tolerance);
    assert.ok(
      screen.count <= 0.08 * screen.of,
      `${name}: not what is shown, ${screen.count} of ${screen.of}, ${JSON.stringify(screen.worst)}`,
    );
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  for (const [name, section] of [
    ["a heap with its list", "[data-heap=main]"],
    ["a pool", "[aria-labelledby=pool-cells]"],
    ["a slab cache", "[aria-labelledby=pool-inodes]"],
    ["page tables", "[aria-labelledby=pages]"],
    ["the timeline", "[aria-labelledby=timeline]"],
  ] as const) {
    it(`look like what is on the screen: ${name}`, async () => {
      panel = await PanelPage.open(themes[0]);
      await panel.show(sampleSnapshot());
      await check(section);
    });
  }

  it("look like what is on the screen: a heap in each theme", async () => {
    panel = await PanelPage.open(themes[0], undefined, { view: "heap" });
    const run = new RecordedRun(
      "heap h 4KiB policy=tlsf header=8 redzone=8 quarantine=200\nrepeat 6 as i\n a[i] = alloc 30 + i * 40\n b[i] = alloc 60\nend\nfree a[1]\nfree b[3]\nfree a[4]\nfree a[5]",
    );
    await run.show(panel, 99);
    await panel.inEachTheme(() => check("[data-heap=h]"));
  });

  for (const view of ["history", "rows"] as const) {
    it(`look like what is on the screen: ${view}`, async () => {
      panel = await PanelPage.open(themes[0], undefined, { view });
      const run = new RecordedRun(livelyScript);
      await run.show(panel, 20);
      await check(`.${view}`);
    });
  }

  it("look like what is on the screen: bytes", async () => {
    panel = await PanelPage.open(themes[0], undefined, { view: "bytes" });
    const run = new RecordedRun('heap 4KiB\na = alloc 40\nb = alloc 60\nwrite a "Hello, World!"\nfree b');
    await run.show(panel, 4);
    await check(".bytes-view");
  });

  it("look like what is on the screen: caches", async () => {
    panel = await PanelPage.open(themes[0], undefined, { view: "caches" });
    const run = new RecordedRun(
      "cache L1 1KiB line=32 ways=2\ncache L2 4KiB line=32 ways=4\nvm frames=16\nmap 0..8\nrepeat 60 as i\n load i * 97 % 4096\nend",
    );
    await run.show(panel, 99);
    await check("[aria-labelledby=caches]");
  });

  for (const [name, script] of [
    ["bars", undefined],
    ["curves", pagingScript],
  ] as const) {
    it(`look like what is on the screen: a comparison with ${name}`, async () => {
      panel = await PanelPage.open(themes[0]);
      await panel.send({ kind: "comparison", comparison: sampleComparison(script), isNew: true });
      await check(".compare");
    });
  }
});
