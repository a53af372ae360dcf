import type * as vscode from "vscode";
import { activateEditor } from "./editor/activate";
import { api, type MemScriptApi } from "./editor/api";
import { disposeLog } from "./editor/host/log";
import { lectureNotes, type MarkdownIt } from "./editor/markdown/lectureNotes";

/** What `activate` returns: the interface for other extensions, and what VS Code's Markdown preview asks for. */
export interface Exports extends MemScriptApi {
  extendMarkdownIt(markdown: MarkdownIt): MarkdownIt;
}

/** Entry of the desktop and remote extension host. */
export function activate(context: vscode.ExtensionContext): Exports {
  activateEditor(context);
  return { ...api, extendMarkdownIt: lectureNotes() };
}

export function deactivate(): void {
  disposeLog();
}
