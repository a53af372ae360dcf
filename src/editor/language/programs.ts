import type { Work } from "../../language/coroutines";
import * as vscode from "vscode";
import { ProgramDocument } from "../../language/parsing/ProgramDocument";
import { symbolsYielding } from "../../language/services/symbols";
import type { Program } from "../../language/parsing/syntax";
import { openDocument, readScript } from "../debugging/programUri";
import { runYielding } from "../runs/editorHost";

interface Parsed {
  /** Of the document, that `script` has. */
  version: number;
  readonly script: ProgramDocument;
}

const known = new WeakMap<vscode.TextDocument, Parsed>();

/** The script of a document's present version: what was parsed of it stays parsed while it is edited. */
export function scriptOf(document: vscode.TextDocument): ProgramDocument {
  let parsed = known.get(document);
  if (parsed?.version !== document.version) {
    parsed = { version: document.version, script: new ProgramDocument(document.getText()) };
    known.set(document, parsed);
  }
  return parsed.script;
}

/** The parsed script of a document's present version; every line is parsed once, whoever asks. */
export function programOf(document: vscode.TextDocument): Program {
  return scriptOf(document).program();
}

/** The same with yields; undefined when cancelled. */
export function programYielding(
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<Program | undefined> {
  return runYielding(scriptOf(document).parse(), token);
}

/** The same with all its names known, so that what asks for them takes no time. */
export function namedProgram(
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
): Promise<Program | undefined> {
  return runYielding(withNames(scriptOf(document)), token);
}

function* withNames(script: ProgramDocument): Work<Program> {
  const program = yield* script.parse();
  yield* symbolsYielding(program);
  return program;
}

/** The script at a place: of a document that is open, what was parsed of it already. Rejects when it cannot be read. */
export async function scriptAt(uri: vscode.Uri): Promise<ProgramDocument> {
  const open = openDocument(uri);
  return open === undefined ? new ProgramDocument(await readScript(uri)) : scriptOf(open);
}

/** The same, parsed with yields. */
export async function programAt(uri: vscode.Uri): Promise<Program> {
  return runYielding((await scriptAt(uri)).parse());
}

/** Keeps the scripts of documents in step with their edits. */
export function followEdits(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const parsed = known.get(document);
    if (parsed === undefined || parsed.version === document.version) return;
    for (const { range, text } of contentChanges) {
      const { start, end } = range;
      parsed.script.edit({
        start: { line: start.line, column: start.character },
        end: { line: end.line, column: end.character },
        text,
      });
    }
    // An edit that was missed makes itself known by the number of lines, or by the lines at the place of the next one.
    if (agrees(parsed.script, document, contentChanges)) parsed.version = document.version;
    else known.delete(document);
  });
}

function agrees(
  script: ProgramDocument,
  document: vscode.TextDocument,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): boolean {
  if (script.lineCount !== document.lineCount) return false;
  return changes.every(({ range }) => {
    const line = Math.min(range.start.line, document.lineCount - 1);
    return script.lineAt(line) === document.lineAt(line).text;
  });
}
