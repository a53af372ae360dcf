import * as vscode from "vscode";
import { moduleLoader } from "./moduleLoader";

/**
 * The files of the extension by name, loaded when they are first required. The web extension host loads a single file
 * and its `require` knows nothing but `vscode`; the others, the same as on the desktop, are fetched beforehand.
 */
export async function fetchHostFiles(folder: vscode.Uri, files: readonly string[]): Promise<(path: string) => unknown> {
  const sources = await Promise.all(
    files.map(async (file) => [file, await textOf(vscode.Uri.joinPath(folder, file))] as const),
  );
  return moduleLoader(new Map(sources), vscode);
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
