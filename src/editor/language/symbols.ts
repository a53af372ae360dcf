import * as vscode from "vscode";
import { lastLineOf, outlineOf, type OutlineNode } from "../../language/outline";
import { rangeOf } from "../positions";
import { programOf } from "../programs";

const kinds: Readonly<Record<OutlineNode["kind"], vscode.SymbolKind>> = {
  handle: vscode.SymbolKind.Variable,
  variable: vscode.SymbolKind.Constant,
  region: vscode.SymbolKind.Module,
  process: vscode.SymbolKind.Namespace,
  area: vscode.SymbolKind.Field,
  vm: vscode.SymbolKind.Class,
};

/** The outline: heaps and pools with their blocks, virtual memory with its processes and their regions, sizes behind. */
export class SymbolProvider implements vscode.DocumentSymbolProvider {
  provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
    return outlineOf(programOf(document)).map(symbolOf);
  }
}

function symbolOf(node: OutlineNode): vscode.DocumentSymbol {
  const { name, kind, detail, line, span, statement, children } = node;
  const own = rangeOf(line, Math.min(statement.span.start, span.start), Math.max(statement.span.end, span.end));
  // Containers reach to the last line of what is in them: a cursor there finds its way down through them.
  const last = lastLineOf(node);
  const whole = last === line ? own : own.union(new vscode.Range(last + 1, 0, last + 1, 0));
  const symbol = new vscode.DocumentSymbol(name, detail, kinds[kind], whole, rangeOf(line, span.start, span.end));
  symbol.children = children.map(symbolOf);
  return symbol;
}
