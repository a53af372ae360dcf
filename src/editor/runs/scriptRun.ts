import type * as vscode from "vscode";
import type { Program } from "../../language/parsing/syntax";
import type { History } from "../../machine/run/History";
import type { StepRecord } from "../../machine/records/records";
import { runInSlices, type RunOutcome } from "./runSlices";
import { readSettings } from "../host/settings";
import { sliceHost, sliceMilliseconds } from "./sliceHost";

/** What came of running a script once, apart from any editor. */
export interface ScriptRun {
  readonly history: History;
  readonly outcome: RunOutcome;
}

/** Runs a script to its end or its limits, in slices, with the settings that apply to `scope`. */
export async function runScript(
  program: Program,
  scope: vscode.Uri | undefined,
  token: vscode.CancellationToken,
  options: { readonly overrides?: ReadonlyMap<string, string>; readonly onStep?: (record: StepRecord) => void } = {},
): Promise<ScriptRun> {
  const { History } = await import("../../machine/run/History");
  const { limits } = readSettings(scope);
  const history = new History(program, { limits, overrides: options.overrides ?? new Map() });
  const outcome = await runInSlices(
    history,
    // The machine stops by itself at the limit of steps; here only the user ends a run early.
    { steps: Number.MAX_SAFE_INTEGER, milliseconds: Number.MAX_SAFE_INTEGER, sliceMilliseconds },
    sliceHost(token),
    () => undefined,
    options.onStep,
  );
  return { history, outcome };
}
