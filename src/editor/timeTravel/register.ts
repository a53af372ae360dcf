import * as vscode from "vscode";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { commandIds, inUseContext, viewIds } from "../host/ids";
import { loadedOnce } from "../host/loadedOnce";
import type { SessionRuns } from "../runs/SessionRuns";
import type { Inspector } from "../panel/register";
import { timeCommands } from "./commands";
import { LazyTree } from "./LazyTree";

/** Time that changes may gather before the Memory view is drawn again. */
const gatherMilliseconds = 60;

/** Travel through runs, the History view and the Memory view. */
export function registerTime(
  { workspaceState }: vscode.ExtensionContext,
  runs: BackgroundRuns,
  live: SessionRuns,
  inspector: Inspector,
): vscode.Disposable {
  const load = loadedOnce(async () => {
    const { TimeTravel } = await import("./TimeTravel");
    return new TimeTravel(runs, live, inspector, workspaceState, {
      historyChanged: () => history.update(),
      momentChanged: () => memoryMayDiffer(),
    });
  });
  const memory = new LazyTree(async () => (await load()).memory);
  const history = new LazyTree(async () => (await load()).history);

  let timer: ReturnType<typeof setTimeout> | undefined;
  const memoryMayDiffer = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      memory.update();
    }, gatherMilliseconds);
  };

  // The views belong to windows with scripts, in which alone the extension is activated.
  void vscode.commands.executeCommand("setContext", inUseContext, true);
  return vscode.Disposable.from(
    memory,
    history,
    { dispose: () => clearTimeout(timer) },
    vscode.window.createTreeView(viewIds.memory, { treeDataProvider: memory, showCollapseAll: true }),
    vscode.window.createTreeView(viewIds.history, { treeDataProvider: history, showCollapseAll: true }),
    ...timeCommands.map((name) =>
      vscode.commands.registerCommand(commandIds[name], async (argument: unknown): Promise<unknown> => {
        const { commands } = await load();
        return commands[name](argument);
      }),
    ),
    runs.onDidRun(memoryMayDiffer),
    live.onDidChange(memoryMayDiffer),
    inspector.onDidChange(memoryMayDiffer),
    vscode.window.onDidChangeActiveTextEditor(memoryMayDiffer),
    vscode.window.onDidChangeTextEditorSelection(memoryMayDiffer),
  );
}
