import assert from "node:assert/strict";
import { commonWindow } from "../../harness/openVsCode";
import type { VsCodeWindow } from "../../harness/VsCodeWindow";

const script = "a = alloc 100\nexpect used == 100\nexpect used == 200\nfree a\n";

describe("expectations in the Testing view", () => {
  let window: VsCodeWindow;

  before(async () => {
    window = await commonWindow({ "proof.memscript": script });
  });

  it("run, and tell what was found instead", async () => {
    await window.openFile("proof.memscript");
    await window.runCommand("Testing: Focus on Test Explorer View");
    const rows = window.page.locator(".test-explorer .monaco-list-row");
    await rows.filter({ hasText: "proof.memscript" }).first().waitFor();
    await window.runCommand("Test: Run All Tests");
    await window.page.locator(".test-explorer .codicon-testing-failed-icon").first().waitFor();
    const marks = window.page.locator(".monaco-editor .glyph-margin-widgets");
    await marks.locator(".codicon-testing-passed-icon").waitFor();
    await marks.locator(".codicon-testing-failed-icon").waitFor();
    await window.screenshot("testing");
    assert.match(await window.page.locator(".monaco-workbench").innerText(), /but used is 100/);
  });
});
