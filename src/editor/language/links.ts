import * as vscode from "vscode";
import { problemIds } from "../../language/problemIds";
import { symbolsOf } from "../../language/symbols";
import { rangeOf } from "../positions";
import { programOf } from "../programs";

/** From the id in `expect problem ID` to what the problem is. */
export class ProblemLinkProvider implements vscode.DocumentLinkProvider {
  constructor(private readonly problemsPage: vscode.Uri) {}

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    const links: vscode.DocumentLink[] = [];
    for (const { verb, line, operands } of symbolsOf(programOf(document)).statements.values()) {
      const problem =
        verb === "expect" ? Object.entries(operands).find(([name]) => name === "problem")?.[1] : undefined;
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
