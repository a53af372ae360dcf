import * as vscode from "vscode";
import { problemIds } from "../../language/problemIds";
import { statementsInTurns } from "../../language/symbols";
import { rangeOf } from "../positions";
import { programOf } from "../programs";
import { inTurns } from "../sliceHost";

/** From the id in `expect problem ID` to what the problem is. */
export class ProblemLinkProvider implements vscode.DocumentLinkProvider {
  constructor(private readonly problemsPage: vscode.Uri) {}

  async provideDocumentLinks(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentLink[]> {
    const links: vscode.DocumentLink[] = [];
    const statements = await inTurns(statementsInTurns(programOf(document)), token);
    for (const [line, { verb, operands }] of statements ?? []) {
      if (verb !== "expect") continue;
      const problem = Object.entries(operands).find(([name]) => name === "problem")?.[1];
      if (problem?.kind !== "word" || !problemIds.includes(problem.word)) continue;
      const { start, end } = problem.span;
      const target = this.problemsPage.with({ fragment: problem.word });
      const link = new vscode.DocumentLink(rangeOf(line, start, end), target);
      link.tooltip = vscode.l10n.t("What {0} is", problem.word);
      links.push(link);
    }
    return links;
  }
}
