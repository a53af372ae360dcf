import type { Work } from "../../language/coroutines";
import * as vscode from "vscode";
import { tokensOfLine } from "../../language/services/queries";
import { roomFor } from "../../engine/columns";
import { countInOrder } from "../../language/parsing/statementsByLine";
import { symbolsYielding } from "../../language/services/symbols";
import type { DocumentRun } from "../runs/DocumentRun";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { handleStatesOf } from "../runs/handleStatesOf";
import { runYielding } from "../runs/editorHost";

const modifiers = ["live", "leaked", "freed", "moved"] as const;
export const semanticLegend = new vscode.SemanticTokensLegend(["variable"], [...modifiers]);

/** Colours each handle by what it is once its line has run: live, about to leak, freed, or moved away. */
export class SemanticTokensProvider implements vscode.DocumentSemanticTokensProvider {
  readonly onDidChangeSemanticTokens: vscode.Event<void>;

  constructor(private readonly runs: BackgroundRuns) {
    this.onDidChangeSemanticTokens = runs.onDidSettle;
  }

  async provideDocumentSemanticTokens(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.SemanticTokens | undefined> {
    const run = await this.runs.settled(document, token);
    if (run === undefined) return undefined;
    return runYielding(tokensOf(run), token);
  }
}

/** Lines looked at between two yields. */
const linesPerPause = 128;

/** In slices, because a long script has as many lines to look at as its run has steps. */
function* tokensOf(run: DocumentRun): Work<vscode.SemanticTokens> {
  const states = yield* handleStatesOf(run);
  yield* symbolsYielding(run.program);
  const tokens = new TokenList();
  for (const [index, line] of run.program.lineOf.slice(0, countInOrder(run.program)).entries()) {
    if (index % linesPerPause === 0) yield;
    const step = run.lineSteps.lastOn(line);
    if (step === 0) continue;
    for (const { kind, text, span } of tokensOfLine(run.program, line)) {
      if (kind !== "handle") continue;
      const name = /^\w+/.exec(text)?.[0] ?? "";
      const state = states.stateAt(name, step);
      if (state !== undefined) tokens.push(line, span.start, name.length, 1 << modifiers.indexOf(state));
    }
  }
  return tokens.build();
}

/** Numbers of a token, as the interface wants them: line and column from the token before on, length, type, modifiers. */
const numbersPerToken = 5;

/** Tokens of one type in the order of the text, encoded as they come: VS Code's own builder takes them in any order, for a price. */
class TokenList {
  private numbers = new Uint32Array(256 * numbersPerToken);
  private length = 0;
  private line = 0;
  private column = 0;

  push(line: number, column: number, length: number, modifierBits: number): void {
    const at = this.length;
    this.length += numbersPerToken;
    this.numbers = roomFor(this.numbers, this.length);
    const { numbers } = this;
    numbers[at] = line - this.line;
    numbers[at + 1] = line === this.line ? column - this.column : column;
    numbers[at + 2] = length;
    numbers[at + 4] = modifierBits;
    this.line = line;
    this.column = column;
  }

  build(): vscode.SemanticTokens {
    return new vscode.SemanticTokens(this.numbers.slice(0, this.length));
  }
}
