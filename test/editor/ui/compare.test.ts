import assert from "node:assert/strict";
import type { Frame } from "playwright-core";
import { heapPolicies } from "../../../src/engine/heap/options";
import { commonWindow } from "../../harness/openVsCode";
import type { VsCodeWindow } from "../../harness/VsCodeWindow";

describe("comparing policies in VS Code", () => {
  let window: VsCodeWindow;
  let panel: Frame;

  before(async () => {
    window = await commonWindow();
  });

  const candidates = (): Promise<(string | null)[]> =>
    panel
      .locator(".compare tr[data-candidate]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-candidate")));

  it("offers every policy, preselected, and shows the chosen ones side by side", async () => {
    await window.openFile("10-compare.memscript");
    await window.runCommand("MemScript: Compare Policies");
    const row = window.page.locator(".quick-input-widget .monaco-list-row", { hasText: heapPolicies[0] });
    await row.first().waitFor();
    await window.page.keyboard.press("Enter");
    panel = await window.webviewFrame(".compare tr[data-candidate]");
    assert.deepEqual(await candidates(), [...heapPolicies, "ideal"]);
    await window.screenshot("compare-in-vscode");
  });

  it("goes to the line where two part", async () => {
    const link = panel.locator(".differences .link").first();
    const line = Number(await link.getAttribute("data-line")) + 1;
    await link.click();
    const cursor = window.page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` });
    await cursor.waitFor();
  });

  it("is still there after the page was reloaded, and goes when it is closed", async () => {
    await panel.evaluate("document.body.dataset.before = 'yes'");
    await window.runCommand("Developer: Reload Webviews");
    panel = await window.webviewFrame("body:not([data-before]) .compare tr[data-candidate]");
    assert.deepEqual(await candidates(), [...heapPolicies, "ideal"]);
    await panel.locator("[data-action=closeComparison]").click();
    await panel.locator(".compare").waitFor({ state: "detached" });
  });
});
