import * as vscode from "vscode";
import type { WorkHost } from "../../language/coroutines";
import { traceView, type TraceView } from "../../inspector/trace/traceView";
import { tracePage, type TraceAction } from "../../inspector/trace/tracePage";
import { nameOf } from "../debugging/programUri";
import { commandIds } from "../host/ids";
import { reasonOf } from "../host/log";
import { words } from "../host/words";
import { withProgress } from "../commands/progress";
import { summaryOf, type Summary } from "./traceSummary";

/** A page that takes longer shows its progress and can be cancelled, in milliseconds. */
const patience = 500;
/** Changes of a file that come within this time are one, in milliseconds. */
const lull = 250;

/** The page of one trace in one editor. It is read again when its file changes. */
export class TraceEditor implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    private readonly extensionUri: vscode.Uri,
  ) {
    const { webview } = panel;
    webview.options = {
      enableScripts: false,
      enableCommandUris: Object.values(commands),
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist")],
    };
    const folder = vscode.Uri.joinPath(uri, "..");
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, nameOf(uri)));
    this.subscriptions.push(
      watcher,
      watcher.onDidChange(() => this.readSoon()),
      watcher.onDidCreate(() => this.readSoon()),
      panel.onDidDispose(() => this.dispose()),
    );
  }

  /** Reads the file and shows what it is. */
  async read(): Promise<void> {
    this.reading?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.reading = source;
    this.show(null);
    const view = await this.viewOf(source).catch((error: unknown) => failure(reasonOf(error)));
    if (this.reading === source) this.show(view);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.reading?.cancel();
    this.reading = undefined;
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), lull);
  }

  private async viewOf(source: vscode.CancellationTokenSource): Promise<TraceView> {
    const { token } = source;
    const shown: { report?: (done: number) => void } = {};
    const work = summaryOf(this.uri, token, (done) => shown.report?.(done));
    const quick = await Promise.race([work, new Promise<"slow">((resolve) => setTimeout(resolve, patience, "slow"))]);
    const summary = quick === "slow" ? await this.waitVisibly(work, source, shown) : quick;
    if (summary === undefined) return failure(vscode.l10n.t("Reading was cancelled. Open the file again to read it."));
    return traceView(summary.facts, words, vscode.env.language, summary.isPart);
  }

  private waitVisibly(
    work: Promise<Summary | undefined>,
    source: vscode.CancellationTokenSource,
    shown: { report?: (done: number) => void },
  ): Thenable<Summary | undefined> {
    return withProgress(vscode.l10n.t("Reading {0}", nameOf(this.uri)), async (host: WorkHost) => {
      shown.report = (done) => {
        host.progress?.(done);
        if (host.cancelled()) source.cancel();
      };
      return work;
    });
  }

  private show(view: TraceView | null): void {
    const { webview } = this.panel;
    const style = vscode.Uri.joinPath(this.extensionUri, "dist", "webview.css");
    webview.html = tracePage(
      {
        title: nameOf(this.uri),
        lang: vscode.env.language,
        cspSource: webview.cspSource,
        styleUri: webview.asWebviewUri(style).toString(),
        actions: actionsOn(this.uri),
        view,
      },
      words,
    );
  }
}

const commands = {
  replay: commandIds.replayTrace,
  compare: commandIds.comparePolicies,
  convert: commandIds.convertTrace,
} as const;

function actionsOn(uri: vscode.Uri): TraceAction[] {
  const action = (command: string, label: string, isPrimary = false): TraceAction => ({
    label,
    address: `command:${command}?${encodeURIComponent(JSON.stringify([uri]))}`,
    isPrimary,
  });
  return [
    action(commands.replay, vscode.l10n.t("Replay in Memory Inspector"), true),
    action(commands.compare, vscode.l10n.t("Compare")),
    action(commands.convert, vscode.l10n.t("Convert to MemScript")),
  ];
}

function failure(message: string): TraceView {
  return { summary: message, warnings: [], facts: [], assumption: "", leaks: null, canReplay: false };
}
