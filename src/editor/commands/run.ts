import * as vscode from "vscode";
import { configurationFor } from "../debugging/debugConfiguration";
import { DocumentRuns } from "../runs/documentRuns";
import { commandIds, debugType } from "../host/ids";
import type { LiveRuns } from "../runs/liveRuns";

/** The script that a command means: the one clicked, or the one in the active editor. */
export async function scriptFor(argument: unknown): Promise<vscode.TextDocument | undefined> {
  if (argument instanceof vscode.Uri) return vscode.workspace.openTextDocument(argument);
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined && DocumentRuns.handles(document)) return document;
  // A click in the panel leaves no text editor active: a visible script is meant.
  const visible = vscode.window.visibleTextEditors.find((editor) => DocumentRuns.handles(editor.document));
  return visible?.document ?? scriptBehind();
}

/** The script of a tab that another tab covers, such as the walkthrough whose button was clicked; the last tab when there are many. */
function scriptBehind(): vscode.TextDocument | undefined {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const inputs = [activeTabGroup, ...all].flatMap(({ tabs }) => tabs.map(({ input }) => input).reverse());
  const texts = inputs.filter((input) => input instanceof vscode.TabInputText);
  const keys = texts.map(({ uri }) => uri.toString());
  const scripts = vscode.workspace.textDocuments.filter((document) => DocumentRuns.handles(document));
  return keys.map((key) => scripts.find(({ uri }) => uri.toString() === key)).find((script) => script !== undefined);
}

async function offerExample(): Promise<void> {
  const open = vscode.l10n.t("Open an Example");
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."), open);
  if (chosen === open) await vscode.commands.executeCommand(commandIds.openExample);
}

export function registerRunCommands(live: LiveRuns): vscode.Disposable {
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
