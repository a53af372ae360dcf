import * as vscode from "vscode";
import { symbolsYielding } from "../../language/services/symbols";
import type { Problem } from "../../machine/problems/Problem";
import type { DocumentRun } from "../runs/DocumentRun";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import type { Fix, TextEdit } from "./fixes/edits";
import { runYielding } from "../runs/editorHost";

/** Offers the changes that mend what the run found. Nothing is changed before the user chooses. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  constructor(private readonly runs: BackgroundRuns) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const run = await this.runs.settled(document, token);
    // What mends a problem depends on where its names stand.
    if (run === undefined || (await runYielding(symbolsYielding(run.program), token)) === undefined) return [];
    const { fixesOf, hasLeakFix } = await import("./fixes/fixes");
    const all = hasLeakFix(run.problems, run.program) ? [new LeaksAction(run)] : [];
    if (context.only !== undefined && fixAllKind.contains(context.only)) return all;
    const seen = new Set<string>();
    const actions: vscode.CodeAction[] = [];
    for (const problem of run.problems) {
      if (problem.line < range.start.line || range.end.line < problem.line) continue;
      for (const [rank, fix] of fixesOf(problem, run.program).entries()) {
        const key = JSON.stringify(fix);
        if (seen.has(key)) continue;
        seen.add(key);
        actions.push(
          toAction(
            document,
            fix,
            rank === 0,
            context.diagnostics.filter((shown) => isAbout(shown, problem)),
          ),
        );
      }
    }
    return [...actions, ...all];
  }

  async resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    if (!(action instanceof LeaksAction)) return action;
    const { document, problems, program } = action.run;
    const { leakFixes } = await import("./fixes/fixes");
    action.edit = new vscode.WorkspaceEdit();
    for (const { edits } of await runYielding(leakFixes(problems, program))) {
      for (const edit of edits) applyTo(action.edit, document, edit);
    }
    return action;
  }
}

/** Frees every block that leaks, for `Fix All` and `editor.codeActionsOnSave`. */
export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("memscript");

/** What it changes is found when somebody wants it: there may be a thousand leaks, and this is offered at every move of the cursor. */
class LeaksAction extends vscode.CodeAction {
  constructor(readonly run: DocumentRun) {
    super(vscode.l10n.t("Fix all leaks"), fixAllKind);
  }
}

function isAbout(diagnostic: vscode.Diagnostic, problem: Problem): boolean {
  const { code } = diagnostic;
  const id = typeof code === "object" ? code.value : code;
  return id === problem.id && diagnostic.range.start.line === problem.line;
}

function toAction(
  document: vscode.TextDocument,
  fix: Fix,
  isPreferred: boolean,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(fix, document), vscode.CodeActionKind.QuickFix);
  action.isPreferred = isPreferred;
  action.diagnostics = diagnostics;
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of fix.edits) applyTo(action.edit, document, edit);
  return action;
}

function titleOf({ kind, word, line, edits }: Fix, document: vscode.TextDocument): string {
  switch (kind) {
    case "insert-free":
      return vscode.l10n.t("Insert the missing 'free {0}' in line {1}", word, line + 1);
    case "move-free":
      return vscode.l10n.t("Free '{0}' after its last use", word);
    case "delete-line":
      return vscode.l10n.t("Delete '{0}' in line {1}", statementOf(document, line), line + 1);
    case "free-instead":
      return vscode.l10n.t("Free the block instead");
    case "replace":
      return vscode.l10n.t("Change '{0}' to '{1}' in line {2}", replacedText(edits, document), word, line + 1);
    case "insert":
      return vscode.l10n.t("Insert '{0}' in line {1}", word, line + 1);
    case "drop-frame":
      return vscode.l10n.t("Let the lowest free frame be taken");
  }
}

/** The line without its comment. */
function statementOf(document: vscode.TextDocument, line: number): string {
  return shortened(
    document
      .lineAt(line)
      .text.replace(/\s#.*$/, "")
      .trim(),
  );
}

/** What the first change of a part of a line replaces. */
function replacedText(edits: readonly TextEdit[], document: vscode.TextDocument): string {
  const edit = edits.find(({ kind }) => kind === "replace");
  if (edit?.kind !== "replace") return "";
  return shortened(document.lineAt(edit.line).text.slice(edit.column, edit.endColumn));
}

/** A text as far as it fits into a title. */
function shortened(text: string): string {
  return text.length <= longestTitle ? text : `${text.slice(0, longestTitle)}…`;
}

const longestTitle = 40;

function applyTo(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, change: TextEdit): void {
  const { uri, lineCount } = document;
  switch (change.kind) {
    case "replace":
      edit.replace(uri, new vscode.Range(change.line, change.column, change.line, change.endColumn), change.newText);
      return;
    case "delete-line": {
      const last = change.line === lineCount - 1;
      // The last line has no terminator of its own: the one before it goes instead.
      const range =
        last && 0 < change.line
          ? new vscode.Range(document.lineAt(change.line - 1).range.end, document.lineAt(change.line).range.end)
          : document.lineAt(change.line).rangeIncludingLineBreak;
      edit.delete(uri, range);
      return;
    }
    case "insert-line": {
      const end = document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
      if (change.line < lineCount) edit.insert(uri, new vscode.Position(change.line, 0), change.newText + end);
      else edit.insert(uri, document.lineAt(lineCount - 1).range.end, end + change.newText);
      return;
    }
  }
}
