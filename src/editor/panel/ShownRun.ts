import * as vscode from "vscode";
import { LifetimeReplay } from "../../inspector/lifetimes/LifetimeReplay";
import { SeriesRecorder } from "../../inspector/series";
import type { History, MomentReader } from "../../machine/run/History";
import type { Machine } from "../../machine/run/Machine";
import { DocumentRuns, type DocumentRun } from "../runs/documentRuns";
import { sameDocument, type LiveRuns } from "../runs/liveRuns";
import { revealLine } from "./revealLine";
import { SelectedLine } from "./selectedLine";

/** What the panel shows now. */
export interface ShownMoment {
  readonly uri: vscode.Uri;
  readonly history: History;
  /** Where to seek before looking. */
  readonly position: number;
  readonly series: SeriesRecorder;
  readonly lifetimes: LifetimeReplay;
  /** Tells runs apart. */
  readonly run: number;
  readonly running: boolean;
  /** Steps of the whole run where known. */
  readonly total: number | null;
  /** Steps at which lines with breakpoints ran first, where the run has been seen whole. */
  readonly breakpointSteps: readonly number[];
}

export type Movement = "stepForward" | "stepBack" | "run" | "runBack" | "pause";

/** Commands of the debug session behind the panel's buttons; VS Code's own commands keep its views in step. */
const debugCommands: Readonly<Record<Movement, string>> = {
  stepForward: "workbench.action.debug.stepOver",
  stepBack: "workbench.action.debug.stepBack",
  run: "workbench.action.debug.continue",
  runBack: "workbench.action.debug.reverseContinue",
  pause: "workbench.action.debug.pause",
};

/** Request of our debug session that travels to a step and reports a stop there. */
export const seekRequest = "memscript/seek";

/**
 * What the panel looks at: the active debug session when there is one, else the run of the script that was edited last,
 * after the line of the cursor.
 */
