import * as vscode from "vscode";
import { words } from "../host/words";
import { renderHtml, type Place } from "../../inspector/html";
import { PanelFeed } from "../../inspector/PanelFeed";
import { receiveViewMessage, toWire, type FocusTarget, type HostMessage } from "../../inspector/protocol";
import type { QuerySource } from "../../inspector/queries/query";
import { answerQuery } from "../../inspector/queries/table";
import { lineOf } from "../../inspector/selection";
import { localiseStrings } from "../../inspector/strings";
import { nameOf } from "../debugging/programUri";
import { log, reasonOf } from "../host/log";
import { editorHost, yieldToHost } from "../runs/editorHost";
import type { ComparedMemory } from "./compared";
import { comparisonHandlers } from "./comparisonHandlers";
import { fileHandlers } from "./fileHandlers";
import { Gathering } from "./Gathering";
import { handle, type Handlers } from "./handlers";
import { freshNonce } from "./nonce";
import type { ShownRun } from "./ShownRun";
import { travelHandlers } from "./travelHandlers";

/** Messages about the page itself and what it looks at. */
type OwnKind = "ready" | "select" | "showing" | "detail" | "pageWindow" | "showProcess" | "request";

/** What a panel beside the editors and a view in the side bar have in common. */
export type Frame = Pick<vscode.WebviewView, "webview" | "visible" | "onDidDispose">;

/**
 * The Memory Inspector's side in the extension host. The page keeps no truth of its own: it draws the snapshots it is
 * sent and asks for travel, which the subject (a debug session or a document's run) carries out.
 */
export class InspectorPanel implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly feed = new PanelFeed();
  private ready = false;
  /** Whether the page has yet to bring the comparison into view. */
  private isComparisonNew = false;
  private pendingFocus: FocusTarget | undefined;
  private readonly handlers: Handlers;
  private readonly changes = new Gathering(() => this.sendSnapshot());

  constructor(
    private readonly frame: Frame,
    place: Place,
    extensionUri: vscode.Uri,
    private readonly subject: ShownRun,
    private readonly compared: ComparedMemory,
  ) {
    this.handlers = {
      ...travelHandlers(subject),
      ...comparisonHandlers(compared),
      ...fileHandlers(subject),
      ...this.ownHandlers(),
    };
    const { webview } = frame;
    const dist = vscode.Uri.joinPath(extensionUri, "dist");
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const resource = (...path: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, ...path)).toString();
    this.subscriptions.push(
      webview.onDidReceiveMessage((data: unknown) => this.receive(data)),
      frame.onDidDispose(() => this.dispose()),
      subject.onDidChange(() => this.changes.ask()),
      compared.onDidChange(() => this.announceComparison()),
    );
    webview.html = renderHtml({
      nonce: freshNonce(),
      cspSource: webview.cspSource,
      scriptUri: resource("webview.js"),
      styleUri: resource("webview.css"),
      codiconUri: resource("codicons", "codicon.css"),
      title: vscode.l10n.t("Memory Inspector"),
      place,
      lang: vscode.env.language,
    });
  }

  /** Brings an address or the block of a line into view, once the page is up. */
  focus(target: FocusTarget): void {
    this.pendingFocus = target;
    this.changes.ask();
  }

  dispose(): void {
    this.changes.dispose();
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private receive(data: unknown): void {
    const received = receiveViewMessage(data);
    if (!received.ok) {
      log().warn(received.reason);
      return;
    }
    const { message } = received;
    this.feed.hear(message);
    handle(this.handlers, message).catch((error: unknown) =>
      log().error(`The panel's request failed: ${reasonOf(error)}`),
    );
  }

  private ownHandlers(): Handlers<OwnKind> {
    const look = (): void => this.sendSnapshot();
    return {
      ready: () => {
        this.ready = true;
        this.feed.forget();
        this.send({ kind: "strings", strings: localiseStrings((text) => vscode.l10n.t(text)) });
        this.sendComparison();
        this.sendSnapshot();
      },
      select: ({ selection }) => {
        this.subject.markLine(lineOf(selection));
        this.sendSnapshot();
      },
      showing: look,
      detail: look,
      pageWindow: look,
      showProcess: look,
      request: ({ id, query }) => this.answerRequest(id, query),
    };
  }

  private async answerRequest(id: number, query: unknown): Promise<void> {
    const moment = this.subject.moment();
    if (moment === undefined) {
      this.send({ kind: "failure", id, reason: "There is no run." });
      return;
    }
    const { run, position } = moment;
    const { lifetimes } = this.subject.facts(moment);
    const pause = async (): Promise<void> => {
      await yieldToHost();
      if (!this.frame.visible) throw new Error("The panel is hidden.");
      const now = this.subject.moment();
      if (now?.run !== run || now.position !== position) throw new Error("The run has moved on.");
    };
    try {
      const source: QuerySource = {
        program: run.program,
        at: (read) => run.at(position, read),
        lifetimes,
        words,
        host: { ...editorHost(), pause },
      };
      this.send({ kind: "answer", id, position, result: await answerQuery(query, source) });
    } catch (error) {
      this.send({ kind: "failure", id, reason: reasonOf(error) });
    }
  }

  /** Brings the comparison into view, once the page is up. */
  announceComparison(): void {
    this.isComparisonNew = true;
    this.sendComparison();
  }

  private sendComparison(): void {
    if (!this.ready || !this.frame.visible) return;
    this.send({ kind: "comparison", comparison: this.compared.current?.view ?? null, isNew: this.isComparisonNew });
    this.isComparisonNew = false;
  }

  private sendSnapshot(): void {
    // A hidden page is gone; it asks again with `ready` when it comes back.
    if (!this.ready || !this.frame.visible) return;
    const moment = this.subject.moment();
    if (moment === undefined) {
      this.feed.forget();
      this.send({ kind: "empty" });
      return;
    }
    const { run, position } = moment;
    const { number, ...facts } = this.subject.facts(moment);
    const script = run.uri.toString();
    const message = run.at(position, (history) =>
      this.feed.messageFor({ ...facts, run: number, history, script, title: nameOf(run.uri), words }),
    );
    if (message !== null) this.send(message);
    if (this.pendingFocus !== undefined) this.send({ kind: "focus", target: this.pendingFocus });
    this.pendingFocus = undefined;
  }

  private send(message: HostMessage): void {
    void this.frame.webview.postMessage(toWire(message));
  }
}
