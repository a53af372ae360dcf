import type { Page } from "playwright-core";
import { openPage } from "../harness/chromium";
import { servePanel } from "./panelServer";
import { unpackedSource } from "./wireText";

/** What the editor gives a webview before its own script runs. */
export interface Edge {
  /** Custom properties of <html>, by name. */
  readonly variables: readonly (readonly [string, string])[];
  /** The theme's kind. */
  readonly bodyClass: string;
  /** What an earlier visit has kept. */
  readonly state: unknown;
}

/**
 * The editor's side of a webview, as the text of a script: an API that keeps what is posted, and the `Edge` of the page's
 * address. (Text, because the test runner's compiler adds helpers to functions that a page does not have.)
 */
const editorEdge = `{
  const { variables, bodyClass, state } = JSON.parse(new URLSearchParams(location.search).get("edge"));
  const wire = { messages: [], state, unpacked: ${unpackedSource} };
  window.panelWire = wire;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => wire.messages.push(message),
    getState: () => wire.state,
    setState: (next) => (wire.state = next),
  });
  new MutationObserver((_, observer) => {
    if (document.body === null) return;
    observer.disconnect();
    document.body.className = bodyClass;
    for (const [name, value] of variables) document.documentElement.style.setProperty(name, value);
  }).observe(document, { childList: true, subtree: true });
}`;

/** A tab of the browser that one panel after the other is shown in: to open one takes longer than most tests. */
export class Tab {
  /** Messages of the console about content security, and errors of any kind, since the last visit began. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/i.test(message.text()))
        this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Loads the panel anew: a document that knows nothing of the one before. */
  async visit(edge: Edge): Promise<void> {
    this.complaints.length = 0;
    // An address that was there already would be taken as a reload, which keeps where one had scrolled to.
    const query = new URLSearchParams({ visit: String(++visits), edge: JSON.stringify(edge) });
    await this.page.goto(`${await servePanel()}/?${query.toString()}`);
  }

  /** Lets the next panel have the tab. */
  async leave(): Promise<void> {
    await this.page.mouse.move(0, 0);
    free.push(this);
  }
}

let visits = 0;
const free: Tab[] = [];

/** A tab that no panel is shown in. */
export async function freeTab(): Promise<Tab> {
  const left = free.pop();
  if (left !== undefined && !left.page.isClosed()) return left;
  const page = await openPage();
  await page.addInitScript(editorEdge);
  return new Tab(page);
}
