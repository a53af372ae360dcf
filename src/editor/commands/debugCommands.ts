import * as vscode from "vscode";
import { configurationFor } from "../debugging/debugConfiguration";
import { scriptFor } from "../host/scripts";
import { commandIds, debugType } from "../host/ids";
import type { SessionRuns } from "../runs/SessionRuns";

async function offerExample(): Promise<void> {
  const open = vscode.l10n.t("Open an Example");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."), open);
  if (chosen === open) await vscode.commands.executeCommand(commandIds.openExample);
}

export function registerDebugCommands(live: SessionRuns): vscode.Disposable {
  const start = async (argument: unknown, options: vscode.DebugSessionOptions, stopOnEntry: boolean): Promise<void> => {
    const document = await scriptFor(argument);
    if (document === undefined) {
      void offerExample();
      return;
    }
    await vscode.debug.startDebugging(
      vscode.workspace.getWorkspaceFolder(document.uri),
      configurationFor(document.uri, stopOnEntry),
      options,
    );
  };

  /** Steps the session of the script; with none, starts one that stops before the first line. */
  const step = async (command: string): Promise<void> => {
    if (vscode.debug.activeDebugSession?.type === debugType) {
      await vscode.commands.executeCommand(command);
      return;
    }
    const document = await scriptFor(undefined);
    if (document !== undefined && live.of(document.uri) !== undefined) {
      await vscode.commands.executeCommand(command);
      return;
    }
    await start(undefined, {}, true);
  };

  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.runFile, (uri: unknown) => start(uri, { noDebug: true }, false)),
    vscode.commands.registerCommand(commandIds.debugFile, (uri: unknown) => start(uri, {}, false)),
    vscode.commands.registerCommand(commandIds.stepLine, () => step("workbench.action.debug.stepOver")),
    vscode.commands.registerCommand(commandIds.stepBack, () => step("workbench.action.debug.stepBack")),
  );
}
