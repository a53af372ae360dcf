import * as vscode from "vscode";
import type { History } from "../../machine/run/History";
import { debugType } from "../host/ids";

/** One debug session of ours, as views see it. */
export interface LiveRun {
  readonly session: vscode.DebugSession;
  readonly uri: vscode.Uri;
  /** Undefined until the script is loaded. */
  readonly history: History | undefined;
  /** The script's text when it was launched. */
  readonly text: string;
  /** Whether lines are being executed right now; views then show the last stop. */
  readonly running: boolean;
}

/** The debug sessions of this window that run inside it, and which of them the user looks at. */
export class LiveRuns implements vscode.Disposable {
  private readonly runs = new Map<string, LiveRun>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** A session started, stopped at a line, went on or ended, or the user turned to another one. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (this.runs.delete(session.id)) this.changed.fire();
      }),
      vscode.debug.onDidChangeActiveDebugSession(() => this.changed.fire()),
    );
  }

  add(run: LiveRun): void {
    this.runs.set(run.session.id, run);
    this.changed.fire();
  }

  tellChange(): void {
    this.changed.fire();
  }

  /** The session that the user looks at, once its script is loaded. */
  get active(): LoadedRun | undefined {
    const { activeDebugSession } = vscode.debug;
    if (activeDebugSession?.type !== debugType) return undefined;
    return loaded(this.runs.get(activeDebugSession.id));
  }

  /** All sessions whose scripts are loaded, in the order in which they were started. */
  get all(): readonly LoadedRun[] {
    return [...this.runs.values()].flatMap((run) => loaded(run) ?? []);
  }

  /** A session of this document, the active one first. */
  of(uri: vscode.Uri): LoadedRun | undefined {
    const { active } = this;
    if (active !== undefined && sameDocument(active.uri, uri)) return active;
    for (const run of this.runs.values()) if (sameDocument(run.uri, uri)) return loaded(run);
    return undefined;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.runs.clear();
  }
}

interface Loaded {
  readonly history: History;
}
export type LoadedRun = LiveRun & Loaded;

function loaded(run: LiveRun | undefined): LoadedRun | undefined {
  const history = run?.history;
  if (run === undefined || history === undefined) return undefined;
  const { session, uri, text, running } = run;
  return { session, uri, text, running, history };
}

export function sameDocument(left: vscode.Uri, right: vscode.Uri): boolean {
  return left.toString() === right.toString();
}
