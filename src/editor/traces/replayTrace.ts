import * as vscode from "vscode";
import { commandIds } from "../host/ids";

/** Turns a trace into a script and opens the Memory Inspector on it, where it can be played. */
export function registerReplayTrace(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.replayTrace, async (argument: unknown, options: unknown) => {
    const script = await vscode.commands.executeCommand<vscode.Uri | undefined>(
      commandIds.convertTrace,
      argument,
      options,
    );
    if (script === undefined) return undefined;
    await vscode.commands.executeCommand(commandIds.openInspector);
    return script;
  });
}
