import * as vscode from "vscode";
import { traceEditorTypes } from "../host/ids";

/** The trace whose page is the active editor. */
export function openTrace(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom)) return undefined;
  return traceEditorTypes.some((type) => input.viewType.endsWith(type)) ? input.uri : undefined;
}
