import assert from "node:assert/strict";
import * as vscode from "vscode";
import { CONDITION_MS } from "../../harness/deadlines";

/** Whether this is the web extension host, in which long tests are repeated in short. */
export const isWebHost = "WorkerGlobalScope" in globalThis;

let serial = 0;

/** Writes a script into the workspace, opens it in an editor and returns its document. The extension is active then. */
export async function openScript(text: string): Promise<vscode.TextDocument> {
  serial += 1;
  await vscode.extensions.getExtension("memscript.memscript")?.activate();
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, `script-${serial}.memscript`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Waits until `probe` gives something, looking often; fails after a while with what was awaited. */
export async function eventually<Value>(
  what: string,
  probe: () => Value | undefined | Thenable<Value | undefined>,
  milliseconds = CONDITION_MS,
): Promise<Value> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    assert.ok(Date.now() < end, `${what} did not happen within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The identifier of the problem that a diagnostic shows. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits until the editor shows a problem with this identifier in the document. */
export async function diagnosticOf(document: vscode.TextDocument, id: string): Promise<vscode.Diagnostic> {
  return eventually(`the problem ${id}`, () =>
    vscode.languages.getDiagnostics(document.uri).find((diagnostic) => codeOf(diagnostic) === id),
  );
}

/** Position of the first occurrence of `text`, `offset` characters into it. */
export function positionOf(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  assert.notEqual(index, -1, `'${text}' is not in the script`);
  return document.positionAt(index + offset);
}

/** Puts the cursor of the active editor before a text, and waits until the window says so: a late word of it would undo that. */
export async function moveCursor(document: vscode.TextDocument, text: string, offset = 0): Promise<void> {
  const position = positionOf(document, text, offset);
  const editor = vscode.window.activeTextEditor!;
  if (editor.selection.isEmpty && editor.selection.active.isEqual(position)) return;
  const told = new Promise<void>((resolve) => {
    const listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      if (textEditor !== editor || !selections[0].active.isEqual(position)) return;
      listener.dispose();
      resolve();
    });
  });
  editor.selection = new vscode.Selection(position, position);
  await told;
}

/** The Markdown of all hovers at a position, joined. */
export async function hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  const contents = hovers.flatMap((hover) => hover.contents as vscode.MarkdownString[]);
  return contents.map(({ value }) => value).join("\n");
}
