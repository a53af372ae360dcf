import assert from "node:assert/strict";
import type { PanelSnapshot } from "../../src/inspector/model";
import { protocolVersion } from "../../src/inspector/protocol";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { layHistory } from "../unit/inspector/laidMemory";
import { seriousFindings } from "./axe";
import { PanelPage } from "./panelPage";
import { sampleMemory, sampleSnapshot } from "./sample";
import { themes } from "./themes";

const dark = themes[0];
async function openTables(panel: PanelPage): Promise<void> {
  await panel.page.evaluate("document.querySelectorAll('details').forEach((twin) => (twin.open = true))");
  await panel.page.waitForSelector("[data-table='series'] tbody tr");
}

type PanelOptions = Parameters<typeof PanelPage.open> extends [unknown, ...infer Rest] ? Rest : never;

describe("The Memory Inspector panel", () => {
  let panel: PanelPage;

  async function open(snapshot: PanelSnapshot | null = sampleSnapshot(), theme = dark, ...rest: PanelOptions) {
    panel = await PanelPage.open(theme, ...rest);
    if (snapshot !== null) await panel.show(snapshot);
    await panel.heardCommands();
  }

  /** Opens a table by its summary; the browser tells the panel of it in a later task, which then fills the table. */
  async function openTable(id: string): Promise<void> {
    await panel.page.locator(`[data-table='${id}'] > summary`).click();
    await panel.page.waitForSelector(`[data-table='${id}'] tbody tr`);
  }

  const attribute = (selector: string, name: string) => panel.page.locator(selector).getAttribute(name);
  const texts = (selector: string) => panel.page.locator(selector).allTextContents();

  afterEach(async () => {
    assert.deepEqual(panel.complaints, [], "the console is silent: no error, nothing against the security policy");
    await panel.close();
  });

  for (const theme of themes) {
    it(`is accessible and looks right in ${theme.name}`, async () => {
      await open(sampleSnapshot(), theme);
      await panel.screenshot(`overview-${theme.name}`);
      await openTables(panel);
      assert.deepEqual(await seriousFindings(panel), []);
    });
  }

  it("explains itself while empty in each theme", async () => {
    await open(null);
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`empty-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
    await panel.page.locator("[data-action=runFile]").click();
    await panel.page.locator("[data-action=openExample]").click();
    assert.deepEqual(
      (await panel.heardCommands()).map(({ kind }) => kind),
      ["runFile", "openExample"],
    );
  });

  it("draws the free list as arrows in list order, and tells the same in a table", async () => {
    await open();
    const list = sampleSnapshot().heaps[0].freeList.map((entry) => entry.address);
    assert.deepEqual(
      (await attribute(".map-stage .links", "data-arrows"))!.split(" "),
      list.slice(1).map((to, at) => `${list[at]}>${to}`),
    );
    const ways = await panel.page
      .locator(".map-stage .link-path")
      .evaluateAll((paths) => paths.map((path) => path.getAttribute("d")).join(""));
    assert.equal(ways.match(/M/g)?.length, list.length - 1);
    assert.equal(await attribute(".map-stage .link-head", "data-head"), list[0]);
    await openTables(panel);
    const rows = await panel.page
      .locator("[data-table='freeList main'] tbody tr")
      .evaluateAll((all) => all.map((row) => row.getAttribute("data-address")));
    assert.deepEqual(rows, list);
  });

  it("draws blocks to scale: a click on a byte finds the block that holds it", async () => {
    await open();
    const box = (await panel.page.locator(".map-stage").boundingBox())!;
    const [from, to] = (await attribute(".map-stage", "data-window"))!.split("..").map(Number);
    for (const segment of sampleSnapshot().heaps[0].segments) {
      if (segment.offset >= to) continue;
      const middle = segment.offset + Math.min(segment.size, to - segment.offset) / 2;
      await panel.page.mouse.click(box.x + (box.width * (middle - from)) / (to - from), box.y + 80);
      assert.equal(await attribute(".map-stage", "data-selected"), segment.address);
    }
  });

  it("goes through blocks by keyboard, shows facts and goes to the line", async () => {
    await open();
    const stage = panel.page.locator(".map-stage");
    await stage.focus();
    const selected = () => attribute(".map-stage", "data-selected");
    const press = async (key: string) => {
      await panel.page.keyboard.press(key);
      return selected();
    };
    const addresses = sampleSnapshot().heaps[0].segments.map((segment) => segment.address);
    assert.equal(await press("ArrowRight"), addresses[0]);
    assert.equal(await press("ArrowRight"), addresses[1]);
    assert.equal(await press("ArrowLeft"), addresses[0]);
    assert.match(
      (await texts(".facts-box"))[0],
      /0x10000.*136 bytes.*used.*0x10000\.\.0x10020.*100 of 104 bytes.*a line 2/,
    );
    assert.match((await texts(".heap-map [aria-live]"))[0], /^a, 0x10000, used, 136 bytes, line 2$/);
    await panel.heardCommands();
    await panel.page.keyboard.press("Enter");
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => ({ ...message, version: 0 })),
      [{ kind: "revealLine", line: 1, version: 0 }],
    );
    assert.equal(await press("End"), addresses.at(-1));
    assert.equal(await press("Home"), addresses[0]);
    const list = sampleSnapshot().heaps[0].freeList.map((entry) => entry.address);
    for (const address of list) assert.equal(await press("PageDown"), address);
    assert.equal(await press("PageUp"), list.at(-2));
    assert.equal(await press("Escape"), "");
  });

  it("zooms by keys, wheel and buttons, and remembers", async () => {
    await open();
    const stage = panel.page.locator(".map-stage");
    const width = async () => {
      const [from, to] = (await attribute(".map-stage", "data-window"))!.split("..").map(Number);
      return to - from;
    };
    const fitted = await width();
    await stage.focus();
    await panel.page.keyboard.press("+");
    assert.ok(Math.abs((await width()) - fitted / 2) < 4);
    await panel.page.keyboard.press("-");
    await panel.page.keyboard.press("-");
    assert.ok(Math.abs((await width()) - fitted * 2) < 4);
    await panel.page.keyboard.press("0");
    assert.equal(await width(), fitted);
    await stage.hover();
    await panel.page.mouse.wheel(0, -200);
    await panel.page.waitForFunction(
      (before) => document.querySelector<HTMLElement>(".map-stage")!.dataset["window"] !== before,
      `0..${fitted}`,
    );
    assert.ok((await width()) < fitted);
    await panel.page.locator("[data-action=zoomWhole]").click();
    assert.equal(await width(), 1_048_576);
    const state = await panel.state();
    assert.deepEqual(state, {
      view: "overview",
      selection: null,
      speed: null,
      windows: { main: { from: 0, to: 1_048_576 } },
      series: {},
      byteCursor: null,
      open: [],
    });
    await panel.close();
    await open(sampleSnapshot(), dark, undefined, state);
    assert.equal(await width(), 1_048_576);
  });

  it("asks for the blocks of a group when it comes into view", async () => {
    const blocks = Array.from({ length: 9000 }, (_, at) => ({ size: 48, handle: at % 2 === 0 ? "h" : null }));
    const history = layHistory({ heaps: [{ name: "main", base: 0x10000, header: 16, blocks }] });
    const shoot = (window?: { from: number; to: number }) =>
      buildSnapshot({
        history,
        title: "many",
        series: new SeriesRecorder(),
        windows: new Map(window && [["main", window]]),
      });
    await open(shoot());
    await panel.page.locator(".map-stage").focus();
    for (let times = 0; times < 6; times++) await panel.page.keyboard.press("+");
    const asked = (await panel.heardCommands()).filter((message) => message.kind === "detail").at(-1)!;
    const answer = shoot(asked);
    const inside = answer.heaps[0].segments.filter(({ offset }) => offset >= asked.from && offset < asked.to - 500);
    assert.ok(inside.length > 100 && inside.every((segment) => segment.kind === "block"));
    await panel.show(answer);
    await panel.page.keyboard.press("+");
    assert.deepEqual(
      (await panel.heardCommands()).filter((message) => message.kind === "detail"),
      [],
    );
  });

  it("travels by a click on the chart, and by its keys", async () => {
    await open();
    const stage = panel.page.locator(".chart-stage");
    await stage.scrollIntoViewIfNeeded();
    const box = (await stage.boundingBox())!;
    const [left, right] = (await attribute(".chart-stage", "data-range"))!.split("..").map(Number);
    for (const step of [0, 5, 12]) {
      await panel.page.mouse.click(box.x + left + ((right - left) * step) / 12, box.y + 60);
      assert.deepEqual(
        (await panel.heardCommands()).map((message) => (message.kind === "travel" ? message.step : message.kind)),
        [step],
      );
    }
    await panel.page.mouse.move(0, 0);
    await stage.focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "Enter", "Home", "Enter", "End", "Enter"])
      await panel.page.keyboard.press(key);
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => (message.kind === "travel" ? message.step : message.kind)),
      [7, 0, 12],
    );
  });

  it("steps by buttons, scrubs by the slider and announces the story", async () => {
    await open();
    for (const kind of ["runBack", "stepBack", "stepForward", "run"]) {
      await panel.page.locator(`[data-action=${kind}]`).click();
      assert.deepEqual(
        (await panel.heardCommands()).map((message) => message.kind),
        [kind],
      );
    }
    await panel.page.locator(".scrubber").focus();
    await panel.page.keyboard.press("ArrowLeft");
    await panel.somethingHeard();
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => (message.kind === "travel" ? message.step : message.kind)),
      [8],
    );
    assert.match((await texts("[role=status]"))[0], /^First fit looked at 3 free blocks/);
    assert.equal(await attribute("[data-problem]", "data-problem"), "leak");
    await panel.page.locator(".step-place .link").click();
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => message.kind),
      ["revealLine"],
    );
  });

  it("plays step by step, as fast as steps arrive, and stops at the end", async () => {
    await open();
    const snapshot = sampleSnapshot();
    const at = (position: number): PanelSnapshot => ({
      ...snapshot,
      step: { ...snapshot.step, position, problems: [], finished: position === 12 },
    });
    await panel.page.locator(".speed").selectOption("10");
    await panel.page.locator("[data-action=play]").click();
    assert.equal(await attribute(".story", "aria-live"), "off");
    for (const position of [10, 11, 12]) {
      await panel.somethingHeard();
      assert.deepEqual(
        (await panel.heardCommands()).map(({ kind }) => kind),
        ["stepForward"],
      );
      await panel.show(at(position));
    }
    assert.equal(await attribute(".story", "aria-live"), "polite");
    assert.equal(await panel.page.locator("[data-action=stopPlaying]").isVisible(), false);
    assert.deepEqual(await panel.heardCommands(), []);
    await panel.page.locator("[data-action=firstStep]").click();
    const [message] = await panel.heardCommands();
    assert.equal(message.kind === "travel" && message.step, 0);
    const state = await panel.state();
    await panel.close();
    await open(snapshot, dark, undefined, state);
    assert.equal(await panel.page.locator(".speed").inputValue(), "10");
  });

  it("steps by single keys, unless they are typed or the view takes them", async () => {
    await open();
    const pressed = async (key: string) => {
      await panel.page.keyboard.press(key);
      return (await panel.heardCommands()).map(({ kind }) => kind);
    };
    assert.deepEqual(await pressed("n"), ["stepForward"]);
    assert.deepEqual(await pressed("p"), ["stepBack"]);
    assert.deepEqual(await pressed("Control+p"), []);
    assert.deepEqual(await pressed("Space"), ["stepForward"]);
    await panel.page.locator("[data-action=stopPlaying]:visible").waitFor();
    assert.deepEqual(await pressed("Space"), []);
    await panel.page.locator("[data-action=play]:visible").waitFor();
    await panel.page.locator(".speed").focus();
    assert.deepEqual(await pressed("n"), []);
    await panel.page.locator("[data-action=zoomIn]").focus();
    assert.ok(!(await pressed("Space")).includes("stepForward"), "Space presses the button");
  });

  it("marks problems on the scrubber and goes from one to the next", async () => {
    await open();
    assert.equal(await attribute(".problem-ticks", "data-marks"), "2");
    const ticks = (await panel.page.locator(".problem-ticks path").boundingBox())!;
    const track = (await panel.page.locator(".scrubber").boundingBox())!;
    // Steps 6 and 9 of 12, between the middles of the thumb at both ends.
    const pixelOf = (step: number) => track.x + 7 + ((track.width - 14) * step) / 12;
    assert.equal(await attribute(".problem-ticks path", "d"), "M500 0V1M750 0V1");
    assert.ok(Math.abs(ticks.x + ticks.width / 2 - (pixelOf(6) + pixelOf(9)) / 2) < 1);
    await panel.page.locator("[data-action=previousProblem]").click();
    await panel.page.keyboard.press(",");
    await panel.page.keyboard.press(".");
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => (message.kind === "travel" ? message.step : message.kind)),
      [6, 6],
      "there is none after step 9",
    );
  });

  it("lists its keys and those of the view", async () => {
    await open();
    await panel.page.locator("[role=tab][data-view=heap]").click();
    await panel.page.keyboard.press("?");
    const dialog = panel.page.getByRole("dialog", { name: "Keyboard Help" });
    await dialog.waitFor();
    assert.deepEqual(await dialog.locator("h3").allInnerTexts(), ["Everywhere", "Heap", "Heap structures"]);
    await panel.inEachTheme(async ({ name }) => {
      await panel.screenshot(`help-${name}`);
      assert.deepEqual(await seriousFindings(panel), []);
    });
    await panel.heardCommands();
    await panel.page.keyboard.press("n");
    assert.deepEqual(await panel.heardCommands(), [], "the keys of the panel rest");
    await panel.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await panel.page.evaluate("document.activeElement.id"), "tab-heap");
    await panel.page.locator("[data-action=help]").click();
    await dialog.locator("[data-action=closeHelp]").click();
    await dialog.waitFor({ state: "hidden" });
  });

  it("lists the keys of every view that the run has", async () => {
    await open();
    const dialog = panel.page.getByRole("dialog", { name: "Keyboard Help" });
    const tabs = await texts("[role=tab]:visible");
    assert.deepEqual(tabs, ["Overview", "Heap", "Bytes", "Rows", "History", "Pages", "Pools", "Timeline"]);
    const groups: string[][] = [];
    for (const tab of tabs) {
      await panel.page.getByRole("tab", { name: tab, exact: true }).click();
      await panel.page.locator("[data-action=help]").click();
      groups.push((await dialog.locator("h3").allInnerTexts()).slice(1));
      await panel.page.keyboard.press("Escape");
    }
    const heap = ["Heap", "Heap structures"];
    assert.deepEqual(groups, [
      [...heap, "Pages", "Caches", "Pools", "Timeline"],
      heap,
      ...["Bytes", "Rows", "History", "Pages", "Pools", "Timeline"].map((name) => [name]),
    ]);
  });

  it("offers only the steps that there are", async () => {
    const enabled = async () => {
      const buttons = panel.page.locator(".step-buttons vscode-button:visible:not([disabled])");
      return buttons.evaluateAll((all) => all.map((button) => button.getAttribute("data-action")));
    };
    const at = (position: number, finished: boolean, running = false): PanelSnapshot => {
      const snapshot = sampleSnapshot();
      return { ...snapshot, running, step: { ...snapshot.step, position, finished } };
    };
    await open(at(0, false));
    assert.deepEqual(await enabled(), ["play", "stepForward", "run", "lastStep"]);
    await panel.show(at(12, true));
    assert.deepEqual(await enabled(), ["firstStep", "runBack", "stepBack"]);
    await panel.show(at(5, false, true));
    assert.deepEqual(await enabled(), ["pause"]);
  });

  it("leads a line from each page to its frame and says the same in the page table", async () => {
    await open();
    const pairs = (selector: string) =>
      panel.page
        .locator(selector)
        .evaluateAll((all) =>
          all.map((each) => `${each.getAttribute("data-vpn")}>${each.getAttribute("data-pfn")}`).sort(),
        );
    const expected = ["0>10", "1>20", "2>5", "7>63", "8>42"];
    assert.deepEqual(await pairs(".mapping"), expected);
    assert.deepEqual(await pairs(".page-table tbody tr"), expected);
    await panel.page.locator(".page-table tr[data-vpn='7']").click();
    assert.equal(await attribute(".mapping.selected", "data-pfn"), "63");
    const [message] = await panel.heardCommands();
    assert.deepEqual(message.kind === "select" && message.selection, {
      kind: "page",
      process: "main",
      page: 7,
      address: "0x7000",
    });
  });

  it("follows the editor's focus", async () => {
    await open();
    await panel.send({ kind: "focus", target: { kind: "address", address: "0x10110" } });
    assert.equal(await attribute(".map-stage", "data-selected"), "0x100e8");
    await panel.send({ kind: "focus", target: { kind: "line", line: 7 } });
    assert.equal(await attribute(".map-stage", "data-selected"), "0x103a0");
  });

  it("takes the colours of another theme without being drawn anew", async () => {
    await open();
    const picture = () =>
      panel.page.locator(".map-stage canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const chart = () =>
      panel.page
        .locator(".chart-stage canvas")
        .first()
        .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const before = [await picture(), await chart()];
    await panel.wear(themes[1]);
    await panel.settled();
    const light = [await picture(), await chart()];
    assert.notEqual(light[0], before[0]);
    assert.notEqual(light[1], before[1]);
    await panel.wear(dark);
    await panel.settled();
    assert.deepEqual([await picture(), await chart()], before);
  });

  it("shows what the policy keeps free blocks in as a table", async () => {
    const main = sampleMemory.heaps![0];
    const lists = [
      { index: 0, least: 64, below: 65, blocks: [0x10040, 0x10200] },
      { index: 4, least: 1024, below: 1025, blocks: [0x10400] },
    ];
    const structure = { kind: "buddy", smallest: 64, lists, roots: [{ address: 0x10000, size: 2048 }] } as const;
    const history = layHistory({ ...sampleMemory, heaps: [{ ...main, structure }] });
    await open(buildSnapshot({ history, title: "test", series: new SeriesRecorder() }));
    assert.deepEqual(await texts(".twin[data-table$=' main']:not([hidden]) > summary"), [
      "Block table",
      "Free-list table",
      "Buddy orders",
    ]);
    await openTable("buddyOrders main");
    assert.deepEqual(await texts("[data-table='buddyOrders main'] thead th"), ["Size", "Blocks", "Addresses"]);
    assert.deepEqual(await texts("[data-table='buddyOrders main'] tbody td"), [
      ...["64", "2", "0x10040 0x10200"],
      ...["1,024", "1", "0x10400"],
    ]);
    assert.deepEqual(await seriousFindings(panel), []);
  });

  it("keeps open tables open over snapshots and hiding", async () => {
    await open();
    await openTable("blocks main");
    await panel.show(sampleSnapshot());
    assert.equal(await panel.page.locator("[data-table='blocks main'] tbody tr").count(), 9);
    await panel.page.locator("[data-table='blocks main'] .link").first().click();
    assert.deepEqual(
      (await panel.heardCommands()).map((message) => message.kind),
      ["revealLine"],
    );
    const state = await panel.state();
    await panel.close();
    await open(sampleSnapshot(), dark, undefined, state);
    assert.equal(await panel.page.locator("[data-table='blocks main'] tbody tr").count(), 9);
  });

  it("logs what it does not understand and goes on", async () => {
    await open();
    const warnings: string[] = [];
    panel.page.on("console", (message) => warnings.push(message.text()));
    const unknown = JSON.stringify({ kind: "fly", version: protocolVersion });
    await panel.page.evaluate(`window.postMessage(${unknown}, '*'); window.postMessage(7, '*')`);
    await panel.show(sampleSnapshot());
    assert.deepEqual(warnings, ["Ignored a message of unknown kind fly.", "Ignored a message that is not an object."]);
    await panel.send({ kind: "empty" });
    assert.equal(await panel.page.locator(".empty").count(), 1);
  });
});
