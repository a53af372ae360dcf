import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { openVsCode } from "../../harness/openVsCode";
import type { VsCodeWindow } from "../../harness/VsCodeWindow";

const script = `heap 4KiB
a = alloc 300
b = alloc 200
free a
c = alloc 100
`;

describe("the Memory Inspector in the side bar", () => {
  let window: VsCodeWindow;

  before(async () => {
    window = await openVsCode({ files: { "side.memscript": script }, size: { width: 1500, height: 1100 } });
  });
  after(() => window.close());

  /** A window that is loaded anew starts its extensions first. */
  const inside = (place: "sideBar" | "editor"): Promise<Frame> =>
    window.webviewFrame(`body[data-place=${place}] [data-map]`, 60_000);
  const standsAt = (frame: Frame, step: number) =>
    frame.locator(".position", { hasText: new RegExp(`^Step ${step} of`) }).waitFor();

  it("opens by its command, in the colours of the side bar", async () => {
    await window.openFile("side.memscript");
    await window.goTo(3);
    await window.runCommand("MemScript: Show Memory Inspector in Side Bar");
    const view = await inside("sideBar");
    await standsAt(view, 3);
    // The start page gives it its room.
    await window.page.locator(".pane-header", { has: window.page.getByText("Run", { exact: true }) }).click();
    const colour = await view.evaluate(`(() => {
      const probe = document.body.appendChild(document.createElement("div"));
      probe.style.background = "var(--vscode-sideBar-background)";
      const colours = [probe, document.body].map((element) => getComputedStyle(element).backgroundColor);
      probe.remove();
      return colours;
    })()`);
    const [wanted, own] = colour as string[];
    assert.equal(own, wanted);
    await view.waitForFunction("document.documentElement.scrollWidth <= window.innerWidth");
    await window.screenshot("inspector-side-bar");
  });

  it("follows the same run as the panel beside the script", async () => {
    await window.runCommand("MemScript: Open Memory Inspector");
    const [view, panel] = [await inside("sideBar"), await inside("editor")];
    await standsAt(panel, 3);
    await view.locator("[data-action=stepBack]").click();
    await standsAt(view, 2);
    await standsAt(panel, 2);
    await panel.locator("[data-action=stepForward]").click();
    await panel.locator("[data-action=stepForward]").click();
    await standsAt(view, 4);
    await window.screenshot("inspector-twice");
  });

  it("comes back with its window", async () => {
    await window.page.reload();
    await window.page.locator(".monaco-workbench .part.sidebar .pane-header").first().waitFor();
    await window.openFile("side.memscript");
    const view = await inside("sideBar");
    await window.goTo(5);
    await standsAt(view, 5);
  });
});
