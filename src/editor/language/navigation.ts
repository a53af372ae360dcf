import * as vscode from "vscode";
import { tokenAt, type SourceToken } from "../../language/queries";
import { isReserved } from "../../language/vocabulary";
import { isSymbolKind, occurrencesOf, type Occurrence, type SymbolKind } from "../../language/symbols";
import { rangeOf } from "../positions";
import { programOf } from "../programs";

/** The name under the cursor and every place where it stands; undefined where no name stands. */
function symbolUnder(
  document: vscode.TextDocument,
  position: vscode.Position,
):
  | {
      readonly token: SourceToken;
      readonly name: string;
      readonly kind: SymbolKind;
      readonly occurrences: readonly Occurrence[];
    }
  | undefined {
  const program = programOf(document);
  const token = tokenAt(program, position.line, position.character);
  if (token === undefined || !isSymbolKind(token.kind)) return undefined;
  const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(token.text)?.[0];
  if (name === undefined) return undefined;
  const occurrences = occurrencesOf(program, name, token.kind);
  return occurrences.length === 0 ? undefined : { token, name, kind: token.kind, occurrences };
}

function locationOf(document: vscode.TextDocument, { line, span }: Occurrence): vscode.Location {
  return new vscode.Location(document.uri, rangeOf(line, span.start, span.end));
}

/** Goes to where a handle, loop variable, heap or pool was bound last before the cursor, else to its first binding. */
export class DefinitionProvider implements vscode.DefinitionProvider {
  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.Location | undefined {
    const definitions = symbolUnder(document, position)?.occurrences.filter(({ role }) => role === "definition") ?? [];
    const before = definitions.filter(({ line }) => line < position.line).at(-1);
    const target = before ?? definitions.at(0);
    return target === undefined ? undefined : locationOf(document, target);
  }
}

export class ReferenceProvider implements vscode.ReferenceProvider {
  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.ReferenceContext,
  ): vscode.Location[] {
    const occurrences = symbolUnder(document, position)?.occurrences ?? [];
    return occurrences
      .filter(({ role }) => context.includeDeclaration || role === "reference")
      .map((occurrence) => locationOf(document, occurrence));
  }
}

export class HighlightProvider implements vscode.DocumentHighlightProvider {
  provideDocumentHighlights(document: vscode.TextDocument, position: vscode.Position): vscode.DocumentHighlight[] {
    const occurrences = symbolUnder(document, position)?.occurrences ?? [];
    return occurrences.map(({ line, span, role }) => {
      const kind = role === "definition" ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
      return new vscode.DocumentHighlight(rangeOf(line, span.start, span.end), kind);
    });
  }
}

export class RenameProvider implements vscode.RenameProvider {
  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const symbol = symbolUnder(document, position);
    if (symbol === undefined) {
      throw new Error(vscode.l10n.t("Only handles, loop variables, heaps and pools can be renamed."));
    }
    const { start } = symbol.token.span;
    return { range: rangeOf(position.line, start, start + symbol.name.length), placeholder: symbol.name };
  }

  provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): vscode.WorkspaceEdit | undefined {
    const symbol = symbolUnder(document, position);
    if (symbol === undefined) return undefined;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName) || isReserved(newName)) {
      throw new Error(vscode.l10n.t("'{0}' cannot be a name: use letters, digits and _, and no verb.", newName));
    }
    if (newName !== symbol.name && occurrencesOf(programOf(document), newName, symbol.kind).length > 0) {
      throw new Error(vscode.l10n.t("'{0}' is a name of this script already.", newName));
    }
    const edit = new vscode.WorkspaceEdit();
    for (const { line, span } of symbol.occurrences) {
      edit.replace(document.uri, rangeOf(line, span.start, span.end), newName);
    }
    return edit;
  }
}
