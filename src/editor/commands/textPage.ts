import * as vscode from "vscode";
import { nameOf } from "../debugging/programUri";

const scheme = "memscript-text";

/** Texts of the pages that are open, by address. */
const texts = new Map<string, string>();
const changed = new vscode.EventEmitter<vscode.Uri>();

/** Pages of text as the answers of commands: read-only, so that closing them never asks to save. */
export function registerTextPages(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
    }),
    changed,
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
}

/** Shows what is to be said of a 0-based line of a script, and returns the text. */
export async function showLinePage(
  document: vscode.TextDocument,
  line: number,
  report: readonly string[],
): Promise<string> {
  const place = `${nameOf(document.uri)}, ${vscode.l10n.t("line {0}", line + 1)}`;
  const text = `${[`${place}: ${document.lineAt(line).text.trim()}`, "", ...report].join("\n")}\n`;
  await showTextPage(place, text);
  return text;
}

/** Shows a text beside the script, in place of the page that was shown before. Without slashes in it, `title` names the tab. */
export async function showTextPage(title: string, text: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${title}` });
  texts.set(uri.toString(), text);
  changed.fire(uri);
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === scheme);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.Beside;
  const page = await vscode.workspace.openTextDocument(uri);
  // The title may end like a script's name, which would make the page one.
  await vscode.languages.setTextDocumentLanguage(page, "plaintext");
  await vscode.window.showTextDocument(page, { viewColumn, preview: true });
}
