import * as vscode from "vscode";
import { isScript } from "../host/scripts";
import { words } from "../host/words";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { commandIds } from "../host/ids";
import { showLinePage } from "./textPage";

/**
 * "Explain This Line": what the line's last execution did, as plain text beside the script. The script's own run is
 * asked, so that a debug session stays where it stands.
 */
export function registerExplainLine(runs: BackgroundRuns): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.explainLine, async () => {
    const editor = vscode.window.activeTextEditor;
    const run = editor === undefined || !isScript(editor.document) ? undefined : await runs.settled(editor.document);
    if (editor === undefined || run === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor on a line of a .memscript file."));
      return undefined;
    }
    const { explainStep } = await import("../../machine/inspect/explainLine");
    const { messageOf } = await import("../../machine/problems/Problem");
    const { line } = editor.selection.active;
    const { document } = editor;
    const step = run.lineSteps.lastOn(line);
    const parsing = run.problems.filter((problem) => problem.step === 0 && problem.line === line);
    const report =
      step === 0
        ? [vscode.l10n.t("This line did not run."), ...parsing.map((problem) => messageOf(problem, words))]
        : explainStep(run, step, words);
    return showLinePage(document, line, report);
  });
}
