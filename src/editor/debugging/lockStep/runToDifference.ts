import * as vscode from "vscode";
import { drive } from "../../../language/coroutines";
import { LockStep, type LockStepResult } from "../../../machine/compare/LockStep";
import { withProgress } from "../../commands/progress";
import type { SessionRuns } from "../../runs/SessionRuns";
import { travelBoth, type Pair } from "./pair";
import { resultText } from "./text";

/** The result of the command. */
export interface Told {
  readonly result: LockStepResult;
  /** The message that was shown. */
  readonly text: string;
}

/**
 * Finds the next step at which the two sessions differ, on separate machines, and takes both to the position after that
 * step, where its effects can be seen. Undefined when cancelled; the sessions then stay where they are.
 */
export async function runToDifference(live: SessionRuns, pair: Pair): Promise<Told | undefined> {
  const { left, right } = pair;
  const title = vscode.l10n.t("Running {0} and {1} to their first difference", left.session.name, right.session.name);
  const lockStep = new LockStep(left.run, right.run, pair.position);
  const result = await withProgress(title, (host) => drive(lockStep.run(), host));
  if (result === undefined) return undefined;
  await travelBoth(live, pair, result.kind === "same" ? result.steps : result.difference.step);
  const text = resultText(result, left.session.name, right.session.name, pair.position);
  vscode.debug.activeDebugConsole.appendLine(text);
  void vscode.window.showInformationMessage(text);
  return { result, text };
}
