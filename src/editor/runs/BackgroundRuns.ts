import * as vscode from "vscode";
import { unfitness, sampleLength, type Unfit } from "../host/badInput";
import { log, reasonOf } from "../host/log";
import { isScript } from "../host/scripts";
import { readSettings } from "../host/settings";
import { uriKey } from "../host/uris";
import { scriptOf } from "../language/programs";
import { DocumentRun } from "./DocumentRun";
import { runsToGiveUp } from "./heldRuns";
import type { IncrementalRun } from "./IncrementalRun";
import { editorHost } from "./editorHost";

/** Why a document has no run. */
export interface RunRefusal {
  readonly document: vscode.TextDocument;
  readonly unfit: Unfit;
  readonly limit: number;
}

/** Pause after the last key before the script runs again. */
const debounceMilliseconds = 150;

interface Entry {
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Cancels the run in progress. */
  cancel: vscode.CancellationTokenSource | undefined;
  run: DocumentRun | undefined;
  script: IncrementalRun | undefined;
  refusal: RunRefusal | undefined;
  /** Version that `run` or `refusal` speaks of. */
  settledVersion: number;
  /** When the run was last needed, by {@link BackgroundRuns.uses}. */
  usedAt: number;
  /** Its run was given up for others, and is made again when the script is looked at. */
  isGivenUp: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Runs every open script on the real machine, in slices between other work of the host, and keeps the history of the
 * latest version. An edit cancels the run in progress and starts a new one after a short pause.
 */
export class BackgroundRuns implements vscode.Disposable {
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<DocumentRun | RunRefusal>();
  private readonly closed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: vscode.Disposable[];
  /** How often any run was needed. */
  private uses = 0;
  readonly onDidRun = this.changed.event;
  readonly onDidClose = this.closed.event;
  /** A run or refusal of any document, for providers whose answers change with it. */
  readonly onDidSettle: vscode.Event<void> = (listener, self, disposables) =>
    this.onDidRun(
      () => {
        listener.call(self);
      },
      undefined,
      disposables,
    );

  constructor() {
    this.subscriptions = [
      this.changed,
      this.closed,
      vscode.workspace.onDidOpenTextDocument((document) => this.schedule(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (0 < contentChanges.length) this.schedule(document, debounceMilliseconds);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.noteUse(document);
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("memscript")) this.rerunAll();
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.schedule(document, 0);
  }

  /** The run of the document's present version, once it has run. */
  current(document: vscode.TextDocument): DocumentRun | undefined {
    const run = this.entries.get(uriKey(document.uri))?.run;
    return run?.version === document.version && run.isReadable ? run : undefined;
  }

  refusal(document: vscode.TextDocument): RunRefusal | undefined {
    return this.entries.get(uriKey(document.uri))?.refusal;
  }

  /** The latest run that can be read, maybe of a version before the last edits. */
  latest(uri: vscode.Uri): DocumentRun | undefined {
    const run = this.entries.get(uriKey(uri))?.run;
    return run?.isReadable === true ? run : undefined;
  }

  /** Waits until the document's present version has run; undefined when it is not run or the wait is cancelled. */
  async settled(document: vscode.TextDocument, token?: vscode.CancellationToken): Promise<DocumentRun | undefined> {
    if (!isScript(document) || isGone(document)) return undefined;
    let entry = this.entries.get(uriKey(document.uri));
    if (entry === undefined) {
      this.schedule(document, 0);
      entry = this.entries.get(uriKey(document.uri))!;
    }
    this.noteUse(document);
    while (entry.settledVersion !== document.version) {
      if (token?.isCancellationRequested || isGone(document)) return undefined;
      const waiting = entry.waiting;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        token?.onCancellationRequested(() => resolve());
      });
    }
    return this.current(document);
  }

