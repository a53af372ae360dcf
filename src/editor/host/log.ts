import * as vscode from "vscode";

let channel: vscode.LogOutputChannel | undefined;

/** The extension's log, created when it is first needed; its level is the user's choice in the Output view. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel("MemScript", { log: true });
  return channel;
}

export function disposeLog(): void {
  channel?.dispose();
  channel = undefined;
}

/** What went wrong, as text for people. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
