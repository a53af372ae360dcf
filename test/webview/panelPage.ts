import * as fs from "node:fs";
import * as http from "node:http";
import { createRequire } from "node:module";
import * as path from "node:path";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { renderHtml } from "../../src/inspector/html";
import type { Snapshot } from "../../src/inspector/model";
import { toWire, type HostMessage, type ViewMessage } from "../../src/inspector/protocol";
import { englishStrings } from "../../src/inspector/strings";
import { sharedChromium } from "../harness/chromium";
import { compareWithGolden, hasGolden } from "./goldenPicture";
import type { PanelTheme } from "./themes";

const root = path.resolve(__dirname, "../..");
const require_ = createRequire(path.join(root, "package.json"));
const built = path.join(root, "out/panel");

let served: Promise<string> | undefined;

/** Builds the panel as the package has it and serves its page, once a process, which need not wait for the server to end. */
function serve(): Promise<string> {
  served ??= start();
  return served;
}

async function start(): Promise<string> {
  await build({
    entryPoints: { webview: path.join(root, "webview/main.ts") },
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    outdir: built,
    logLevel: "warning",
  });
  const files = new Map([
    ["/webview.js", [path.join(built, "webview.js"), "text/javascript"]],
    ["/webview.css", [path.join(built, "webview.css"), "text/css"]],
    ["/codicon.css", [require_.resolve("@vscode/codicons/dist/codicon.css"), "text/css"]],
    ["/codicon.ttf", [require_.resolve("@vscode/codicons/dist/codicon.ttf"), "font/ttf"]],
  ]);
  let address = "";
  const listener = http.createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = files.get(name);
    if (file !== undefined) {
      response.writeHead(200, { "content-type": file[1] }).end(fs.readFileSync(file[0]));
    } else if (name === "/") {
      const page = { scriptUri: "/webview.js", styleUri: "/webview.css", codiconUri: "/codicon.css" };
      const html = renderHtml({
        ...page,
        nonce: "n0nce",
        cspSource: address,
        title: "Memory Inspector",
        lang: "en",
        place: "editor",
      });
      response.writeHead(200, { "content-type": "text/html" }).end(html);
    } else response.writeHead(name === "/favicon.ico" ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const bound = listener.address();
  if (bound === null || typeof bound === "string") throw new Error("The test server has no port.");
  address = `http://127.0.0.1:${bound.port}`;
  listener.unref();
  return address;
}

/**
 * The editor's side of a webview, as the text of a script: an API that keeps what is posted, colours on <html> and the
 * theme's kind on <body> before the page's own script runs. (Text, because the test runner's compiler adds helpers to
 * functions that a page does not have.)
 */
function editorEdge(theme: PanelTheme, state: unknown): string {
  return `{
    const wire = { messages: [], state: ${state === undefined ? "undefined" : JSON.stringify(state)} };
    window.panelWire = wire;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => wire.messages.push(message),
      getState: () => wire.state,
      setState: (next) => (wire.state = next),
    });
    new MutationObserver((_, observer) => {
      if (document.body === null) return;
      observer.disconnect();
      document.body.className = ${JSON.stringify(theme.bodyClass)};
      for (const [name, value] of ${JSON.stringify(Object.entries(theme.variables))})
        document.documentElement.style.setProperty("--vscode-" + name, value);
    }).observe(document, { childList: true, subtree: true });
  }`;
}

/** A picture of an element, and the label that a screen reader has for it at that moment. */
export interface Frame {
  readonly picture: string;
  readonly label: string;
}

/** The panel in a real browser, with the editor's side of the wire in the test's hands. */
export class PanelPage {
  /** Messages of the console about content security, and errors of any kind. */
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  /** Motion is reduced unless a test is about it: pictures are to be what they are at once. */
  static async open(
    theme: PanelTheme,
    size = { width: 900, height: 1100 },
    state?: unknown,
    reducedMotion: "reduce" | "no-preference" = "reduce",
  ): Promise<PanelPage> {
    const address = await serve();
    const browser = await sharedChromium();
    const page = await browser.newPage({ viewport: size, reducedMotion });
    const panel = new PanelPage(page);
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/i.test(message.text()))
        panel.complaints.push(message.text());
    });
    page.on("pageerror", (error) => panel.complaints.push(String(error)));
    await page.addInitScript(editorEdge(theme, state));
    await page.goto(address);
    await panel.somethingHeard();
    await panel.send({ kind: "strings", strings: englishStrings });
    return panel;
  }

  async send(message: HostMessage): Promise<void> {
    await this.page.evaluate(async (data) => {
      window.postMessage(data, "*");
      // The message arrives in a later task and is drawn in the next frame.
      await new Promise((resolve) => setTimeout(resolve));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, toWire(message));
  }

  async show(snapshot: Snapshot): Promise<void> {
    await this.send({ kind: "snapshot", snapshot });
  }

  /** Shows a snapshot and takes the picture of the element at each frame until it has come to rest. */
  async film(snapshot: Snapshot, selector: string): Promise<Frame[]> {
    return this.page.evaluate(
      async ([data, what]) => {
        const frames: { picture: string; label: string }[] = [];
        const element = document.querySelector(what)!;
        window.postMessage(data, "*");
        for (let still = 0; still < 20; still++) {
          const picture = element instanceof HTMLCanvasElement ? element.toDataURL() : element.innerHTML;
          if (frames.at(-1)?.picture !== picture) still = 0;
          frames.push({ picture, label: element.closest("[aria-label]")?.getAttribute("aria-label") ?? "" });
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        return frames;
      },
      [toWire({ kind: "snapshot", snapshot }), selector] as const,
    );
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

  /** Changes the colours as a change of the editor's theme does. */
  async wear(theme: PanelTheme): Promise<void> {
    await this.page.evaluate(
      ([variables, bodyClass]) => {
        document.documentElement.removeAttribute("style");
        for (const [name, value] of variables) document.documentElement.style.setProperty(`--vscode-${name}`, value);
        document.body.className = bodyClass;
      },
      [Object.entries(theme.variables), theme.bodyClass] as const,
    );
  }

  /** Keeps a picture to look at; one of a view in a theme is compared with its golden. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(root, "out/screenshots");
    fs.mkdirSync(folder, { recursive: true });
    const png = await this.page.screenshot({ path: path.join(folder, `panel-${name}.png`), fullPage: true });
    if (hasGolden(name)) await compareWithGolden(name, png);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}
