import * as vscode from "vscode";
import type { Program } from "../../language/parsing/syntax";
import type { StepRecord } from "../../machine/records/records";
import { readSettings } from "../host/settings";
import { Run } from "./Run";
import { drive } from "../../language/coroutines";
import { editorHost } from "./editorHost";
import { runHistory } from "./runHistory";

/** The URI of a script without a document. */
const nowhere = vscode.Uri.from({ scheme: "untitled" });

/** The machine stops at its own limit of steps; only the user ends a run before it. */
const unlimited = { steps: Infinity, isTimeUp: () => false };

/** Runs a script once to its end or its limits, with the settings that apply to `scope`; undefined when cancelled. */
export async function runScript(
  program: Program,
  scope: vscode.Uri | undefined,
  token: vscode.CancellationToken,
  options: { readonly overrides?: ReadonlyMap<string, string>; readonly onRecord?: (record: StepRecord) => void } = {},
): Promise<Run | undefined> {
  const { History } = await import("../../machine/run/History");
  const { limits } = readSettings(scope);
  const history = new History(program, { limits, overrides: options.overrides ?? new Map() });
  const outcome = await drive(runHistory(history, unlimited, options), editorHost(token));
  return outcome && new Run(scope ?? nowhere, () => program.lines.join("\n"), history);
}
