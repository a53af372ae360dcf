import * as vscode from "vscode";
import { sameUri } from "../host/uris";

/** Longer than a drive letter: `C:\x` is a path, `untitled:x` a URI. */
const uriScheme = /^[a-z][a-z0-9+.-]+:/i;

/** What a launch configuration or a breakpoint names: a URI of any file system, or a path of this machine. */
export function uriOfProgram(program: string): vscode.Uri {
  return uriScheme.test(program) ? vscode.Uri.parse(program, true) : vscode.Uri.file(program);
}

/** The document at a place, when it is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => sameUri(document.uri, uri));
}

/** The text of a document: as it stands in the editor when it is open, else as it is stored. */
export async function readScript(uri: vscode.Uri): Promise<string> {
  const open = openDocument(uri);
  if (open !== undefined) return open.getText();
  const { size } = await vscode.workspace.fs.stat(uri);
  if (largestScript < size) {
    throw new Error(
      vscode.l10n.t(
        "it has {0} MB, more than the {1} MB that one script may have",
        inMegabytes(size),
        inMegabytes(largestScript),
      ),
    );
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** A program is held in memory as a whole; what is larger belongs into a trace. */
const largestScript = 128 * 1024 * 1024;

function inMegabytes(bytes: number): number {
  return Math.round(bytes / (1024 * 1024));
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}
