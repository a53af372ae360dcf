import * as vscode from "vscode";
import { selectionSteps } from "../../language/services/selection";
import { rangeOf } from "../host/positions";
import { namedProgram } from "./programs";

/** Expand Selection: from the token to the file. */
export class SelectionProvider implements vscode.SelectionRangeProvider {
  async provideSelectionRanges(
    document: vscode.TextDocument,
    positions: vscode.Position[],
    token: vscode.CancellationToken,
  ): Promise<vscode.SelectionRange[]> {
    const program = await namedProgram(document, token);
    if (program === undefined) return [];
    return positions.map((position) => {
      const steps = selectionSteps(program, position.line, position.character).map((step) =>
        step.kind === "within"
          ? rangeOf(step.line, step.span.start, step.span.end)
          : document.validateRange(new vscode.Range(step.line, 0, step.endLine, Number.MAX_SAFE_INTEGER)),
      );
      const outer = steps.reduceRight<vscode.SelectionRange | undefined>(
        (parent, range) => (parent?.range.isEqual(range) === true ? parent : new vscode.SelectionRange(range, parent)),
        undefined,
      );
      return outer ?? new vscode.SelectionRange(new vscode.Range(position, position));
    });
  }
}
