import assert from "node:assert/strict";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { parse } from "../../src/language/parsing/parser";
import { History } from "../../src/machine/run/History";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { themes } from "./themes";

const script = `heap 64KiB
vm page=4KiB frames=4 replacement=lru
repeat 40 as i
h[i] = alloc 100 + i * 8
access i % 7 * 4096
end
repeat 20 as i
free h[i * 2]
access i % 3 * 4096
end
free h[0]
`;

describe("The timeline", () => {
  let panel: PanelPage;

  async function open(): Promise<void> {
    const history = new History(parse(script));
    const series = new SeriesRecorder();
    do series.record(history.state);
    while (history.stepForward() !== undefined);
    panel = await PanelPage.open(themes[0], { width: 900, height: 700 }, { view: "timeline" });
    await panel.show(buildSnapshot({ history, series, title: "timeline.memscript", breakpointSteps: [30] }));
    await panel.heard();
  }

  const range = (): Promise<string> => panel.page.locator(".timeline-range p").innerText();
  const travelled = async (): Promise<number[]> =>
    (await panel.heard()).flatMap((message) => (message.kind === "travel" ? [message.step] : []));

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("has lines for heaps and paging, told at the cursor", async () => {
    await open();
    const shown = panel.page.locator(".legend-toggle:visible");
    assert.deepEqual(await shown.evaluateAll((all) => all.map((line) => line.getAttribute("data-series"))), [
      "used",
      "free",
      "largest",
      "peak",
      "fragmentation",
      "faults",
      "hitRate",
    ]);
    assert.match(await panel.page.locator(".readout").innerText(), /Used .*Page faults \d+, Hit rate \d/);
  });

  it("zooms and moves by keys, and shows all again", async () => {
    await open();
    assert.equal(await range(), "Steps 0 to 123");
    const stage = panel.page.locator(".chart-stage");
    await stage.focus();
    for (const key of ["Home", "+", "+"]) await panel.page.keyboard.press(key);
    assert.equal(await range(), "Steps 0 to 31");
    await panel.page.keyboard.press("Shift+ArrowRight");
    assert.equal(await range(), "Steps 6 to 37");
    await panel.page.keyboard.press("-");
    await panel.page.keyboard.press("0");
    assert.equal(await range(), "Steps 0 to 123");
  });

  it("zooms by the wheel once it has the focus, and a click travels to a step in view", async () => {
    await open();
    const stage = panel.page.locator(".chart-stage");
    const box = (await stage.boundingBox())!;
    await panel.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await panel.page.mouse.wheel(0, -100);
    await panel.settled();
    assert.equal(await range(), "Steps 0 to 123", "the page scrolls, not the chart");
    await stage.focus();
    for (let turn = 0; turn < 6; turn++) await panel.page.mouse.wheel(0, -100);
    await panel.page.waitForFunction(
      () => document.querySelector(".timeline-range p")!.textContent !== "Steps 0 to 123",
    );
    await panel.settled();
    const [from, to] = (await range()).match(/\d+/g)!.map(Number);
    assert.ok(to - from < 60, `${from} to ${to}`);
    await stage.click({ position: { x: box.width / 2, y: box.height / 2 } });
    const [step] = await travelled();
    assert.ok(from <= step && step <= to, `${step}`);
    await panel.page.locator("[data-action=timelineAll]").click();
    assert.equal(await range(), "Steps 0 to 123");
  });

  it("is saved as a picture, its numbers as comma-separated values", async () => {
    await open();
    await panel.page.locator("[data-action=exportDrawing]").click();
    await panel.page.locator("details[data-table=series] > summary").click();
    await panel.page.locator("[data-action=saveCsv]").click();
    await panel.page.waitForFunction(
      () =>
        (window as unknown as { panelWire: { messages: { kind: string }[] } }).panelWire.messages.filter(
          ({ kind }) => kind === "save",
        ).length === 2,
    );
    const files = (await panel.heard()).flatMap((message) => (message.kind === "save" ? [message] : []));
    const saved = (ending: string): Uint8Array =>
      files.flatMap((message) => message.files).find((file) => file.ending === ending)!.data;
    assert.deepEqual([...saved("png").slice(1, 4)], [0x50, 0x4e, 0x47]);
    const csv = new TextDecoder().decode(saved("csv")).split("\r\n");
    assert.match(csv[0], /^Step,Used,Free,/);
    assert.equal(csv.length, 124 + 2);
    assert.match(csv[3], /^2,0,"65,536"/);
  });

  it("is at ease in each theme", async () => {
    await open();
    await panel.inEachTheme(async ({ name }) => {
      assert.deepEqual(await seriousFindings(panel), []);
      await panel.screenshot(`timeline-${name}`);
    });
  });
});
