import * as vscode from "vscode";
import type { History } from "../../machine/run/History";
import { debugType } from "../host/ids";
import { sameUri } from "../host/uris";
import { Run, type Moment } from "./Run";

/** A script in a debug session of this window. */
export interface DebuggedScript {
  readonly session: vscode.DebugSession;
  readonly uri: vscode.Uri;
  /** Undefined until the script is loaded; another one after each change by hand. */
  readonly history: History | undefined;
  /** The script's text at the launch. */
  readonly text: string;
  /** Whether lines are being executed. */
  readonly running: boolean;
}

/** Where a debug session stands in its run. */
export interface SessionMoment extends Moment {
  readonly session: vscode.DebugSession;
  readonly uri: vscode.Uri;
  readonly running: boolean;
}

/** The debug sessions that run inside this window, and where they stand. */
export class SessionRuns implements vscode.Disposable {
  private readonly scripts = new Map<string, DebuggedScript>();
  private readonly runs = new WeakMap<History, Run>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** A session started, stopped at a line, went on or ended, or the user turned to another one. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (this.scripts.delete(session.id)) this.changed.fire();
      }),
      vscode.debug.onDidChangeActiveDebugSession(() => this.changed.fire()),
    );
  }

  add(script: DebuggedScript): void {
    this.scripts.set(script.session.id, script);
    this.changed.fire();
  }

  noteChange(): void {
    this.changed.fire();
  }

  /** The active session, once its script is loaded. */
  get active(): SessionMoment | undefined {
    const { activeDebugSession } = vscode.debug;
    if (activeDebugSession?.type !== debugType) return undefined;
    return this.momentOf(this.scripts.get(activeDebugSession.id));
  }

  /** All sessions whose scripts are loaded, in the order in which they were started. */
  get all(): readonly SessionMoment[] {
    return [...this.scripts.values()].flatMap((script) => this.momentOf(script) ?? []);
  }

  /** A session of this document, the active one first. */
  of(uri: vscode.Uri): SessionMoment | undefined {
    const { active } = this;
    if (active !== undefined && sameUri(active.uri, uri)) return active;
    for (const script of this.scripts.values()) if (sameUri(script.uri, uri)) return this.momentOf(script);
    return undefined;
  }

  /** Resolves when the session stands at a stop or is over. */
  async standstill({ id }: vscode.DebugSession): Promise<void> {
    while (this.scripts.get(id)?.running === true) {
      await new Promise<void>((resolve) => {
        const subscription = this.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.scripts.clear();
  }

  private momentOf(script: DebuggedScript | undefined): SessionMoment | undefined {
    const history = script?.history;
    if (script === undefined || history === undefined) return undefined;
    const { session, uri, text, running } = script;
    let run = this.runs.get(history);
    if (run === undefined) this.runs.set(history, (run = new Run(uri, () => text, history, true)));
    return { run, position: history.position, session, uri, running };
  }
}
