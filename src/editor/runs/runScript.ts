import * as vscode from "vscode";
import type { Program } from "../../language/parsing/syntax";
import type { StepRecord } from "../../machine/records/records";
import { readSettings } from "../host/settings";
import { Run } from "./Run";
import { runInSlices, type RunOutcome } from "./runSlices";
import { sliceHost, sliceMilliseconds } from "./sliceHost";

/** The place of a script that is in no document. */
const nowhere = vscode.Uri.from({ scheme: "untitled" });

/** Runs a script once to its end or its limits, in slices, with the settings that apply to `scope`. */
export async function runScript(
  program: Program,
  scope: vscode.Uri | undefined,
  token: vscode.CancellationToken,
  options: { readonly overrides?: ReadonlyMap<string, string>; readonly onStep?: (record: StepRecord) => void } = {},
): Promise<{ readonly run: Run; readonly outcome: RunOutcome }> {
  const { History } = await import("../../machine/run/History");
  const { limits } = readSettings(scope);
  const history = new History(program, { limits, overrides: options.overrides ?? new Map() });
  const outcome = await runInSlices(
    history,
    // The machine stops at its own limit of steps; only the user ends a run before it.
    { steps: Number.MAX_SAFE_INTEGER, milliseconds: Number.MAX_SAFE_INTEGER, sliceMilliseconds },
    sliceHost(token),
    () => undefined,
    options.onStep,
  );
  return { run: new Run(scope ?? nowhere, () => program.lines.join("\n"), history), outcome };
}
