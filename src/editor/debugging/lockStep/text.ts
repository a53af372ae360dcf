import * as vscode from "vscode";
import type { Contrast, LockStepResult, StepDifference } from "../../../machine/compare/LockStep";

/** Where two sessions part and in what, in one line; `from` is the step behind which it was looked for. */
export function resultText(result: LockStepResult, left: string, right: string, from: number): string {
  if (result.kind === "same") {
    if (from === 0) {
      return vscode.l10n.t("{0} and {1} do not differ up to their end, step {2}.", left, right, result.steps);
    }
    return vscode.l10n.t("{0} and {1} do not differ again up to their end, step {2}.", left, right, result.steps);
  }
  const { difference } = result;
  const contrasts = difference.contrasts.map((contrast) =>
    vscode.l10n.t("{0}: {1} | {2}", nameOf(contrast), contrast.left, contrast.right),
  );
  return vscode.l10n.t(
    "Step {0}, {1}: {2} | {3} differ. {4}",
    difference.step,
    placeOf(difference),
    left,
    right,
    contrasts.join("; "),
  );
}

function placeOf({ leftLine, rightLine }: StepDifference): string {
  if (leftLine === null || rightLine === null || leftLine === rightLine) {
    return vscode.l10n.t("line {0}", (leftLine ?? rightLine ?? 0) + 1);
  }
  return vscode.l10n.t("lines {0} | {1}", leftLine + 1, rightLine + 1);
}

function nameOf({ what }: Contrast): string {
  switch (what) {
    case "statement":
      return vscode.l10n.t("statement");
    case "result":
      return vscode.l10n.t("result");
    case "problems":
      return vscode.l10n.t("problems");
    case "used":
      return vscode.l10n.t("used bytes");
    case "freeBlocks":
      return vscode.l10n.t("free blocks");
    case "largestFree":
      return vscode.l10n.t("largest free block");
    case "searched":
      return vscode.l10n.t("blocks searched");
    case "faults":
      return vscode.l10n.t("page faults");
  }
}
