import * as vscode from "vscode";
import { LifetimeReplay, type RecordedRun } from "../../inspector/lifetimes/LifetimeReplay";
import { SeriesRecorder } from "../../inspector/series";
import type { Machine } from "../../machine/run/Machine";
import { isScript } from "../host/scripts";
import { sameUri } from "../host/uris";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { DocumentRun } from "../runs/DocumentRun";
import type { Moment, Run } from "../runs/Run";
import type { SessionRuns } from "../runs/SessionRuns";
import { revealLine } from "./revealLine";
import { SelectedLine } from "./selectedLine";

/** What the panel shows beside the memory of the moment. */
export interface RunFacts {
  readonly series: SeriesRecorder;
  readonly lifetimes: LifetimeReplay;
  /** Tells runs apart. */
  readonly number: number;
  readonly running: boolean;
  /** Steps of the whole run; null when unknown. */
  readonly total: number | null;
  /** Steps at which lines with breakpoints ran first, where the run is known as a whole. */
  readonly breakpointSteps: readonly number[];
}

export type Movement = "stepForward" | "stepBack" | "run" | "runBack" | "pause";

/** Debug commands of the panel's buttons. VS Code's own commands keep its views in step. */
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
  private readonly replays = new WeakMap<Run, { readonly number: number; readonly lifetimes: LifetimeReplay }>();
  private lastNumber = 0;
  private readonly selectedLine = new SelectedLine();
  /** Samples of a session's stops. */
  private readonly stops = new WeakMap<Run, SeriesRecorder>();

  constructor(
    private readonly runs: BackgroundRuns,
    private readonly live: SessionRuns,
  ) {
    this.follow(vscode.window.activeTextEditor);
    this.recordStop();
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
        if (this.followed === undefined || !sameUri(this.followed.uri, uri)) return;
        this.followed = undefined;
        this.changed.fire();
      }),
      live.onDidChange(() => {
        this.recordStop();
        this.changed.fire();
      }),
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
    if (!isScript(document)) return;
    this.followed = document;
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    if (editor !== undefined) this.cursorLine = editor.selection.active.line;
    this.chosen = null;
    this.changed.fire();
  }

  /** The moment in view; undefined without a run. */
  moment(): Moment | undefined {
    const { active } = this.live;
    if (active !== undefined) return active;
    const run = this.documentRun();
    return run && { run, position: this.chosen ?? run.positionAtCursor(this.cursorLine) };
  }

  facts({ run }: Moment): RunFacts {
    const whole = this.wholeRun(run);
    return {
      series: whole?.series ?? this.stops.get(run) ?? new SeriesRecorder(),
      ...this.replayOf(whole ?? run),
      running: this.live.active?.running ?? false,
      total: whole?.total ?? null,
      breakpointSteps: whole === undefined ? [] : breakpointSteps(whole),
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
    const moment = this.moment();
    if (moment === undefined) return;
    const { run, position } = moment;
    const targets: Readonly<Record<Movement, number>> = {
      stepForward: position + 1,
      stepBack: position - 1,
      run: run.reached,
      runBack: 0,
      pause: position,
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

  /** Adds where the session stands to its series. */
  private recordStop(): void {
    const { active } = this.live;
    if (active === undefined) return;
    const { run, position } = active;
    let series = this.stops.get(run);
    if (series === undefined) this.stops.set(run, (series = new SeriesRecorder()));
    const known = series;
    run.at(position, ({ state }) => known.record(state));
  }

  /** The run of the whole script: a document's own, which has usually seen all of what is debugged. */
  private wholeRun(run: Run): DocumentRun | undefined {
    if (run instanceof DocumentRun) return run;
    const own = this.runs.latest(run.uri);
    return own?.outcome === "finished" && own.text === run.text ? own : undefined;
  }

  private replayOf(run: Run): { readonly number: number; readonly lifetimes: LifetimeReplay } {
    let replay = this.replays.get(run);
    if (replay === undefined) {
      replay = { number: ++this.lastNumber, lifetimes: new LifetimeReplay(run, openMachine) };
      this.replays.set(run, replay);
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
    this.chosen = Math.max(0, Math.min(step, run.reached));
    this.changed.fire();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined || !isScript(editor.document)) return;
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

/** The engines are loaded with the first machine. */
async function openMachine({ program, options }: RecordedRun): Promise<Machine> {
  const { Machine } = await import("../../machine/run/Machine");
  return new Machine(program, options);
}

function breakpointSteps({ uri, lineSteps }: DocumentRun): number[] {
  const lines = vscode.debug.breakpoints.flatMap((breakpoint) =>
    breakpoint.enabled && breakpoint instanceof vscode.SourceBreakpoint && sameUri(breakpoint.location.uri, uri)
      ? [breakpoint.location.range.start.line]
      : [],
  );
  return lines.map((line) => lineSteps.firstOn(line)).filter((step) => step > 0);
}
