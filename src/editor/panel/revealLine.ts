import * as vscode from "vscode";
import { sameUri } from "../host/uris";
import { log, reasonOf } from "../host/log";
import { lineRange } from "../host/positions";

/** Puts the cursor on a line of a document, in the editor that shows it already or in the first column. */
export async function revealLine(uri: vscode.Uri, line: number): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find((editor) => sameUri(editor.document.uri, uri));
  try {
    const document = visible?.document ?? (await vscode.workspace.openTextDocument(uri));
    const range = lineRange(document, line);
    const selection = new vscode.Range(range.start, range.start);
    await vscode.window.showTextDocument(document, {
      viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
      selection,
    });
  } catch (error) {
    log().warn(`Cannot show ${uri.toString()}: ${reasonOf(error)}`);
    void vscode.window.showWarningMessage(vscode.l10n.t("The script cannot be opened any more: {0}", reasonOf(error)));
  }
}
