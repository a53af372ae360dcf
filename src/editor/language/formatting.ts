import * as vscode from "vscode";
import { depthBehind, formatLines } from "../../language/services/format";
import { maximumLines, type ProgramDocument } from "../../language/parsing/ProgramDocument";
import { rangeOf } from "../host/positions";
import { scriptOf } from "./programs";
import { readSettings } from "../host/settings";
import { runYielding } from "../runs/editorHost";

/** Lines around those that were typed whose columns count when columns are aligned. */
const linesAround = 200;

/** Formats line by line, so that breakpoints, cursors and undo keep their places: all, the selected, or the typed lines. */
export class FormattingProvider
  implements
    vscode.DocumentFormattingEditProvider,
    vscode.DocumentRangeFormattingEditProvider,
    vscode.OnTypeFormattingEditProvider
{
  provideDocumentFormattingEdits(
    document: vscode.TextDocument,
    _options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    return edits(document, 0, document.lineCount - 1, token);
  }

  provideDocumentRangeFormattingEdits(
    document: vscode.TextDocument,
    range: vscode.Range,
    _options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    // A selection that ends at the start of a line does not mean that line.
    const isEndOpen = range.end.character === 0 && range.start.line < range.end.line;
    return edits(document, range.start.line, range.end.line - (isEndOpen ? 1 : 0), token);
  }

  /** After a new line the one before it; after the `d` of `end` its own line, which moves out of the body. */
  async provideOnTypeFormattingEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    typed: string,
    _options: vscode.FormattingOptions,
    token: vscode.CancellationToken,
  ): Promise<vscode.TextEdit[]> {
    const { line } = position;
    if (typed === "\n") return line === 0 ? [] : edits(document, line - 1, line - 1, token);
    return document.lineAt(line).text.trim() === "end" ? edits(document, line, line, token) : [];
  }
}

async function edits(
  document: vscode.TextDocument,
  from: number,
  to: number,
  token: vscode.CancellationToken,
): Promise<vscode.TextEdit[]> {
  const script = scriptOf(document);
  // A script that was cut at the line limit is left alone.
  if (maximumLines < script.lineCount) return [];
  const first = Math.max(0, from - linesAround);
  const lines = [...linesOf(script, first, Math.min(script.lineCount, to + 1 + linesAround))];
  const above = depthBehind(linesOf(script, 0, first));
  const formatted = await runYielding(formatLines(lines, readSettings(document), above), token);
  return (formatted ?? []).flatMap((text, index) => {
    const line = first + index;
    const before = lines[index];
    return before === undefined || text === before || line < from || to < line
      ? []
      : [vscode.TextEdit.replace(rangeOf(line, 0, before.length), text)];
  });
}

function* linesOf(script: ProgramDocument, from: number, to: number): IterableIterator<string> {
  for (let line = from; line < to; line++) yield script.lineAt(line);
}
