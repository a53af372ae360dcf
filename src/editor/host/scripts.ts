import * as vscode from "vscode";
import { languageId } from "./ids";
import { uriKey } from "./uris";

/** Views of a repository's past and the like show scripts that are not worked on. */
const foreignSchemes = new Set(["git", "gitlens", "pr", "review", "output", "vscode-settings"]);

export function isScript(document: vscode.TextDocument): boolean {
  return document.languageId === languageId && !foreignSchemes.has(document.uri.scheme);
}

/** The active editor if it shows a script, else a visible one: a click in the panel leaves no text editor active. */
export function scriptEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active !== undefined && isScript(active.document)) return active;
  return vscode.window.visibleTextEditors.find(({ document }) => isScript(document));
}

/** The script that a command is about: the one clicked, or the one in an editor or a tab. */
export async function scriptFor(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  return scriptEditor()?.document ?? coveredScript();
}

/** The script of a tab that another tab covers, such as the walkthrough whose button was clicked; the last tab when there are many. */
function coveredScript(): vscode.TextDocument | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const inputs = [activeTabGroup, ...all].flatMap(({ tabs }) => tabs.map(({ input }) => input).reverse());
  const texts = inputs.filter((input) => input instanceof vscode.TabInputText);
  const keys = texts.map(({ uri }) => uriKey(uri));
  const scripts = vscode.workspace.textDocuments.filter(isScript);
  return keys.map((key) => scripts.find(({ uri }) => uriKey(uri) === key)).find((script) => script !== undefined);
}
