import * as vscode from "vscode";
import { tokensOfLine } from "../../language/queries";
import { countInOrder } from "../../language/placed";
import { symbolsInTurns } from "../../language/symbols";
import type { DocumentRun, DocumentRuns } from "../documentRuns";
import { handleStatesOf } from "../handleStatesOf";
import { inTurns } from "../sliceHost";

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
    return inTurns(tokensOf(run), token);
  }
}

/** Lines looked at between two pauses. */
const linesPerPause = 128;

/** In slices, because a long script has as many lines to look at as its run has steps. */
function* tokensOf(run: DocumentRun): Generator<undefined, vscode.SemanticTokens, undefined> {
  const states = yield* handleStatesOf(run);
  yield* symbolsInTurns(run.program);
  const builder = new vscode.SemanticTokensBuilder(semanticLegend);
  const { lineOf } = run.program;
  for (let index = 0, count = countInOrder(run.program); index < count; index++) {
    if (index % linesPerPause === 0) yield;
    const line = lineOf[index];
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
