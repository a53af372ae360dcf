import type { Work } from "../../language/coroutines";
import * as vscode from "vscode";
import { lastLineOf, outlineYielding, type OutlineNode } from "../../language/services/outline";
import type { Program } from "../../language/parsing/syntax";
import { rangeOf } from "../host/positions";
import { programYielding } from "./programs";
import { runYielding } from "../runs/editorHost";

const kinds: Readonly<Record<OutlineNode["kind"], vscode.SymbolKind>> = {
  handle: vscode.SymbolKind.Variable,
  variable: vscode.SymbolKind.Constant,
  region: vscode.SymbolKind.Module,
  process: vscode.SymbolKind.Namespace,
  area: vscode.SymbolKind.Field,
  vm: vscode.SymbolKind.Class,
};

/** Names told between two yields. */
const nodesPerPause = 128;

/** The outline: heaps and pools with their blocks, virtual memory with its processes and their regions, sizes behind. */
export class SymbolProvider implements vscode.DocumentSymbolProvider {
  async provideDocumentSymbols(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentSymbol[] | undefined> {
    const program = await programYielding(document, token);
    return program && runYielding(symbolsOf(program), token);
  }
}

function* symbolsOf(program: Program): Work<vscode.DocumentSymbol[]> {
  return yield* symbolsOfNodes(yield* outlineYielding(program));
}

/** In slices, because a long script has as many names to tell as it has allocations. */
function* symbolsOfNodes(nodes: readonly OutlineNode[]): Work<vscode.DocumentSymbol[]> {
  const symbols: vscode.DocumentSymbol[] = [];
  for (const node of nodes) {
    if (symbols.length % nodesPerPause === nodesPerPause - 1) yield;
    const symbol = symbolOf(node);
    symbol.children = yield* symbolsOfNodes(node.children);
    symbols.push(symbol);
  }
  return symbols;
}

function symbolOf(node: OutlineNode): vscode.DocumentSymbol {
  const { name, kind, detail, line, span, statement } = node;
  const own = rangeOf(line, Math.min(statement.span.start, span.start), Math.max(statement.span.end, span.end));
  // Containers reach to the last line of what is in them: a cursor there finds its way down through them.
  const last = lastLineOf(node);
  const whole = last === line ? own : own.union(new vscode.Range(last + 1, 0, last + 1, 0));
  return new vscode.DocumentSymbol(name, detail, kinds[kind], whole, rangeOf(line, span.start, span.end));
}
