import * as vscode from "vscode";
import { programOf } from "../programs";

/** Folds `repeat` … `end` and runs of comment lines. */
export class FoldingProvider implements vscode.FoldingRangeProvider {
  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    const program = programOf(document);
    const ranges: vscode.FoldingRange[] = [];
    const open: number[] = [];
    for (const { kind, statement } of program.instructions) {
      if (kind === "repeat") open.push(statement.line);
      if (kind !== "end") continue;
      const start = open.pop();
      // The line of `end` stays visible below the folded body.
      if (start !== undefined && start + 1 < statement.line)
        ranges.push(new vscode.FoldingRange(start, statement.line - 1));
    }
    let first = -1;
    for (let line = 0; line <= program.lines.length; line++) {
      if (/^\s*#/.test(program.lines[line] ?? "")) {
        if (first === -1) first = line;
        continue;
      }
      if (first !== -1 && first + 1 < line) {
        ranges.push(new vscode.FoldingRange(first, line - 1, vscode.FoldingRangeKind.Comment));
      }
      first = -1;
    }
    return ranges;
  }
}
