import * as vscode from "vscode";
import { renderHtml, type Place } from "../../inspector/html";
import {
  receiveViewMessage,
  toWire,
  type FocusTarget,
  type HostMessage,
  type ViewMessage,
} from "../../inspector/protocol";
import { PanelFeed } from "../../inspector/PanelFeed";
import { toCsv } from "../../machine/compare/comparisonTable";
import { answerQuery } from "../../inspector/queries/table";
import { lineOf } from "../../inspector/selection";
import { localiseStrings } from "../../inspector/strings";
import { commandIds } from "../host/ids";
import { log, reasonOf } from "../host/log";
import { nameOf } from "../debugging/programUri";
import type { ComparedMemory } from "./compared";
import { Gathering } from "./Gathering";
import { freshNonce } from "./nonce";
import { revealLine } from "./revealLine";
import { saveFile } from "./saveFile";
import { saveRows } from "./saveRows";
import type { ShownMoment, ShownRun } from "./ShownRun";
import { nextTurn } from "../runs/sliceHost";

type ComparedKind = "revealCompared" | "compareAgain" | "copyComparison" | "closeComparison";

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
  private readonly changes = new Gathering(() => this.sendSnapshot());

  constructor(
    private readonly frame: Frame,
    place: Place,
    extensionUri: vscode.Uri,
    private readonly subject: ShownRun,
    private readonly compared: ComparedMemory,
  ) {
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
    this.answer(received.message).catch((error: unknown) =>
      log().error(`The panel's request failed: ${reasonOf(error)}`),
    );
  }

  private async answer(message: ViewMessage): Promise<void> {
    this.feed.hear(message);
    switch (message.kind) {
      case "ready":
        this.ready = true;
        this.feed.forget();
        this.send({ kind: "strings", strings: localiseStrings((text) => vscode.l10n.t(text)) });
        this.sendComparison();
        this.sendSnapshot();
        return;
      case "travel":
        return this.subject.travel(message.step);
      case "stepForward":
      case "stepBack":
      case "run":
      case "runBack":
      case "pause":
        return this.subject.move(message.kind);
      case "revealLine":
        return this.subject.revealLine(message.line);
      case "select":
        this.subject.markLine(lineOf(message.selection));
        this.sendSnapshot();
        return;
      case "showing":
      case "detail":
      case "pageWindow":
      case "showProcess":
        this.sendSnapshot();
        return;
      case "request":
        return this.answerRequest(message.id, message.query);
      case "save":
        return saveFile(message.name, message.files);
      case "editByte":
        return this.subject.editByte(message.address, message.value);
      case "saveRows":
        return this.saveRows(message.region);
      case "revealCompared":
      case "compareAgain":
      case "copyComparison":
      case "closeComparison":
        return this.answerCompared(message);
      case "openExample":
        await vscode.commands.executeCommand(commandIds.openExample);
        return;
      case "exportReport":
        await vscode.commands.executeCommand(commandIds.exportReport, this.subject.scene()?.uri);
        return;
      case "runFile":
        await vscode.commands.executeCommand(commandIds.runFile);
        return;
    }
  }

  private async answerRequest(id: number, query: unknown): Promise<void> {
    const scene = this.placedScene();
    if (scene === undefined) {
      this.send({ kind: "failure", id, reason: "There is no run." });
      return;
    }
    const { history, total, lifetimes } = scene;
    const { position } = history;
    const pause = async (): Promise<void> => {
      await nextTurn();
      if (!this.frame.visible) throw new Error("The panel is hidden.");
      if (history.position !== position) throw new Error("The run has moved on.");
    };
    try {
      this.send({
        kind: "answer",
        id,
        position,
        result: await answerQuery(query, { history, total, lifetimes, pause }),
      });
    } catch (error) {
      this.send({ kind: "failure", id, reason: reasonOf(error) });
    }
  }

  private async saveRows(region: string | null): Promise<void> {
    const scene = this.subject.scene();
    if (scene === undefined) return;
    const { uri, history, lifetimes } = scene;
    const strings = localiseStrings((text) => vscode.l10n.t(text));
    await saveRows({ program: history.program, uri, title: nameOf(uri), region, lifetimes, strings });
  }

  private async answerCompared(message: Extract<ViewMessage, { readonly kind: ComparedKind }>): Promise<void> {
    const compared = this.compared.current;
    if (compared === null) return;
    const { uri, view } = compared;
    switch (message.kind) {
      case "revealCompared":
        return revealLine(uri, message.line);
      case "compareAgain": {
        if (view.pool !== null) {
          await vscode.commands.executeCommand(commandIds.comparePools, uri, { pool: view.pool });
          return;
        }
        const policies = view.table.rows.filter(({ isIdeal }) => !isIdeal).map(({ name }) => name);
        await vscode.commands.executeCommand(commandIds.comparePolicies, uri, { policies });
        return;
      }
      case "copyComparison":
        await vscode.env.clipboard.writeText(toCsv(view.table));
        vscode.window.setStatusBarMessage(vscode.l10n.t("The comparison is on the clipboard."), 3000);
        return;
      case "closeComparison":
        return this.compared.show(null);
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
    const scene = this.placedScene();
    if (scene === undefined) {
      this.feed.forget();
      this.send({ kind: "empty" });
      return;
    }
    const { uri } = scene;
    const message = this.feed.messageFor({ ...scene, script: uri.toString(), title: nameOf(uri) });
    if (message !== null) this.send(message);
    if (this.pendingFocus !== undefined) this.send({ kind: "focus", target: this.pendingFocus });
    this.pendingFocus = undefined;
  }

  /** The scene with its history at the position to look at. */
  private placedScene(): ShownMoment | undefined {
    const scene = this.subject.scene();
    if (scene !== undefined && scene.history.position !== scene.position) scene.history.seek(scene.position);
    return scene;
  }

  private send(message: HostMessage): void {
    void this.frame.webview.postMessage(toWire(message));
  }
}
