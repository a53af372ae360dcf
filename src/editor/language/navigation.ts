import * as vscode from "vscode";
import { isChange } from "../../language/services/effects";
import { nameableAt, refusalOf, type Nameable, type RenameRefusal } from "../../language/services/rename";
import type { Occurrence } from "../../language/services/ProgramSymbol";
import type { Program } from "../../language/parsing/syntax";
import { statisticNames } from "../../machine/inspect/statisticTable";
import { rangeOf } from "../host/positions";
import { namedProgram } from "./programs";

/** The name at a position and every place where it stands; undefined where none stands that the script gives. */
async function nameableUnder(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  token: vscode.CancellationToken,
): Promise<Nameable | undefined> {
  const program = await namedProgram(document, token);
  const found = program && nameableAt(program, line, character);
  return found !== undefined && "symbol" in found ? found : undefined;
}

function locationOf(document: vscode.TextDocument, { line, span }: Occurrence): vscode.Location {
  return new vscode.Location(document.uri, rangeOf(line, span.start, span.end));
}

/** Goes to where a handle, loop variable, heap or pool was bound last before the cursor, else to its first binding. */
export class DefinitionProvider implements vscode.DefinitionProvider {
  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location | undefined> {
    const nameable = await nameableUnder(document, position, token);
    const definitions = nameable?.symbol.occurrences.filter(({ role }) => role === "definition") ?? [];
    const before = definitions.filter(({ line }) => line < position.line).at(-1);
    const target = before ?? definitions.at(0);
    return target === undefined ? undefined : locationOf(document, target);
  }
}

export class ReferenceProvider implements vscode.ReferenceProvider {
  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[]> {
    const nameable = await nameableUnder(document, position, token);
    return (nameable?.symbol.occurrences ?? [])
      .filter(({ role }) => context.includeDeclaration || role === "reference")
      .map((occurrence) => locationOf(document, occurrence));
  }
}

/** Places above and below the cursor that are highlighted: a name may stand in every line of a long script. */
const highlightsAround = 1000;

/** Where the name is bound or what it names is changed as written, everything else as read. */
export class HighlightProvider implements vscode.DocumentHighlightProvider {
  async provideDocumentHighlights(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentHighlight[]> {
    const nameable = await nameableUnder(document, position, token);
    return (nameable?.symbol.around(position.line, highlightsAround) ?? []).map((occurrence) => {
      const { line, span } = occurrence;
      const kind = isChange(occurrence) ? vscode.DocumentHighlightKind.Write : vscode.DocumentHighlightKind.Read;
      return new vscode.DocumentHighlight(rangeOf(line, span.start, span.end), kind);
    });
  }
}

/** Renames what the script names, in all its lines; refuses with the reason. */
export class RenameProvider implements vscode.RenameProvider {
  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<{ range: vscode.Range; placeholder: string } | undefined> {
    const program = await namedProgram(document, token);
    if (program === undefined) return undefined;
    const { name, span } = nameableOrRefuse(program, position);
    return { range: rangeOf(position.line, span.start, span.end), placeholder: name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const program = await namedProgram(document, token);
    if (program === undefined) return undefined;
    const nameable = nameableOrRefuse(program, position);
    const refusal = refusalOf(program, nameable, newName, statistics);
    if (refusal !== null) throw new Error(refusalText(refusal));
    const edit = new vscode.WorkspaceEdit();
    for (const { line, span } of nameable.symbol.occurrences) {
      edit.replace(document.uri, rangeOf(line, span.start, span.end), newName);
    }
    return edit;
  }
}

const statistics: ReadonlySet<string> = new Set(statisticNames);

function nameableOrRefuse(program: Program, { line, character }: vscode.Position): Nameable {
  const found = nameableAt(program, line, character);
  if ("symbol" in found) return found;
  throw new Error(refusalText(found));
}

function refusalText(refusal: RenameRefusal): string {
  switch (refusal.kind) {
    case "no-name":
      return vscode.l10n.t(
        "Only names that the script gives can be renamed: of handles, loops, heaps, pools, caches, processes and regions.",
      );
    case "given":
      return vscode.l10n.t("'{0}' is not named by a line of this script, so it cannot be renamed.", refusal.name);
    case "bad-name":
      return vscode.l10n.t("'{0}' cannot be a name: use letters, digits and _, and no verb.", refusal.name);
    case "statistic":
      return vscode.l10n.t("'{0}' is a statistic: conditions could no longer ask for it.", refusal.name);
    case "taken":
      return vscode.l10n.t("'{0}' is a name of this script already.", refusal.name);
    case "unread-line":
      return vscode.l10n.t("Line {1} has a mistake and holds '{0}': mend it first.", refusal.name, refusal.line + 1);
  }
}
