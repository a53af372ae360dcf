import * as vscode from "vscode";
import { LockStep, type LockStepResult } from "../../../machine/compare/LockStep";
import { sliceMilliseconds, withProgress, type Progress } from "../../commands/progress";
import type { SessionRuns } from "../../runs/SessionRuns";
import { travelBoth, type Pair } from "./pair";
import { resultText } from "./text";

const sliceSteps = 200;

/** What a caller of the command is given. */
export interface Told {
  readonly result: LockStepResult;
  /** The message that was shown. */
  readonly text: string;
}

/**
 * Finds the next step at which the two sessions differ, on machines of its own, and takes both there: after that step,
 * where what it did can be seen. Undefined when cancelled; the sessions then stand where they stood.
 */
export async function runToDifference(live: SessionRuns, pair: Pair): Promise<Told | undefined> {
  const { left, right } = pair;
  const title = vscode.l10n.t("Running {0} and {1} to their first difference", left.session.name, right.session.name);
  const result = await withProgress(title, (progress) => search(pair, progress));
  if (result === undefined) return undefined;
  await travelBoth(live, pair, result.kind === "same" ? result.steps : result.difference.step);
  const text = resultText(result, left.session.name, right.session.name, pair.position);
  vscode.debug.activeDebugConsole.appendLine(text);
  void vscode.window.showInformationMessage(text);
  return { result, text };
}

/** The limits of steps of both runs are its budget. */
async function search({ left, right, position }: Pair, progress: Progress): Promise<LockStepResult | undefined> {
  const lockStep = new LockStep(left.run, right.run, position);
  const most = Math.max(left.run.options.limits.steps, right.run.options.limits.steps);
  let sliceEnd = performance.now() + sliceMilliseconds;
  for (;;) {
    const result = lockStep.advance(sliceSteps);
    if (result !== null) return result;
    if (performance.now() < sliceEnd) continue;
    progress.report(lockStep.position / most);
    if (await progress.isCancelled()) return undefined;
    sliceEnd = performance.now() + sliceMilliseconds;
  }
}
