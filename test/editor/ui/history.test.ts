import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openVsCode } from "../../harness/openVsCode";
import type { VsCodeWindow } from "../../harness/VsCodeWindow";

const script = `heap 64KiB
a = alloc 100
b = alloc 200
write a "one"
free b
write a "two"
free a
`;

describe("the Memory and History views", function () {
  let window: VsCodeWindow;

  before(async () => {
    window = await openVsCode({
      files: { "history.memscript": script },
      size: { width: 1400, height: 1300 },
    });
  });
  after(() => window.close());

  /** Rows of one of our trees, by their screen-reader labels. */
  const row = (label: string): Locator =>
    window.page.locator(`.monaco-list-row[role=treeitem][aria-label*="${label}"]`);
  const paneHeader = (title: string): Locator =>
    window.page.locator(".pane-header", { has: window.page.getByText(title, { exact: true }) });
  const cursorAt = (line: number): Promise<void> =>
    window.page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` }).waitFor();

  it("show the life of the block at the cursor and memory at its line", async () => {
    await window.openFile("history.memscript");
    await window.goTo(6, 7);
    await window.runCommand("MemScript: Show History");
    await row("step 7, line 7").first().waitFor();
    assert.match(
      (await row("step 4, line 4").first().innerText()).replace(/\s+/g, " "),
      /line 4: write ?step 4: 3 bytes written/,
    );
    // The start page gives its room to the two trees.
    await paneHeader("Run").click();
    await paneHeader("Memory").click();
    await row("Heap").first().click();
    await row("heap, heap").first().click();
    await row("deallocations 1,").waitFor();
    await window.screenshot("history-and-memory");
  });

  it("travel by a click on an event, and memory goes along", async () => {
    await row("step 4, line 4").first().click();
    await cursorAt(4);
    await row("deallocations 0,").waitFor();
    await row("step 7, line 7").first().click();
    await cursorAt(7);
    await row("deallocations 2,").waitFor();
  });

  it("say what was looked for where there is nothing of it", async () => {
    await window.goTo(5, 6);
    await window.runCommand("MemScript: Go to Last Move");
    await window.runCommand("Notifications: Show Notifications");
    const told = window.page.locator(".notifications-center .notification-list-item-message");
    await told.getByText('There is no move before this moment in the life of "b: 200 bytes of line 3".').waitFor();
    await window.runCommand("Notifications: Clear All Notifications");
  });

  it("answer a question that is typed", async () => {
    await window.runCommand("MemScript: Query History");
    const input = window.page.locator(".quick-input-widget input.input");
    await input.fill("frees > 150");
    await window.page.locator(".quick-input-widget .monaco-list-row", { hasText: "Press Enter to ask" }).waitFor();
    await input.press("Enter");
    await row("frees > 150, 1 event").waitFor();
    await row("step 5, line 5").first().waitFor();
    await window.screenshot("history-question");
  });
});
