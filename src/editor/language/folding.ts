import * as vscode from "vscode";
import { foldsOf, type Fold } from "../../language/services/folding";
import { programYielding } from "./programs";
import { runYielding } from "../runs/editorHost";

const kinds: Readonly<Record<Fold["kind"], vscode.FoldingRangeKind | undefined>> = {
  loop: undefined,
  comment: vscode.FoldingRangeKind.Comment,
  region: vscode.FoldingRangeKind.Region,
};

export class FoldingProvider implements vscode.FoldingRangeProvider {
  async provideFoldingRanges(
    document: vscode.TextDocument,
    _context: vscode.FoldingContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.FoldingRange[] | undefined> {
    const program = await programYielding(document, token);
    const folds = program && (await runYielding(foldsOf(program), token));
    return folds?.map(({ kind, start, end }) => new vscode.FoldingRange(start, end, kinds[kind]));
  }
}