export class ShownRun implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: vscode.Disposable;
  private followed: vscode.TextDocument | undefined;
  /** Step chosen in the panel; null follows the cursor. */
  private chosen: number | null = null;
  private cursorLine = 0;
  private readonly replays = new WeakMap<History, { readonly run: number; readonly lifetimes: LifetimeReplay }>();
  private lastRun = 0;
  private readonly selectedLine = new SelectedLine();
  private readonly liveSeries = new WeakMap<History, SeriesRecorder>();

  constructor(
    private readonly runs: DocumentRuns,
    private readonly live: LiveRuns,
  ) {
    this.follow(vscode.window.activeTextEditor);
    this.subscriptions = vscode.Disposable.from(
      this.changed,
      this.selectedLine,
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.followCursor(textEditor)),
      runs.onDidRun(({ document }) => {
        if (document !== this.followed) return;
        this.chosen = null;
        this.changed.fire();
      }),
      runs.onDidClose((uri) => {
        if (this.followed === undefined || !sameDocument(this.followed.uri, uri)) return;
        this.followed = undefined;
        this.changed.fire();
      }),
      live.onDidChange(() => this.changed.fire()),
      vscode.debug.onDidChangeBreakpoints(() => this.changed.fire()),
    );
  }

  /** The script in view. */
  private get uri(): vscode.Uri | undefined {
    return this.live.active?.uri ?? this.followed?.uri;
  }

  get document(): vscode.TextDocument | undefined {
    return this.followed;
  }

  /** Turns to a document that is not the active editor's, as after a reload of the window. */
  followDocument(document: vscode.TextDocument): void {
    if (!DocumentRuns.handles(document)) return;
    this.followed = document;
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    if (editor !== undefined) this.cursorLine = editor.selection.active.line;
    this.chosen = null;
    this.changed.fire();
  }

  scene(): ShownMoment | undefined {
    const live = this.live.active;
    if (live !== undefined) {
      const { history } = live;
      let series = this.liveSeries.get(history);
      if (series === undefined) this.liveSeries.set(history, (series = new SeriesRecorder()));
      series.record(history.state);
      const run = this.runs.latest(live.uri);
      // The document's own run has usually seen the whole script: its curve is drawn from the first stop on.
      const whole = run?.outcome === "finished" && run.text === live.text ? run : undefined;
      return {
        uri: live.uri,
        history,
        position: history.position,
        series: whole?.series ?? series,
        ...this.replayOf(whole?.history ?? history),
        running: live.running,
        total: whole?.history.reached ?? null,
        breakpointSteps: breakpointSteps(live.uri, whole),
      };
    }
    const run = this.documentRun();
    if (run === undefined) return undefined;
    return {
      uri: run.document.uri,
      history: run.history,
      position: this.chosen ?? positionAtCursor(run, this.cursorLine),
      series: run.series,
      ...this.replayOf(run.history),
      running: false,
      total: run.outcome === "finished" ? run.history.reached : null,
      breakpointSteps: breakpointSteps(run.document.uri, run),
    };
  }

  async travel(step: number): Promise<void> {
    const live = this.live.active;
    if (live !== undefined) {
      await live.session.customRequest(seekRequest, { step });
      return;
    }
    this.choose(step);
  }

  /** Travels in a document's own run to what a line did at a step; the cursor that goes there does not move it again. */
  travelTo(document: vscode.TextDocument, step: number, line: number): void {
    this.followed = document;
    this.cursorLine = line;
    this.choose(step);
  }

  async move(movement: Movement): Promise<void> {
    if (this.live.active !== undefined) {
      await vscode.commands.executeCommand(debugCommands[movement]);
      return;
    }
    const scene = this.scene();
    if (scene === undefined) return;
    const targets: Readonly<Record<Movement, number>> = {
      stepForward: scene.position + 1,
      stepBack: scene.position - 1,
      run: scene.history.reached,
      runBack: 0,
      pause: scene.position,
    };
    this.choose(targets[movement]);
  }

  /** Changes a byte in the session's memory; without a session it says what would be needed. */
  async editByte(address: string, value: number): Promise<void> {
    const live = this.live.active;
    if (live === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Bytes can be changed while debugging: press F5 first."));
      return;
    }
    const data = btoa(String.fromCharCode(value));
    await live.session.customRequest("writeMemory", { memoryReference: address, offset: 0, data });
  }

  async revealLine(line: number): Promise<void> {
    if (this.uri !== undefined) await revealLine(this.uri, line);
  }

  /** Marks the line of a selection in the script's editors; null for none. */
  markLine(line: number | null): void {
    this.selectedLine.show(this.uri, line);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private replayOf(history: History): { readonly run: number; readonly lifetimes: LifetimeReplay } {
    let replay = this.replays.get(history);
    if (replay === undefined) {
      replay = { run: ++this.lastRun, lifetimes: new LifetimeReplay(history, openMachine) };
      this.replays.set(history, replay);
    }
    return replay;
  }

  private documentRun(): DocumentRun | undefined {
    if (this.followed === undefined) return undefined;
    return this.runs.current(this.followed) ?? this.runs.latest(this.followed.uri);
  }

  private choose(step: number): void {
    const run = this.documentRun();
    if (run === undefined) return;
    this.chosen = Math.max(0, Math.min(step, run.history.reached));
    this.changed.fire();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || !DocumentRuns.handles(editor.document)) return;
    if (editor.document === this.followed) return;
    this.followed = editor.document;
    this.chosen = null;
    this.cursorLine = editor.selection.active.line;
    this.changed.fire();
  }

  private followCursor(editor: vscode.TextEditor): void {
    if (editor.document !== this.followed || editor.selection.active.line === this.cursorLine) return;
    this.cursorLine = editor.selection.active.line;
    this.chosen = null;
    this.changed.fire();
  }
}

/** The engines are loaded by whoever runs something first. */
async function openMachine({ program, options }: MomentReader): Promise<Machine> {
  const { Machine } = await import("../../machine/run/Machine");
  return new Machine(program, options);
}

function breakpointSteps(uri: vscode.Uri, run: DocumentRun | undefined): number[] {
  if (run === undefined) return [];
  const lines = vscode.debug.breakpoints.flatMap((breakpoint) =>
    breakpoint.enabled && breakpoint instanceof vscode.SourceBreakpoint && sameDocument(breakpoint.location.uri, uri)
      ? [breakpoint.location.range.start.line]
      : [],
  );
  return lines.map((line) => run.lineSteps.firstOn(line)).filter((step) => step > 0);
}

/** After the last execution of the line, or of the nearest line above that ran; at the end, the end of the run. */
export function positionAtCursor(run: DocumentRun, line: number): number {
  return run.lineSteps.anyBelow(line) ? run.lineSteps.lastAtOrAbove(line) : run.history.reached;
}
