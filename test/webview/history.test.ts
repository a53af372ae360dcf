import assert from "node:assert/strict";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { livelyScript, RecordedRun } from "./recordedRun";
import { themes } from "./themes";

describe("The history view", function () {
  let panel: PanelPage;
  let run: RecordedRun;

  async function open(script = livelyScript, theme = themes[0], width = 900): Promise<void> {
    panel = await PanelPage.open(theme, { width, height: 900 }, { view: "history" });
    run = new RecordedRun(script);
    await run.show(panel, Math.min(20, run.history.reached));
  }

  const stage = () => panel.page.locator(".history-stage");
  const data = (name: string) => stage().getAttribute(`data-${name}`);
  const facts = () => panel.page.locator(".history-facts").textContent();

  /** Where a step and an address are on the page. */
  async function place(step: number, address: number): Promise<{ x: number; y: number }> {
    const [left, top, width, height] = (await data("plot"))!.split(" ").map(Number);
    const [steps, addresses] = (await data("window"))!.split(" ");
    const [from, to] = steps.split("..").map(Number);
    const [low, high] = addresses.split("..").map(Number);
    const box = (await stage().boundingBox())!;
    return {
      x: box.x + left + ((step + 0.5 - from) / (to - from)) * width,
      y: box.y + top + ((high - address - 0.5) / (high - low)) * height,
    };
  }

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.settled();
    await run.answer(panel);
  }

  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  it("is accessible and looks right in each theme", async () => {
    await open();
    await panel.inEachTheme(({ name }) => panel.screenshot(`history-${name}`));
    await panel.page.locator("[data-table='lives'] > summary").click();
    await run.answer(panel);
    await panel.inEachTheme(async () => assert.deepEqual(await seriousFindings(panel), []));
  });

  it("shows every step and address, then the box that is dragged", async () => {
    await open();
    const reached = run.history.reached;
    assert.match((await data("window"))!, new RegExp(`^0\\.\\.${reached + 1} 0x10020\\.\\.0x`));
    assert.equal(await data("position"), "20");
    const from = await place(3, 0x10020 + 4000);
    const to = await place(12, 0x10020 + 100);
    await panel.page.mouse.move(from.x, from.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(to.x, to.y, { steps: 4 });
    await panel.page.mouse.up();
    await run.answer(panel);
    assert.equal(await data("window"), `3..13 0x${(0x10020 + 100).toString(16)}..0x${(0x10020 + 4001).toString(16)}`);
    await stage().focus();
    await press("0");
    assert.match((await data("window"))!, new RegExp(`^0\\.\\.${reached + 1} `));
  });

  it("zooms at the pointer by wheel once it has the focus, and by keys", async () => {
    await open();
    const spot = await place(10, 0x10020 + 500);
    await panel.page.mouse.move(spot.x, spot.y);
    const before = await data("window");
    await panel.page.mouse.wheel(0, -150);
    assert.equal(await data("window"), before);
    await stage().focus();
    await panel.page.mouse.wheel(0, -150);
    await panel.page.waitForFunction(
      (old) => document.querySelector<HTMLElement>(".history-stage")!.dataset["window"] !== old,
      before,
    );
    await run.answer(panel);
    const after = await place(10, 0x10020 + 500);
    assert.ok(Math.abs(after.x - spot.x) < 25 && Math.abs(after.y - spot.y) < 25);
    await press("0", "+", "Shift+ArrowRight");
    assert.notEqual(await data("window"), before);
    await press("-", "-", "-");
    assert.equal(await data("window"), before);
  });

  it("tells the block under the pointer, selects it by a click and travels to its birth by Enter", async () => {
    await open();
    const { x, y } = await place(6, 0x10020 + 500);
    await panel.page.mouse.move(x, y);
    await panel.settled();
    await run.answer(panel);
    assert.equal(await facts(), "a: 1,000 bytes at 0x10020, from step 3 (line 3) to step 17 (line 9), freed: free a.");
    await panel.page.mouse.click(x, y);
    await run.answer(panel);
    const selected = run.said.flatMap((message) => (message.kind === "select" ? [message.selection] : []));
    assert.deepEqual(selected.at(-1), { kind: "address", address: "0x10020" });
    await stage().focus();
    await press("Enter");
    assert.equal(run.travelled, 3);
  });

  it("moves a crosshair by keys, which tells what is there and what is not", async () => {
    await open();
    await stage().focus();
    await press("ArrowRight", "Home");
    assert.match((await data("crosshair"))!, /^0 0x/);
    assert.match((await facts())!, /^No block here at step 0/);
    await press("Escape");
    assert.equal(await data("crosshair"), "");
  });

  it("travels to a step of the axis, and to the problem whose mark is near", async () => {
    await open();
    const box = (await stage().boundingBox())!;
    const { x } = await place(21, 0x10020);
    await panel.page.mouse.click(x + 2, box.y + 345);
    await run.answer(panel);
    assert.equal(run.travelled, 21);
  });

  it("lists the lives in view in the order that is chosen", async () => {
    await open();
    await panel.page.locator("[data-table='lives'] > summary").click();
    await run.answer(panel);
    const sizes = () => panel.page.locator("[data-table='lives'] tbody td:nth-child(3)").allTextContents();
    assert.equal((await sizes())[0], "4,000");
    await panel.page.locator("#life-order").selectOption("leaked");
    await run.answer(panel);
    assert.equal(await panel.page.locator("[data-table='lives'] tbody tr[data-leaked]").count(), 4);
    await panel.page.locator("#history-region").selectOption("nodes");
    await run.answer(panel);
    assert.equal((await sizes()).length, 6);
  });

  it("draws a crowd by pixel: one leak among many thousand lives is seen, and a pixel tells how many it stands for", async () => {
    await open(`heap 1MiB
keep = alloc 16
repeat 15000 as i
  a = alloc 64
  b = alloc 32
  free a
  free b
end
lost = alloc 64
lost = alloc 64
free lost
free keep`);
    assert.equal(await panel.page.locator(".section.history").getAttribute("data-picture"), "raster");
    await panel.screenshot("history-raster");
    assert.match((await panel.page.locator(".history-note").textContent())!, /share in use/);
    const { x, y } = await place(30_000, 0x10060);
    await panel.page.mouse.move(x, y);
    await panel.settled();
    await run.answer(panel);
    assert.match((await facts())!, /^\d+ blocks under this pixel, 0 of them leaked\. /);
    const end = await place(run.history.reached - 1, 0x10060);
    const red = await panel.page.evaluate(
      ([left, top]) => {
        const canvas = document.querySelector<HTMLCanvasElement>(".history-stage canvas")!;
        const box = canvas.getBoundingClientRect();
        const ratio = canvas.width / box.width;
        const area = canvas
          .getContext("2d")!
          .getImageData((left - box.left) * ratio - 6, (top - box.top) * ratio, 12, 1);
        return [...Array(12).keys()].some((at) => area.data[at * 4] > 180 && area.data[at * 4 + 2] < 140);
      },
      [end.x, end.y] as const,
    );
    assert.ok(red);
  });

  it("asks for nothing while the run is travelled, and for everything when it is another run", async () => {
    await open();
    const asked = async (snapshot = run.snapshot()) => {
      await panel.heard();
      await panel.show(snapshot);
      return (await panel.heard()).filter(({ kind }) => kind === "request").length;
    };
    run.history.seek(5);
    assert.equal(await asked(), 0);
    assert.equal(await data("position"), "5");
    assert.equal(await asked({ ...run.snapshot(), run: 2 }), 1);
  });

  it("fits a narrow panel", async () => {
    await open(livelyScript, themes[0], 320);
    await panel.screenshot("history-narrow");
    const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320);
  });
});
