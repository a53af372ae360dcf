import * as vscode from "vscode";
import { fetchHostFiles } from "./editor/web/hostFiles";
import type * as Extension from "./extension";

/** The files of the extension below dist, its entry first; the build writes them in here. */
declare const HOST_FILES: readonly string[];

let entry: typeof Extension | undefined;

/** Entry of the web extension host: the same extension, whose files have to be fetched there. */
export async function activate(context: vscode.ExtensionContext): Promise<ReturnType<typeof Extension.activate>> {
  const load = await fetchHostFiles(vscode.Uri.joinPath(context.extensionUri, "dist"), HOST_FILES);
  entry = load(HOST_FILES[0]) as typeof Extension;
  return entry.activate(context);
}

export function deactivate(): void {
  entry?.deactivate();
}
