import * as vscode from "vscode";
import type { DocumentRuns } from "../documentRuns";
import { commandIds } from "../ids";
import type { LiveRuns } from "../liveRuns";
import { nameOf } from "../programUri";
import { whyFree } from "../whyFree";

/** "Why would free fail?": a dry run of the `free` on a line, by default the cursor's, opened as text beside the script. */
export function registerWhyFree(runs: DocumentRuns, live: LiveRuns): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.whyFree, async (uri?: unknown, line?: unknown) => {
    const editor = vscode.window.activeTextEditor;
    const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
    const row = typeof line === "number" ? line : editor?.selection.active.line;
    const report = document === undefined || row === undefined ? undefined : await whyFree(document, row, runs, live);
    if (report === undefined || document === undefined || row === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Put the cursor on a line that frees a block."));
      return undefined;
    }
    const heading = `${nameOf(document.uri)}, ${vscode.l10n.t("line {0}", row + 1)}: ${document.lineAt(row).text.trim()}`;
    const text = `${[heading, "", ...report].join("\n")}\n`;
    const summary = await vscode.workspace.openTextDocument({ language: "plaintext", content: text });
    await vscode.window.showTextDocument(summary, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false });
    return text;
  });
}
