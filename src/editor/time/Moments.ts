import * as vscode from "vscode";
import { readRunSettings } from "../../debug/openHistory";
import { parse } from "../../language/parser";
import type { Program } from "../../language/syntax";
import type { HistoryContract, MachineOptions } from "../../machine/contract";
import { DocumentRuns } from "../documentRuns";
import type { LiveRun, LiveRuns } from "../liveRuns";
import type { Inspector } from "../panel/register";
import { revealLine } from "../panel/revealLine";
import { positionAtCursor } from "../panel/subject";
import { readSettings } from "../settings";

/** A run that can be asked, and the moment of it that is looked at. `history` stands there until the next await. */
export interface Moment {
  readonly uri: vscode.Uri;
  readonly program: Program;
  readonly options: MachineOptions;
  readonly history: HistoryContract;
  readonly position: number;
  readonly session: LiveRun | null;
}

/** A place in a run to travel to. */
export interface Destination {
  readonly uri: vscode.Uri;
  readonly step: number;
  /** 0-based. */
  readonly line: number;
  readonly name: string;
  readonly text: string;
}

/** The present moment: where the debugger stands, else where the panel or the cursor is in the script's own run. */
export class Moments {
  /** Where the last travel led: going back from there leads further. */
  private arrival: { readonly uri: string; readonly step: number } | null = null;

  constructor(
    private readonly runs: DocumentRuns,
    private readonly live: LiveRuns,
    private readonly inspector: Inspector,
  ) {}

  /** Undefined without a session, a script that has run, or while the session runs. */
  now(): Moment | undefined {
    const live = this.live.active;
    if (live !== undefined) {
      if (live.running) return undefined;
      const { uri, text, history } = live;
      const options = readRunSettings(live.session.configuration as never);
      return { uri, program: parse(text), options, history, position: history.position, session: live };
    }
    const editor = scriptEditor();
    const run = editor === undefined ? undefined : this.runs.current(editor.document);
    if (editor === undefined || run === undefined) return undefined;
    const { uri } = editor.document;
    const { history, program } = run;
    const scene = this.inspector.scene();
    const isShown = scene?.history === history;
    const position = isShown ? scene.position : positionAtCursor(run, editor.selection.active.line);
    if (history.position !== position) history.seek(position);
    const options = { limits: readSettings(uri).limits, overrides: new Map<string, string>() };
    return { uri, program, options, history, position, session: null };
  }

  /** Whether the moment is one that a travel led to. */
  isArrival({ uri, position }: Moment): boolean {
    return this.arrival?.uri === uri.toString() && this.arrival.step === position;
  }

  async travelTo({ uri, step, line, name, text }: Destination): Promise<void> {
    const session = this.live.of(uri);
    if (session !== undefined) {
      await session.session.customRequest("memscript/travel", { step, event: { line: line + 1, name, text } });
    } else {
      const document = await vscode.workspace.openTextDocument(uri);
      this.inspector.travelTo(document, step, line);
      vscode.window.setStatusBarMessage(text, 5000);
    }
    this.arrival = { uri: uri.toString(), step };
    await revealLine(uri, line);
  }

  /** A step by its number, or the end of the run. */
  async travelToStep(moment: Moment, step: number | "end"): Promise<void> {
    const { uri, session, history } = moment;
    if (session !== null) {
      await session.session.customRequest("memscript/travel", { step });
      return;
    }
    const target = step === "end" ? history.reached : Math.min(step, history.reached);
    history.seek(target);
    const line = history.next?.line ?? history.record?.line ?? 0;
    const name = vscode.l10n.t("Step {0}", target);
    await this.travelTo({ uri, step: target, line, name, text: name });
  }
}

function scriptEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active !== undefined && DocumentRuns.handles(active.document)) return active;
  return vscode.window.visibleTextEditors.find(({ document }) => DocumentRuns.handles(document));
}
