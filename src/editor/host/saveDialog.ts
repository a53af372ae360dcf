import * as vscode from "vscode";

export interface SaveQuestion {
  readonly title?: string;
  /** Endings of the file's name that there are, the first one by default. */
  readonly endings: readonly string[];
  /** Where it may go; undefined leaves that to the editor. */
  readonly suggested: vscode.Uri | undefined;
}

/** Asks where a file goes and in which format: undefined when the user thinks better of it. */
export async function askWhere(
  question: SaveQuestion,
): Promise<{ readonly uri: vscode.Uri; readonly ending: string } | undefined> {
  const { title, endings, suggested } = question;
  const uri = await vscode.window.showSaveDialog({
    filters: Object.fromEntries(endings.map((ending) => [ending.toUpperCase(), [ending]])),
    ...(title === undefined ? {} : { title }),
    ...(suggested === undefined ? {} : { defaultUri: suggested }),
  });
  if (uri === undefined) return undefined;
  return { uri, ending: endings.find((ending) => uri.path.toLowerCase().endsWith(`.${ending}`)) ?? endings[0] ?? "" };
}

/** Beside the script, with its name and another ending; undefined for one that has no place. */
export function besideScript(script: vscode.Uri, ending: string): vscode.Uri | undefined {
  if (script.scheme === "untitled") return undefined;
  return script.with({ path: script.path.replace(/(\.[^./]*)?$/, `.${ending}`) });
}
