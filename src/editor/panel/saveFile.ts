import * as vscode from "vscode";
import { reasonOf } from "../log";

/** Asks where a table or picture of the panel goes, and writes it there. */
export async function saveFile(name: string, data: Uint8Array): Promise<void> {
  // The name comes from a title: nothing of it may lead out of the folder.
  const safe = name.replace(/[\\/:*?"<>|]+/g, " ").trim();
  const ending = safe.slice(safe.lastIndexOf(".") + 1);
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { [ending.toUpperCase()]: [ending] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, safe) }),
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, data);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("The file cannot be written: {0}", reasonOf(error)));
  }
}
