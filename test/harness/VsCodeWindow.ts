import * as fs from "node:fs";
import * as path from "node:path";
import type { Frame, Page } from "playwright-core";
import { CONDITION_MS } from "./deadlines";
import { outDir } from "./paths";

/** The themes that everything must look right in, by the short names the tests use. */
export const THEMES = {
  dark: { label: "Dark Modern", bodyClass: "vs-dark" },
  light: { label: "Light Modern", bodyClass: "vs" },
  "hc-dark": { label: "Dark High Contrast", bodyClass: "hc-black" },
  "hc-light": { label: "Light High Contrast", bodyClass: "hc-light" },
} as const;

export type ThemeName = keyof typeof THEMES;

/** One VS Code window in a browser page, driven as a user drives it: by keys, the command palette and what is visible. */
export class VsCodeWindow {
  constructor(
    readonly page: Page,
    /** The window's own copy of the workspace; its files may be changed freely. */
    readonly workspace: string,
    private readonly settingsFile: string,
  ) {}

  /** Runs a command by its palette title, for example "MemScript: Step Line". */
  async runCommand(title: string): Promise<void> {
    await this.chooseAfter("F1", title, `>${title}`);
  }

  /** Opens a file of the workspace by its path relative to it, and waits until its editor has the focus. */
  async openFile(relative: string): Promise<void> {
    const name = path.basename(relative);
    await this.chooseAfter("Control+p", name, relative);
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.page.waitForSelector(".editor-group-container.active .monaco-editor .view-line");
  }

  /** Puts the cursor of the active editor at a position, both 1-based. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press("Control+g");
    const input = await this.quickInput();
    await input.fill(`:${line}:${column}`);
    await input.press("Enter");
    await this.quickInputClosed();
  }

  /** The text of the hover at a 1-based position of the active editor. */
  async hoverAt(line: number, column: number): Promise<string> {
    await this.goTo(line, column);
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.press("Control+i");
    const hover = this.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content:visible").first();
    await hover.waitFor();
    await this.page.waitForFunction(
      () => !/^\s*Loading/.test(document.querySelector(".monaco-hover:not(.hidden)")?.textContent ?? "Loading"),
    );
    return hover.innerText();
  }

  /** Replaces one user setting, for every window of the server; VS Code applies it when it notices the changed file. */
  async setSetting(key: string, value: unknown): Promise<void> {
    const settings = JSON.parse(await fs.promises.readFile(this.settingsFile, "utf8")) as Record<string, unknown>;
    settings[key] = value;
    await fs.promises.writeFile(this.settingsFile, JSON.stringify(settings, undefined, 2));
  }

  /** Picks the colour theme as a user does and waits until the workbench shows it. */
  async setTheme(theme: ThemeName): Promise<void> {
    const { label, bodyClass } = THEMES[theme];
    // The list is made once when it opens: in a window that still loads its extensions it may lack the theme.
    for (let patience = 3000; ; patience *= 2) {
      await this.runCommand("Preferences: Color Theme");
      try {
        await this.choose(label, label, patience);
        break;
      } catch (error) {
        if (patience > CONDITION_MS) throw error;
        await this.page.keyboard.press("Escape");
        await this.quickInputClosed();
      }
    }
    await this.page.waitForSelector(`.monaco-workbench.${bodyClass}`);
  }

  /**
   * The frame (a webview's inner document) that contains an element matching `selector`.
   * Frames come and go while a webview loads, so every frame is asked again until one answers.
   */
  async webviewFrame(selector: string, timeoutMs = CONDITION_MS): Promise<Frame> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame()) continue;
        const found = await frame.$(selector).catch(() => null);
        if (found !== null) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(
      `No webview frame has an element ${selector}; frames: ${this.page
        .frames()
        .map((f) => f.url())
        .join(", ")}`,
    );
  }

  /** Saves a picture of the window as out/screenshots/NAME.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(outDir, "screenshots", `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Closes the window and forgets its browser state; the server goes on for the next window. */
  async close(): Promise<void> {
    await this.page.close();
  }

  /** Accepts the entry of the open quick pick whose text begins with `label`, after typing it (or `text`) as the filter. */
  async choose(label: string, text = label, timeout = CONDITION_MS): Promise<void> {
    const begins = new RegExp(`^\\s*${label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
    const row = this.page.locator(".quick-input-widget .monaco-list-row", { hasText: begins }).first();
    const input = this.page.locator(".quick-input-widget input.input");
    const soon = { timeout: 1000 };
    for (const deadline = Date.now() + timeout; ;) {
      try {
        // While one quick pick replaces another, the text may still land in the old one: the new one's box is empty then.
        if ((await input.inputValue(soon)) !== text) await input.fill(text, soon);
        await row.waitFor(soon);
        // A click that is given up may have chosen all the same: it gets time.
        await row.click({ timeout: 10_000 });
        break;
      } catch (error) {
        if (deadline < Date.now()) throw error;
      }
    }
    // A command may open the next quick pick in the same widget, so its closing is not waited for.
    await row.waitFor({ state: "hidden" });
  }

  /** Opens a quick pick by a key and chooses in it; again where something else took the focus, which closes it. */
  private async chooseAfter(key: string, label: string, text: string): Promise<void> {
    for (const deadline = Date.now() + CONDITION_MS; ;) {
      await this.page.keyboard.press(key);
      try {
        await this.choose(label, text, 10_000);
        return;
      } catch (error) {
        if (deadline < Date.now()) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  private async quickInput(): Promise<ReturnType<Page["locator"]>> {
    const input = this.page.locator(".quick-input-widget input.input");
    await input.waitFor();
    return input;
  }

  private async quickInputClosed(): Promise<void> {
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }
}
