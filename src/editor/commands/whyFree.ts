import * as vscode from "vscode";
import type { CurrentMoment } from "../runs/CurrentMoment";
import { commandIds } from "../host/ids";
import { whyFree } from "../problems/whyFree";
import { showLinePage } from "./textPage";

/** "Explain Why free Fails": a dry run of the `free` on a line, by default the cursor's, opened as text beside the script. */
export function registerWhyFree(current: CurrentMoment): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.whyFree, async (uri?: unknown, line?: unknown) => {
    const editor = vscode.window.activeTextEditor;
    const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
    const row = typeof line === "number" ? line : editor?.selection.active.line;
    const report = document === undefined || row === undefined ? undefined : await whyFree(document, row, current);
    if (report === undefined || document === undefined || row === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor on a line that frees a block."));
      return undefined;
    }
    return showLinePage(document, row, report);
  });
}
