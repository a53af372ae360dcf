import * as vscode from "vscode";
import type { Inspector } from "../panel/register";
import { revealLine } from "../panel/revealLine";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { CurrentMoment } from "../runs/CurrentMoment";
import type { Moment } from "../runs/Run";
import type { SessionRuns } from "../runs/SessionRuns";
import type { Destination } from "./destination";

/** Moves what is in view to other moments: the debug session, or the panel and the cursor in a document's own run. */
export class Traveller {
  private readonly current: CurrentMoment;

  constructor(
    private readonly runs: BackgroundRuns,
    private readonly live: SessionRuns,
    private readonly inspector: Pick<Inspector, "moment" | "travelTo">,
    private readonly noteChange: () => void,
  ) {
    this.current = new CurrentMoment(runs, live);
  }

  /** Undefined without a session, a script that has run, or while the session runs. */
  now(): Moment | undefined {
    return this.current.inView(this.inspector.moment());
  }

  /** The moment in view for a command; without one, says what is needed. */
  nowOrNotice(): Moment | undefined {
    const moment = this.now();
    if (moment === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("There is no run to ask: open a .memscript file, or stop the debugger at a line."),
      );
    }
    return moment;
  }

  /** Whether the last travel led to the moment. */
  isArrival(moment: Moment): boolean {
    return this.current.isArrival(moment);
  }

  async travelTo({ uri, script, step, line, name, text }: Destination): Promise<void> {
    const session = this.live.of(uri);
    if ((session?.run.text ?? this.runs.latest(uri)?.text ?? script) !== script) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The script is another one by now. Ask the question again: Refresh in the History view."),
      );
      return;
    }
    if (session !== undefined) {
      await session.session.customRequest("memscript/travel", { step, event: { line: line + 1, name, text } });
      this.current.noteArrival(session.run, step, line);
      await this.live.standstill(session.session);
    } else {
      const document = await vscode.workspace.openTextDocument(uri);
      const run = await this.runs.settled(document);
      if (run !== undefined) this.current.noteArrival(run, step, line);
      this.inspector.travelTo(document, step, line);
      vscode.window.setStatusBarMessage(text, 5000);
    }
    await revealLine(uri, line);
    this.noteChange();
  }

  /** Travels in the moment's run to a step by its number, or to the end. */
  async travelToStep({ run }: Moment, step: number | "end"): Promise<void> {
    const { uri } = run;
    const session = this.live.of(uri)?.session;
    if (session !== undefined) {
      await session.customRequest("memscript/travel", { step });
      await this.live.standstill(session);
      return;
    }
    const target = step === "end" ? run.reached : Math.min(step, run.reached);
    const line = run.at(target, ({ record, nextLine }) => record?.line ?? nextLine ?? 0);
    const name = vscode.l10n.t("Step {0}", target);
    await this.travelTo({ uri, script: run.text, step: target, line, name, text: name });
  }
}
