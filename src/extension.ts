import type * as vscode from "vscode";
import { activateEditor } from "./editor/activate";
import { disposeLog } from "./editor/log";

/** Entry of the desktop and remote extension host. */
export function activate(context: vscode.ExtensionContext): void {
  activateEditor(context);
}

export function deactivate(): void {
  disposeLog();
}
