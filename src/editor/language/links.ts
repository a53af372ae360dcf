import * as vscode from "vscode";
import { problemIds } from "../../language/vocabulary/problemIds";
import { statementsYielding } from "../../language/parsing/statementsByLine";
import { rangeOf } from "../host/positions";
import { programYielding } from "./programs";
import { runYielding } from "../runs/editorHost";

/** From the id in `expect problem ID` to what the problem is. */
export class ProblemLinkProvider implements vscode.DocumentLinkProvider {
  constructor(private readonly problemsPage: vscode.Uri) {}

  async provideDocumentLinks(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentLink[]> {
    const links: vscode.DocumentLink[] = [];
    const program = await programYielding(document, token);
    const proofs =
      program &&
      (await runYielding(
        statementsYielding(program, ({ verb }) => verb === "expect"),
        token,
      ));
    for (const { line, statement } of proofs ?? []) {
      const problem = Object.entries(statement.operands).find(([name]) => name === "problem")?.[1];
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
