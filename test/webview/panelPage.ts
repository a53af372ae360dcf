import * as fs from "node:fs";
import * as path from "node:path";
import type { Page } from "playwright-core";
import type { PanelSnapshot } from "../../src/inspector/model";
import { toWire, type HostMessage, type ViewMessage } from "../../src/inspector/protocol";
import { englishStrings } from "../../src/inspector/strings";
import { outDir } from "../harness/paths";
import { compareWithGolden, hasGolden } from "./goldenPicture";
import { type Edge, freeTab, type Tab } from "./panelTabs";
import { type PanelTheme, themes } from "./themes";
import { packed } from "./wireText";

function edgeOf(theme: PanelTheme, state?: unknown): Edge {
  const variables = Object.entries(theme.variables).map(([name, value]) => [`--vscode-${name}`, value] as const);
  return { variables, bodyClass: theme.bodyClass, state };
}

/** A picture of an element, and the label that a screen reader has for it at that moment. */
export interface Frame {
  readonly picture: string;
  readonly label: string;
}

/** The panel in a real browser, with the editor's side of the wire in the test's hands. */
export class PanelPage {
  readonly page: Page;
  /** Messages of the console about content security, and errors of any kind. */
  readonly complaints: readonly string[];

  private constructor(private readonly tab: Tab) {
    this.page = tab.page;
    this.complaints = tab.complaints;
  }

  /** Motion is reduced unless a test is about it: pictures are to be what they are at once. */
  static async open(
    theme: PanelTheme,
    size = { width: 900, height: 1100 },
    state?: unknown,
    reducedMotion: "reduce" | "no-preference" = "reduce",
  ): Promise<PanelPage> {
    const tab = await freeTab();
    await tab.page.setViewportSize(size);
    await tab.page.emulateMedia({ reducedMotion });
    await tab.visit(edgeOf(theme, state));
    const panel = new PanelPage(tab);
    await panel.somethingHeard();
    await panel.send({ kind: "strings", strings: englishStrings });
    return panel;
  }

  async send(message: HostMessage): Promise<void> {
    await this.page.evaluate(
      async (text) => {
        const { panelWire } = window as unknown as { panelWire: { unpacked(packed: string): unknown } };
        window.postMessage(panelWire.unpacked(text), "*");
        // The message arrives in a later task and is drawn in the next frame.
        await new Promise((resolve) => setTimeout(resolve));
        // What the panel puts off is drawn in later frames.
        do await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        while (document.querySelector("[aria-busy=true]") !== null);
      },
      packed(toWire(message)).text,
    );
  }

  /** Sends the messages one a frame, as they come while a finger is on the scrubber, and waits until all is drawn. */
  async scrub(messages: readonly HostMessage[]): Promise<void> {
    await this.page.evaluate(
      async (all) => {
        const { panelWire } = window as unknown as { panelWire: { unpacked(packed: string): unknown } };
        for (const text of all) {
          window.postMessage(panelWire.unpacked(text), "*");
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      },
      messages.slice(0, -1).map((message) => packed(toWire(message)).text),
    );
    await this.send(messages.at(-1)!);
  }

  async show(snapshot: PanelSnapshot): Promise<void> {
    await this.send({ kind: "snapshot", snapshot });
  }

  /** Shows a snapshot and takes the picture of the element at each frame until it has come to rest. */
  async film(snapshot: PanelSnapshot, selector: string): Promise<Frame[]> {
    return this.page.evaluate(
      async ([text, what]) => {
        const { panelWire } = window as unknown as { panelWire: { unpacked(packed: string): unknown } };
        const frames: { picture: string; label: string }[] = [];
        const element = document.querySelector(what)!;
        window.postMessage(panelWire.unpacked(text), "*");
        for (let still = 0; still < 20; still++) {
          const picture = element instanceof HTMLCanvasElement ? element.toDataURL() : element.innerHTML;
          if (frames.at(-1)?.picture !== picture) still = 0;
          frames.push({ picture, label: element.closest("[aria-label]")?.getAttribute("aria-label") ?? "" });
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return frames;
      },
      [packed(toWire({ kind: "snapshot", snapshot })).text, selector] as const,
    );
  }

  /**
   * Waits until what was done to the page has had its effect: frames are counted, as a busy machine draws few, and
   * time, as short timers of the panel must have run.
   */
  async settled(): Promise<void> {
    await this.page.evaluate(async () => {
      const start = performance.now();
      for (let frames = 0; frames < 6 || performance.now() < start + 100; frames++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (document.querySelector("[aria-busy=true]") !== null) frames = 0;
      }
    });
  }

  /** Waits until the panel has said something that nobody has asked for yet; its questions do not count. */
  async somethingHeard(): Promise<void> {
    await this.page.waitForFunction(() =>
      (window as unknown as { panelWire: { messages: ViewMessage[] } }).panelWire.messages.some(
        ({ kind }) => kind !== "request",
      ),
    );
  }

  /** What the panel has said since the last call. */
  async heard(): Promise<ViewMessage[]> {
    return this.page.evaluate(() =>
      (window as unknown as { panelWire: { messages: ViewMessage[] } }).panelWire.messages.splice(0),
    );
  }

  /** The same without its questions, which views ask by themselves. */
  async heardCommands(): Promise<ViewMessage[]> {
    return (await this.heard()).filter(({ kind }) => kind !== "request");
  }

  async state(): Promise<unknown> {
    return this.page.evaluate(() => (window as unknown as { panelWire: { state: unknown } }).panelWire.state);
  }

  /** Changes the colours as a change of the editor's theme does, and waits until they are seen. */
  async wear(theme: PanelTheme): Promise<void> {
    const { variables, bodyClass } = edgeOf(theme);
    await this.page.evaluate(
      async ([properties, kind]) => {
        document.documentElement.removeAttribute("style");
        for (const [name, value] of properties) document.documentElement.style.setProperty(name, value);
        document.body.className = kind;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      },
      [variables, bodyClass] as const,
    );
  }

  /** Looks at what is shown in one theme after the other, which is quicker than to open it in each; errors name the theme. */
  async inEachTheme(look: (theme: PanelTheme) => Promise<void>): Promise<void> {
    for (const theme of themes) {
      await this.wear(theme);
      await look(theme).catch((error: unknown) => {
        if (error instanceof Error) error.message = `${theme.name}: ${error.message}`;
        throw error;
      });
    }
  }

  /** Compares a picture of a view in a theme with its golden; others are to look at, and taken with `KEEP_PICTURES=1` alone. */
  async screenshot(name: string): Promise<void> {
    const isCompared = hasGolden(name);
    if (!isCompared && process.env["KEEP_PICTURES"] !== "1") return;
    const folder = path.join(outDir, "screenshots");
    fs.mkdirSync(folder, { recursive: true });
    const png = await this.page.screenshot({ path: path.join(folder, `panel-${name}.png`), fullPage: true });
    if (isCompared) await compareWithGolden(name, png);
  }

  /** Leaves the tab to the next panel. */
  close(): Promise<void> {
    return this.tab.leave();
  }
}
