import * as vscode from "vscode";
import { formatLines } from "../../language/format";
import { programOf } from "../programs";
import { rangeOf } from "../positions";
import { readSettings } from "../settings";

/** Formats line by line, so that breakpoints, cursors and undo keep their places: all, the selected, or the typed lines. */
export class FormattingProvider
  implements
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.OnTypeFormattingEditProvider
{
  provideDocumentFormattingEdits(document: vscode.TextDocument): vscode.TextEdit[] {
    return edits(document, 0, document.lineCount - 1);
  }

  provideDocumentRangeFormattingEdits(document: vscode.TextDocument, range: vscode.Range): vscode.TextEdit[] {
    // A selection that ends at the start of a line does not mean that line.
    const isEndOpen = range.end.character === 0 && range.start.line < range.end.line;
    return edits(document, range.start.line, range.end.line - (isEndOpen ? 1 : 0));
  }

  /** After a new line the one before it; after the `d` of `end` its own line, which moves out of the body. */
  provideOnTypeFormattingEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    typed: string,
  ): vscode.TextEdit[] {
    const { line } = position;
    if (typed === "\n") return line === 0 ? [] : edits(document, line - 1, line - 1);
    return document.lineAt(line).text.trim() === "end" ? edits(document, line, line) : [];
  }
}

function edits(document: vscode.TextDocument, from: number, to: number): vscode.TextEdit[] {
  const lines = Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
  // A script that was cut at the line limit is left alone.
  if (programOf(document).lines.length < lines.length) return [];
  return formatLines(lines, readSettings(document)).flatMap((text, line) =>
    text === lines[line] || line < from || to < line
      ? []
      : [vscode.TextEdit.replace(rangeOf(line, 0, lines[line].length), text)],
  );
}
