import type * as vscode from "vscode";
import { activateEditor } from "./editor/activate";
import { api } from "./editor/api";
import { disposeLog } from "./editor/host/log";
import { type Exports, lectureNotes } from "./editor/markdown/lectureNotes";

/** Entry of the desktop and remote extension host. */
export function activate(context: vscode.ExtensionContext): Exports {
  activateEditor(context);
  return { ...api, extendMarkdownIt: lectureNotes() };
}

export function deactivate(): void {
  disposeLog();
}
