import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Frame } from "playwright-core";
import { CONDITION_MS } from "../../harness/deadlines";
import { openVsCode } from "../../harness/openVsCode";
import { repoRoot } from "../../harness/paths";
import type { ThemeName, VsCodeWindow } from "../../harness/VsCodeWindow";

const script = `# Holes in a list whose order is not the order of addresses
heap 4KiB order=lifo
vm page=4KiB frames=64

a = alloc 300
b = alloc 200
c = alloc 400
d = alloc 160
e = alloc 300
write b "Hello, World!"
write d "Memory"

free c
free a
f = alloc 120
map 0 -> 10 rw
map 1 -> 20 rw
translate 0x1004

free e
f = alloc 64
free b
free b
free d
`;

/** 1-based line of the first line that is \`text\`. */
function lineOf(text: string): number {
  const line = script.split("\n").indexOf(text) + 1;
  assert.notEqual(line, 0, text);
  return line;
}

/** Waits until a probe passes; then its last failure is the test's. */
async function eventually(probe: () => Promise<void>): Promise<void> {
  for (const end = Date.now() + CONDITION_MS; ;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (end < Date.now()) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

describe("a first hour with a script", () => {
  let window: VsCodeWindow;
  let panel: Frame;

  before(async () => {
    window = await openVsCode({
      files: { "holes.memscript": script },
      size: { width: 1600, height: 1000 },
      settings: {
        "debug.internalConsoleOptions": "neverOpen",
        "debug.toolBarLocation": "commandCenter",
        "editor.minimap.enabled": false,
        "workbench.editor.enablePreview": false,
      },
    });
  });
  after(() => window.close());

  /** 1-based line where the debugger stands, by the arrow in the glyph margin. */
  const stoppedLine = async (): Promise<number> => {
    const stopped = window.page.locator(".monaco-editor .glyph-margin-widgets [class*=codicon-debug-stackframe]");
    assert.equal(await stopped.count(), 1, "one stack frame arrow");
    const top = (await stopped.boundingBox())!.y;
    for (const number of await window.page.locator(".monaco-editor .line-numbers").all()) {
      const box = await number.boundingBox();
      if (box !== null && Math.abs(box.y - top) < box.height / 2) return Number(await number.innerText());
    }
    throw new Error("The arrow stands beside no line.");
  };
  const standsAt = (text: string): Promise<void> =>
    eventually(async () => assert.equal(await stoppedLine(), lineOf(text)));
  const panelStands = (text: string): Promise<void> =>
    eventually(async () => assert.equal(await panel.locator(".step-bar .statement").innerText(), text));
  /** Addresses from and to, in the order of the list. */
  const arrows = async (): Promise<string[][]> =>
    (await panel.$eval(".links", (layer) => (layer as unknown as SVGElement).dataset["arrows"] ?? ""))
      .split(" ")
      .filter((arrow) => arrow !== "")
      .map((arrow) => arrow.split(">"));

  it("opens an example", async () => {
    await window.runCommand("MemScript: Open Example");
    await window.choose("Heap");
    await window.page.waitForSelector(".tab.active[data-resource-name^=Untitled]");
    await eventually(async () => assert.match(await window.page.locator(".view-lines").innerText(), /heap/));
    await window.runCommand("View: Revert and Close Editor");
  });

  it("sees the mistakes underlined and among the problems", async () => {
    await window.openFile("holes.memscript");
    await window.page.waitForSelector(".monaco-editor .squiggly-error");
    await window.page.waitForSelector(".monaco-editor .squiggly-warning");
    await window.runCommand("View: Toggle Problems");
    const rows = window.page.locator(".markers-panel .monaco-list-row");
    await eventually(async () => {
      const text = (await rows.allInnerTexts()).join("\n");
      assert.match(text, /double-free/);
      assert.match(text, /leak/);
    });
    await window.runCommand("View: Toggle Problems");
  });

  it("hovers a handle and an address", async () => {
    const column = script.split("\n")[lineOf("free c") - 1].length;
    assert.match(await window.hoverAt(lineOf("free c"), column), /0x1[0-9a-f]{4}[^]*line 7/);
    await window.page.keyboard.press("Escape");
    assert.match(await window.hoverAt(lineOf("translate 0x1004"), 13), /frame 20[^]*0x14004/);
    await window.page.keyboard.press("Escape");
  });

  it("stops at a breakpoint, steps and steps back", async () => {
    await window.goTo(lineOf("free e"));
    await window.page.keyboard.press("F9");
    await window.page.waitForSelector(".codicon-debug-breakpoint");
    await window.page.keyboard.press("F5");
    await standsAt("heap 4KiB order=lifo");
    await window.page.keyboard.press("F5");
    await standsAt("free e");
    await window.page.keyboard.press("F10");
    await standsAt("f = alloc 64");
    await window.runCommand("MemScript: Step Back");
    await standsAt("free e");
  });

  it("reads blocks, the free list and the story in the Memory Inspector", async () => {
    await window.runCommand("MemScript: Open Memory Inspector");
    panel = await window.webviewFrame("[data-map]");
    assert.equal(await panel.locator("[data-heap] h2").innerText(), "Heap");
    await panelStands("translate 0x1004");
    await panel.locator("details[data-table^=blocks] > summary").click();
    const rows = panel.locator("[data-table^=blocks] tbody tr");
    // The table is filled when its opening is told, which is after the click.
    await rows.first().waitFor();
    const states = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset["state"]));
    assert.deepEqual(states, ["used", "free", "used", "free", "used", "used", "free"]);
    await panel.locator("details[data-table^=blocks] > summary").click();
    const list = await panel.$$eval("[data-table^=freeList] tbody tr", (all) =>
      all.map((row) => (row as HTMLElement).dataset["address"] ?? ""),
    );
    const drawn = await arrows();
    assert.equal(drawn.length, 2);
    assert.equal(drawn[0][1], drawn[1][0], "each arrow begins where the one before it ends");
    assert.ok(list.length === 0 || list[0] === drawn[0][0]);
    assert.match(await panel.locator(".story").innerText(), /0x14004|81924|frame 20/);
  });

  it("moves the debugger by the panel's buttons", async () => {
    await panel.locator("[data-action=stepForward]").click();
    await standsAt("f = alloc 64");
    await panelStands("free e");
    await panel.locator("[data-action=stepBack]").click();
    await standsAt("free e");
    await panelStands("translate 0x1004");
  });

  it("travels by the scrubber and by a click on the chart", async () => {
    await panel.locator(".scrubber").focus();
    await window.page.keyboard.press("Home");
    await standsAt("heap 4KiB order=lifo");
    const chart = panel.locator(".chart-stage");
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await chart.click({ position: { x: box.width * 0.6, y: box.height / 2 } });
    await eventually(async () => assert.ok((await stoppedLine()) > lineOf("c = alloc 400")));
    await panel.locator(".scrubber").focus();
    await window.page.keyboard.press("Home");
    await standsAt("heap 4KiB order=lifo");
    await window.runCommand("Debug: Continue");
    await standsAt("free e");
  });

  it("goes from a block to the line that made it", async () => {
    const map = panel.locator("[data-map]");
    await map.scrollIntoViewIfNeeded();
    await map.focus();
    await window.page.keyboard.press("Home");
    // Selecting marks the line, with the cursor where it was; Enter goes there.
    const marked = window.page.locator(".monaco-editor .view-overlays [class*=TextEditorDecorationType]");
    await eventually(async () => assert.ok((await marked.count()) > 0));
    await window.page.keyboard.press("Enter");
    const cursor = window.page.locator("#status\\.editor\\.selection");
    await eventually(async () => assert.match(await cursor.innerText(), new RegExp(`Ln ${lineOf("f = alloc 120")},`)));
  });

  it("shows short values at the ends of lines", async () => {
    await panel.locator("[data-action=stepForward]").click();
    await standsAt("f = alloc 64");
    await eventually(async () => {
      const lines = await window.page.locator(".monaco-editor .view-lines").innerText();
      assert.match(lines.replaceAll("\u00a0", " "), /free a\s*a = 0x10020 \(freed\)/);
    });
  });

  for (const [theme, name] of [
    ["dark", "dark"],
    ["light", "light"],
    ["hc-dark", "high-contrast"],
  ] as const satisfies readonly (readonly [ThemeName, string])[]) {
    it(`looks right in the theme ${theme}`, async () => {
      await window.setTheme(theme);
      await window.page.mouse.move(0, 0);
      await panel.waitForSelector(
        `body.${theme === "light" ? "vscode-light" : theme === "dark" ? "vscode-dark" : "vscode-high-contrast"}`,
      );
      await panel.evaluate("scrollTo(0, 0)");
      await window.page.waitForTimeout(500);
      const picture = await window.screenshot(`journey-${name}`);
      const { size } = fs.statSync(picture);
      assert.ok(10_000 < size && size < 300_000, `${size} bytes`);
      if (process.env["UPDATE_SCREENSHOTS"] === "1") {
        const folder = path.join(repoRoot, "media/screenshots");
        fs.mkdirSync(folder, { recursive: true });
        fs.copyFileSync(picture, path.join(folder, `${name}.png`));
      }
    });
  }
});
