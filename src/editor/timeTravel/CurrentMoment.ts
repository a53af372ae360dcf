import * as vscode from "vscode";
import type { History } from "../../machine/run/History";
import { DocumentRuns, type DocumentRun } from "../runs/documentRuns";
import type { LiveRun, LiveRuns } from "../runs/liveRuns";
import type { Inspector } from "../panel/register";
import { revealLine } from "../panel/revealLine";
import { positionAtCursor } from "../panel/ShownRun";

/** A run that can be asked, and the moment of it that is looked at. `history` stands there until the next await. */
export interface Moment {
  readonly uri: vscode.Uri;
  /** The script that ran. */
  readonly text: string;
  readonly history: History;
  readonly position: number;
  readonly session: LiveRun | null;
}

/** A place in a run to travel to. */
export interface Destination {
  readonly uri: vscode.Uri;
  /** Text of the script that the step is one of. */
  readonly script: string;
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

/** Where the last travel led. Going back from there leads further. */
interface Arrival {
  readonly history: History;
  readonly step: number;
  readonly line: number;
}

/** The present moment: where the debugger stands, else where the panel, a travel or the cursor is in the script's own run. */
export class CurrentMoment {
  private arrival: Arrival | null = null;

  constructor(
    private readonly runs: DocumentRuns,
    private readonly live: LiveRuns,
    private readonly inspector: Pick<Inspector, "scene" | "travelTo">,
    private readonly tellChange: () => void,
  ) {}

  /** Undefined without a session, a script that has run, or while the session runs. */
  now(): Moment | undefined {
    const live = this.live.active;
    if (live !== undefined) {
      if (live.running) return undefined;
      const { uri, text, history } = live;
      return { uri, text, history, position: history.position, session: live };
    }
    const editor = scriptEditor();
    const run = editor === undefined ? undefined : this.runs.current(editor.document);
    if (editor === undefined || run === undefined) return undefined;
    const { history, text } = run;
    const position = this.positionOf(run, editor.selection.active.line);
    if (history.position !== position) history.seek(position);
    return { uri: editor.document.uri, text, history, position, session: null };
  }

  /** Whether the moment is one that a travel led to. */
  isArrival({ history, position }: Moment): boolean {
    return this.arrival?.history === history && this.arrival.step === position;
  }

  async travelTo(destination: Destination): Promise<void> {
    const { uri, script, step, line, name, text } = destination;
    const session = this.live.of(uri);
    if ((session?.text ?? this.runs.latest(uri)?.text ?? script) !== script) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The script is another one by now. Ask the question again: Refresh in the History view."),
      );
      return;
    }
    if (session !== undefined) {
      await session.session.customRequest("memscript/travel", { step, event: { line: line + 1, name, text } });
      this.arrival = { history: session.history, step, line };
      await this.standstill(uri);
    } else {
      const document = await vscode.workspace.openTextDocument(uri);
      const run = await this.runs.settled(document);
      if (run !== undefined) this.arrival = { history: run.history, step, line };
      this.inspector.travelTo(document, step, line);
      vscode.window.setStatusBarMessage(text, 5000);
    }
    await revealLine(uri, line);
    this.tellChange();
  }

  /** A step by its number, or the end of the run. */
  async travelToStep({ uri, text, session, history }: Moment, step: number | "end"): Promise<void> {
    if (session !== null) {
      await session.session.customRequest("memscript/travel", { step });
      await this.standstill(uri);
      return;
    }
    const target = step === "end" ? history.reached : Math.min(step, history.reached);
    history.seek(target);
    const line = history.record?.line ?? history.nextLine ?? 0;
    const name = vscode.l10n.t("Step {0}", target);
    await this.travelTo({ uri, script: text, step: target, line, name, text: name });
  }

  private positionOf(run: DocumentRun, cursorLine: number): number {
    const scene = this.inspector.scene();
    if (scene?.history === run.history) return scene.position;
    const { arrival } = this;
    // As long as the cursor stays where the travel has put it.
    if (arrival?.history === run.history && arrival.line === cursorLine) return arrival.step;
    return positionAtCursor(run, cursorLine);
  }

  /** Waits until the session of a document stands at a stop or is over. */
  private async standstill(uri: vscode.Uri): Promise<void> {
    while (this.live.of(uri)?.running === true) {
      await new Promise<void>((resolve) => {
        const subscription = this.live.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }
}

/** The present moment for a command; without one the user is told what would be needed. */
export function present(moments: CurrentMoment): Moment | undefined {
  const moment = moments.now();
  if (moment === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no run to ask: open a .memscript file, or stop the debugger at a line."),
    );
  }
  return moment;
}

function scriptEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active !== undefined && DocumentRuns.handles(active.document)) return active;
  return vscode.window.visibleTextEditors.find(({ document }) => DocumentRuns.handles(document));
}
