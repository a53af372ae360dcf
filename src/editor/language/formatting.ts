import * as vscode from "vscode";
import { formatLines } from "../../language/format";
import { programOf } from "../programs";
import { rangeOf } from "../positions";

/** Formats line by line, so that breakpoints, cursors and undo keep their places. */
export class FormattingProvider implements vscode.DocumentFormattingEditProvider {
  provideDocumentFormattingEdits(document: vscode.TextDocument): vscode.TextEdit[] {
    const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
    // A script that was cut at the line limit is left alone.
    if (programOf(document).lines.length < lines.length) return [];
    return formatLines(lines).flatMap((text, line) =>
      text === lines[line] ? [] : [vscode.TextEdit.replace(rangeOf(line, 0, lines[line].length), text)],
    );
  }
}
