import type * as vscode from "vscode";
import { activateEditor } from "./editor/activate";
import { api, type MemScriptApi } from "./editor/api";
import { disposeLog } from "./editor/host/log";

/** Entry of the desktop and remote extension host. */
export function activate(context: vscode.ExtensionContext): MemScriptApi {
  activateEditor(context);
  return api;
}

export function deactivate(): void {
  disposeLog();
}
