import * as vscode from "vscode";
import { symbolsOf, type ProgramSymbol } from "../../language/symbols";
import { rangeOf } from "../positions";
import { programOf } from "../programs";

const kinds: Readonly<Record<ProgramSymbol["kind"], vscode.SymbolKind>> = {
  handle: vscode.SymbolKind.Variable,
  variable: vscode.SymbolKind.Constant,
  region: vscode.SymbolKind.Module,
  process: vscode.SymbolKind.Namespace,
  area: vscode.SymbolKind.Field,
};

/** The outline: heaps, pools, handles and loop variables at their first binding, in the order of the script. */
export class SymbolProvider implements vscode.DocumentSymbolProvider {
  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    const symbols: vscode.DocumentSymbol[] = [];
    for (const { name, kind, occurrences } of symbolsOf(programOf(document)).symbols.values()) {
      const definition = occurrences.find(({ role }) => role === "definition");
      if (definition === undefined) continue;
      const { line, span, statement } = definition;
      const whole = rangeOf(line, Math.min(statement.span.start, span.start), Math.max(statement.span.end, span.end));
      symbols.push(
        new vscode.DocumentSymbol(name, statement.text, kinds[kind], whole, rangeOf(line, span.start, span.end)),
      );
    }
    return symbols.sort((left, right) => left.range.start.compareTo(right.range.start));
  }
}
