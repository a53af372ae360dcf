import * as vscode from "vscode";
import { foldsOf, type Fold } from "../../language/folding";
import { programOf } from "../programs";

const kinds: Readonly<Record<Fold["kind"], vscode.FoldingRangeKind | undefined>> = {
  loop: undefined,
  comment: vscode.FoldingRangeKind.Comment,
  region: vscode.FoldingRangeKind.Region,
};

export class FoldingProvider implements vscode.FoldingRangeProvider {
  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return foldsOf(programOf(document)).map(({ kind, start, end }) => new vscode.FoldingRange(start, end, kinds[kind]));
  }
}
