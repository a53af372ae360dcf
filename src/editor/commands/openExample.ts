import * as vscode from "vscode";
import { commandIds, languageId } from "../host/ids";
import { reasonOf } from "../host/log";

interface ExampleItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** Five lines that run as they are: a heap, two blocks, one of them freed. */
const starter = `heap 4KiB policy=first-fit
a = alloc 100
b = alloc 200
free a
free b
`;

/** A new untitled script with something in it to run and to change. */
export function registerNewFile(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.newFile, async () => {
    const document = await vscode.workspace.openTextDocument({ language: languageId, content: starter });
    await vscode.window.showTextDocument(document);
    return document.uri;
  });
}

/** Lets the user choose an example and opens a copy of it, so that the extension's own file stays as it is. */
export function registerOpenExample(extensionUri: vscode.Uri): vscode.Disposable {
  const folder = vscode.Uri.joinPath(extensionUri, "media", "examples");
  return vscode.commands.registerCommand(commandIds.openExample, async (name: unknown) => {
    try {
      const uri = typeof name === "string" ? vscode.Uri.joinPath(folder, name) : await chooseExample(folder);
      if (uri === undefined) return undefined;
      const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      const document = await vscode.workspace.openTextDocument({ language: languageId, content });
      await vscode.window.showTextDocument(document);
      return document.uri;
    } catch (error) {
      void vscode.window.showErrorMessage(vscode.l10n.t("The example cannot be opened: {0}", reasonOf(error)));
      return undefined;
    }
  });
}

async function chooseExample(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showQuickPick(listExamples(folder), {
    title: vscode.l10n.t("Open Example"),
    placeHolder: vscode.l10n.t("Opens as a new untitled script"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.uri;
}

/** The scripts of the folder, then those of its subfolders under a heading each. */
async function listExamples(folder: vscode.Uri, prefix = ""): Promise<ExampleItem[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const namesOf = (type: vscode.FileType): string[] =>
    entries.flatMap(([name, entryType]) => (entryType === type ? [name] : [])).sort();
  const scripts = namesOf(vscode.FileType.File).filter((name) => name.endsWith(".memscript"));
  const items = await Promise.all(scripts.map((name) => describeExample(folder, name, prefix)));
  for (const name of namesOf(vscode.FileType.Directory)) {
    const heading = { label: titleOf(name), kind: vscode.QuickPickItemKind.Separator, uri: folder };
    items.push(heading);
    for (const item of await listExamples(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`)) items.push(item);
  }
  return items;
}

async function describeExample(folder: vscode.Uri, name: string, prefix: string): Promise<ExampleItem> {
  const uri = vscode.Uri.joinPath(folder, name);
  const text = new TextDecoder().decode((await vscode.workspace.fs.readFile(uri)).subarray(0, 400));
  return { label: titleOf(name), description: prefix + name, detail: firstComment(text), uri };
}

/** `01-first-heap.memscript` is listed as "First heap". */
function titleOf(name: string): string {
  const words = name
    .replace(/\.memscript$/, "")
    .replace(/^\d+-/, "")
    .replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Every example says in its first comment what it shows. */
function firstComment(text: string): string {
  return /^#+\s*(.*)$/m.exec(text)?.[1] ?? "";
}
