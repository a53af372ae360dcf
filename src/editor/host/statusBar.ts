import * as vscode from "vscode";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import { heapUseOf, type HeapUse } from "../runs/DocumentRun";
import { numberText } from "./numbers";
import { isScript } from "./scripts";
import { commandIds, settingKeys, settingsSection } from "./ids";
import type { SessionRuns } from "../runs/SessionRuns";

/** One short item: how much of the heaps is used and free, at the debugger's stop or at the end of the script. */
export function registerStatusBar(runs: BackgroundRuns, live: SessionRuns): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("memscript.heap", vscode.StatusBarAlignment.Right, 90);
  item.name = vscode.l10n.t("MemScript Heap");
  item.command = commandIds.openInspector;
  const update = (): void => {
    const use = heapUse(runs, live);
    if (use === undefined || !isEnabled()) {
      item.hide();
      return;
    }
    item.text = `$(circuit-board) ${shortBytes(use.used)} / ${shortBytes(use.size)}`;
    item.tooltip = vscode.l10n.t(
      "Heap: {0} bytes used, {1} bytes free. Click to open the Memory Inspector.",
      numberText(use.used),
      numberText(use.free),
    );
    item.accessibilityInformation = {
      label: vscode.l10n.t("Heap: {0} bytes used, {1} bytes free", use.used, use.free),
    };
    item.show();
  };
  update();
  return vscode.Disposable.from(
    item,
    runs.onDidRun(update),
    live.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeConfiguration(update),
  );
}

function isEnabled(): boolean {
  const value = vscode.workspace.getConfiguration(settingsSection).get<unknown>(settingKeys.statusBarEnabled);
  return value !== false;
}

/** Of the session where it stands, else of the active script at its end. */
function heapUse(runs: BackgroundRuns, live: SessionRuns): HeapUse | undefined {
  const session = live.active;
  if (session !== undefined) return session.run.at(session.position, ({ state }) => heapUseOf(state));
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined || !isScript(document) ? undefined : runs.current(document)?.heapUse;
}

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** `1536` is `1.5 KiB`. */
function shortBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (1024 <= value && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}
