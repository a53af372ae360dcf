import * as vscode from "vscode";
import { tokensOfLine } from "../../language/queries";
import { symbolsOf } from "../../language/symbols";
import type { DocumentRuns } from "../documentRuns";
import { handleStatesOf } from "../handleStatesOf";

const modifiers = ["live", "leaked", "freed", "moved"] as const;
export const semanticLegend = new vscode.SemanticTokensLegend(["variable"], [...modifiers]);

/** Colours each handle by what it is once its line has run: live, about to leak, freed, or moved away. */
export class SemanticTokensProvider implements vscode.DocumentSemanticTokensProvider {
  readonly onDidChangeSemanticTokens: vscode.Event<void>;

  constructor(private readonly runs: DocumentRuns) {
    this.onDidChangeSemanticTokens = runs.onDidSettle;
  }

  async provideDocumentSemanticTokens(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.SemanticTokens | undefined> {
    const run = await this.runs.settled(document, token);
    if (run === undefined) return undefined;
    const states = handleStatesOf(run);
    const builder = new vscode.SemanticTokensBuilder(semanticLegend);
    const lines = [...symbolsOf(run.program).statements.keys()].sort((left, right) => left - right);
    for (const line of lines) {
      const step = run.lineSteps.lastOn(line);
      if (step === 0) continue;
      for (const { kind, text, span } of tokensOfLine(run.program, line)) {
        if (kind !== "handle") continue;
        const name = /^\w+/.exec(text)?.[0] ?? "";
        const state = states.stateAt(name, step);
        if (state !== undefined) builder.push(line, span.start, name.length, 0, 1 << modifiers.indexOf(state));
      }
    }
    return builder.build();
  }
}
