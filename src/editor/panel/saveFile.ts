import * as vscode from "vscode";
import type { SavedFormat } from "../../inspector/protocol";
import { reasonOf } from "../host/log";
import { askWhere } from "../host/saveDialog";

/** Asks where a table or picture of the panel goes and in which of its formats, and writes it there. */
export async function saveFile(name: string, files: readonly SavedFormat[]): Promise<void> {
  // The name comes from a title: nothing of it may lead out of the folder.
  const safe = name.replace(/[\\/:*?"<>|]+/g, " ").trim();
  const folder = vscode.workspace.workspaceFolders?.at(0)?.uri;
  const target = await askWhere({
    endings: files.map(({ ending }) => ending),
    suggested: folder && vscode.Uri.joinPath(folder, `${safe}.${files[0]?.ending ?? ""}`),
  });
  const chosen = files.find(({ ending }) => ending === target?.ending);
  if (target === undefined || chosen === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target.uri, chosen.data);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("The file cannot be written: {0}", reasonOf(error)));
  }
}
