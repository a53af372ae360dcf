import * as vscode from "vscode";
import type { DocumentRuns } from "../documentRuns";
import { inUseContext } from "../ids";
import type { LiveRuns } from "../liveRuns";
import type { Inspector } from "../panel/register";
import { registerHistoryView } from "./historyView";
import { registerMemoryTree } from "./memoryTree";
import { Moments } from "./Moments";
import { registerTravel } from "./travel";

/** Travel through runs, the History view and the Memory view. */
export function registerTime(
  { workspaceState }: vscode.ExtensionContext,
  runs: DocumentRuns,
  live: LiveRuns,
  inspector: Inspector,
): vscode.Disposable {
  const moments = new Moments(runs, live, inspector);
  // The views belong to windows in which somebody works on scripts: activation says so.
  void vscode.commands.executeCommand("setContext", inUseContext, true);
  return vscode.Disposable.from(
    registerTravel(moments),
    registerHistoryView(moments, workspaceState),
    registerMemoryTree(moments, runs, live, inspector),
  );
}
