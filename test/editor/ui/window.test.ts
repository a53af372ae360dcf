import assert from "node:assert/strict";
import * as fs from "node:fs";
import { commonWindow } from "../../harness/openVsCode";
import { THEMES, type ThemeName, type VsCodeWindow } from "../../harness/VsCodeWindow";

describe("a VS Code window with the extension", () => {
  let window: VsCodeWindow;

  before(async () => {
    window = await commonWindow({
      "smoke.memscript": "# two blocks\na = alloc 100\nb = alloc 200\nfree b\nfree a\n",
    });
  });

  it("opens a script in its language", async () => {
    await window.openFile("smoke.memscript");
    const language = window.page.locator("#status\\.editor\\.mode");
    await language.waitFor();
    assert.match(await language.innerText(), /MemScript/);
  });

  it("runs a command from the palette", async () => {
    await window.runCommand("View: Toggle Zen Mode");
    await window.page.locator(".part.activitybar").waitFor({ state: "hidden" });
    await window.runCommand("View: Toggle Zen Mode");
    await window.page.locator(".part.activitybar").waitFor({ state: "visible" });
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`shows the script in the theme ${theme}`, async () => {
      await window.setTheme(theme);
      const picture = await window.screenshot(`window-${theme}`);
      assert.ok(fs.statSync(picture).size > 10_000);
    });
  }
});
