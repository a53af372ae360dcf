import * as vscode from "vscode";

/** Both VS Code's API and the inner rings count lines and columns from 0, columns in UTF-16 units; no shift is needed. */
export function rangeOf(line: number, column: number, endColumn: number): vscode.Range {
  return new vscode.Range(line, column, line, Math.max(column, endColumn));
}

/** The text of a whole line, for places that name a line only. Indentation is left out. */
export function lineRange(document: vscode.TextDocument, line: number): vscode.Range {
  const { lineCount } = document;
  const textLine = document.lineAt(Math.max(0, Math.min(line, lineCount - 1)));
  return new vscode.Range(
    textLine.lineNumber,
    textLine.firstNonWhitespaceCharacterIndex,
    textLine.lineNumber,
    textLine.text.length,
  );
}