  dispose(): void {
    for (const entry of this.entries.values()) stop(entry);
    this.entries.clear();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private rerunAll(): void {
    for (const document of vscode.workspace.textDocuments) this.schedule(document, debounceMilliseconds);
  }

  /** The run of a script that is looked at is made again when it was given up. */
  private noteUse(document: vscode.TextDocument): void {
    const entry = this.entries.get(uriKey(document.uri));
    if (entry === undefined) return;
    entry.usedAt = ++this.uses;
    if (entry.isGivenUp) this.schedule(document, 0);
  }

  /** Gives up runs of scripts that are not looked at while all together take too much. */
  private keepWithinMemory(): void {
    const visible = new Set(vscode.window.visibleTextEditors.map(({ document }) => uriKey(document.uri)));
    const held = [...this.entries].flatMap(([key, entry]) => {
      const bytes = entry.run?.heldBytes ?? 0;
      return bytes === 0 ? [] : [{ entry, bytes, usedAt: entry.usedAt, isVisible: visible.has(key) }];
    });
    for (const { entry } of runsToGiveUp(held)) {
      stop(entry);
      entry.run = entry.script = undefined;
      entry.settledVersion = -1;
      entry.isGivenUp = true;
    }
  }

  private schedule(document: vscode.TextDocument, delay: number): void {
    if (!isScript(document)) return;
    const key = uriKey(document.uri);
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = {
        timer: undefined,
        cancel: undefined,
        run: undefined,
        script: undefined,
        refusal: undefined,
        settledVersion: -1,
        usedAt: ++this.uses,
        isGivenUp: false,
        waiting: [],
      };
      this.entries.set(key, entry);
    }
    stop(entry);
    entry.settledVersion = -1;
    entry.isGivenUp = false;
    const scheduled = entry;
    entry.timer = setTimeout(() => {
      scheduled.timer = undefined;
      this.start(document, scheduled).catch((error: unknown) => {
        log().error(`Running ${document.uri.toString()} failed: ${reasonOf(error)}`);
        this.settle(scheduled, document.version);
      });
    }, delay);
  }

  private async start(document: vscode.TextDocument, entry: Entry): Promise<void> {
    const cancel = new vscode.CancellationTokenSource();
    entry.cancel = cancel;
    const { version } = document;
    const settings = readSettings(document);
    const unfit = unfitnessOf(document, settings.fileSize);
    if (unfit !== undefined) {
      entry.run = undefined;
      entry.refusal = { document, unfit, limit: settings.fileSize };
      this.settle(entry, version);
      this.changed.fire(entry.refusal);
      return;
    }
    if (entry.script === undefined) {
      // The engines are loaded at the first run, not at activation.
      const { IncrementalRun } = await import("./IncrementalRun");
      entry.script ??= new IncrementalRun();
    }
    if (cancel.token.isCancellationRequested) return;
    const result = await entry.script.update(
      scriptOf(document),
      { limits: settings.limits, overrides: new Map() },
      settings.typing,
      editorHost(cancel.token),
    );
    if (result === undefined) return;
    entry.cancel = undefined;
    entry.refusal = undefined;
    entry.run = new DocumentRun(document, version, result);
    const { lines, steps, pauses } = result.work;
    log().trace(`${document.uri.toString()}: ${lines} lines parsed, ${steps} steps executed, ${pauses} pauses`);
    entry.usedAt = ++this.uses;
    this.settle(entry, version);
    this.changed.fire(entry.run);
    this.keepWithinMemory();
  }

  private settle(entry: Entry, version: number): void {
    entry.settledVersion = version;
    for (const resolve of entry.waiting.splice(0)) resolve();
  }

  private forget(document: vscode.TextDocument): void {
    const key = uriKey(document.uri);
    const entry = this.entries.get(key);
    if (entry === undefined) return;
    stop(entry);
    this.entries.delete(key);
    for (const resolve of entry.waiting.splice(0)) resolve();
    this.closed.fire(document.uri);
  }
}

/** A function, because the compiler does not know that the answer changes during a wait. */
function isGone(document: vscode.TextDocument): boolean {
  return document.isClosed;
}

function unfitnessOf(document: vscode.TextDocument, largest: number): Unfit | undefined {
  const start = document.getText(new vscode.Range(document.positionAt(0), document.positionAt(sampleLength)));
  const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  return unfitness(start, length, largest);
}

function stop(entry: Entry): void {
  clearTimeout(entry.timer);
  entry.timer = undefined;
  entry.cancel?.cancel();
  entry.cancel?.dispose();
  entry.cancel = undefined;
}
