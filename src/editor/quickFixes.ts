import * as vscode from "vscode";
import type { Problem } from "../machine/records";
import type { DocumentRuns } from "./documentRuns";
import { fixesOf, type Fix, type TextEdit } from "./fixes";

/** Offers the changes that mend what the run found. Nothing is changed before the user chooses. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  constructor(private readonly runs: DocumentRuns) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const run = await this.runs.settled(document, token);
    if (run === undefined) return [];
    const seen = new Set<string>();
    const actions: vscode.CodeAction[] = [];
    for (const problem of run.problems) {
      if (problem.line < range.start.line || range.end.line < problem.line) continue;
      for (const fix of fixesOf(problem, run.program)) {
        const key = JSON.stringify(fix);
        if (seen.has(key)) continue;
        seen.add(key);
        actions.push(
          toAction(
            document,
            fix,
            context.diagnostics.filter((shown) => isAbout(shown, problem)),
          ),
        );
      }
    }
    return actions;
  }
}

function isAbout(diagnostic: vscode.Diagnostic, problem: Problem): boolean {
  const { code } = diagnostic;
  const id = typeof code === "object" ? code.value : code;
  return id === problem.id && diagnostic.range.start.line === problem.line;
}

function toAction(document: vscode.TextDocument, fix: Fix, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(titleOf(fix), vscode.CodeActionKind.QuickFix);
  action.isPreferred = true;
  action.diagnostics = diagnostics;
  action.edit = new vscode.WorkspaceEdit();
  applyTo(action.edit, document, fix.edit);
  return action;
}

function titleOf(fix: Fix): string {
  switch (fix.kind) {
    case "insert-free":
      return vscode.l10n.t("Insert the missing 'free {0}' in line {1}", fix.handle, fix.edit.line + 1);
    case "delete-free":
      return vscode.l10n.t("Delete the second free");
    case "free-instead":
      return vscode.l10n.t("Free the block instead");
    case "replace-word":
      return vscode.l10n.t("Change to '{0}'", fix.word);
  }
}

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
