import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { PanelPage } from "./panelPage";
import { themes } from "./themes";

/** `a` waits in quarantine, `b` is in use, the rest is free. */
function debugHeap(): PanelSnapshot {
  const history = new History(
    parse("heap main 512 redzone=16 freed=0xdd quarantine=256\na = alloc 40\nb = alloc 37\nfree a"),
  );
  history.seek(4);
  return buildSnapshot({ history, title: "debug.memscript", series: new SeriesRecorder(), total: 4 });
}

describe("The Memory Inspector panel with a debug heap", function () {
  let panel: PanelPage;

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const texts = (selector: string) => panel.page.locator(selector).allTextContents();

  it("draws used, quarantined and free blocks and red zones apart in each theme", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(debugHeap());
    const legend = await texts(".legend li");
    assert.ok(legend.includes("red zone") && legend.includes("in quarantine"), legend.join(", "));
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`debug-heap-${name}`);
      // The shares of painted pixels of equal stretches, which tell the patterns from one another and from nothing.
      const inked = await panel.page.evaluate<number[]>(`(() => {
        const canvas = document.querySelector(".map-stage canvas");
        const [from, to] = document.querySelector(".map-stage").dataset.window.split("..").map(Number);
        const context = canvas.getContext("2d");
        const part = (start, end) => {
          const x = Math.ceil(((start - from) / (to - from)) * canvas.width) + 2;
          const width = Math.floor(((end - from) / (to - from)) * canvas.width) - x - 2;
          const { data } = context.getImageData(x, Math.round(canvas.height * 0.35), width, 12);
          const colours = new Set();
          for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 4).join());
          return [...colours].sort().join(" ").split("").reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) | 0, 7);
        };
        return [part(48, 88), part(88, 104), part(152, 189), part(208, 300)];
      })()`);
      assert.equal(new Set(inked).size, inked.length, inked.join(", "));
    });
  });

  it("marks a block that the step moved with broken bars, others with whole ones", async () => {
    panel = await PanelPage.open(themes[0]);
    const history = new History(parse("heap main 512 header=8\na = alloc 100\nb = alloc 100\nfree a\ndefrag\nfree b"));
    /** Runs of the colour of changes along the upper edge of the strip. */
    const runs = async (step: number): Promise<number> => {
      history.seek(step);
      await panel.show(buildSnapshot({ history, title: "moved.memscript", series: new SeriesRecorder(), total: 6 }));
      return panel.page.evaluate<number>(`(() => {
        const canvas = document.querySelector(".map-stage canvas");
        const ratio = canvas.width / canvas.clientWidth;
        const { data } = canvas.getContext("2d").getImageData(0, Math.floor(56 * ratio), canvas.width, 1);
        const isChange = (at) => data[at] > 150 && data[at + 1] > 120 && data[at + 2] < 60;
        let runs = 0;
        for (let at = 4; at < data.length; at += 4) if (isChange(at) && !isChange(at - 4)) runs++;
        return runs;
      })()`);
    };
    const legend = async (): Promise<boolean> => (await texts(".legend li")).includes("moved by this step");
    assert.ok((await runs(5)) > 5, "broken");
    assert.equal(await legend(), true);
    await panel.screenshot("moved");
    const whole = await runs(3);
    assert.ok(whole >= 1 && whole <= 3, String(whole));
    assert.equal(await legend(), false);
  });

  it("tells the same in the table, the facts and to a screen reader", async () => {
    panel = await PanelPage.open(themes[0]);
    await panel.show(debugHeap());
    await panel.page.evaluate("document.querySelectorAll('details').forEach((twin) => (twin.open = true))");
    const states = await panel.page
      .locator("[data-table='blocks main'] tbody tr")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-state")));
    assert.deepEqual(states, ["quarantined", "used", "free"]);
    await panel.page.locator(".map-stage").focus();
    await panel.page.keyboard.press("ArrowRight");
    assert.match((await texts(".heap-map [aria-live]"))[0], /^a, 0x10000, freed, in quarantine, 104 bytes, line 2/);
    assert.match((await texts(".facts-box"))[0], /Red zones16 bytes before, 16 bytes after/);
    assert.match((await texts(".stats"))[0], /Quarantine104/);
  });
});
