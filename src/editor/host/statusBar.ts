import * as vscode from "vscode";
import type { MomentReader } from "../../machine/run/History";
import { DocumentRuns } from "../runs/documentRuns";
import { commandIds, settingKeys, settingsSection } from "./ids";
import type { LiveRuns } from "../runs/liveRuns";

/** One short item: how much of the heaps is used and free, at the debugger's stop or at the end of the script. */
export function registerStatusBar(runs: DocumentRuns, live: LiveRuns): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("memscript.heap", vscode.StatusBarAlignment.Right, 90);
  item.name = vscode.l10n.t("MemScript Heap");
  item.command = commandIds.openInspector;
  const update = (): void => {
    const history = historyToShow(runs, live);
    const totals = history === undefined ? undefined : heapTotals(history);
    if (totals === undefined || !isEnabled()) {
      item.hide();
      return;
    }
    item.text = `$(circuit-board) ${shortBytes(totals.used)} / ${shortBytes(totals.size)}`;
    item.tooltip = vscode.l10n.t(
      "Heap: {0} bytes used, {1} bytes free. Click to open the Memory Inspector.",
      totals.used.toLocaleString("en-US"),
      totals.free.toLocaleString("en-US"),
    );
    item.accessibilityInformation = {
      label: vscode.l10n.t("Heap: {0} bytes used, {1} bytes free", totals.used, totals.free),
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

function historyToShow(runs: DocumentRuns, live: LiveRuns): MomentReader | undefined {
  const session = live.active;
  if (session !== undefined) return session.history;
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !DocumentRuns.handles(document)) return undefined;
  const run = runs.current(document);
  if (run !== undefined && run.history.position !== run.history.reached) run.history.seek(run.history.reached);
  return run?.history;
}

function heapTotals(history: MomentReader): { used: number; free: number; size: number } | undefined {
  const { heaps } = history.state;
  if (heaps.size === 0) return undefined;
  const totals = { used: 0, free: 0, size: 0 };
  for (const heap of heaps.values()) {
    const stats = heap.stats();
    totals.used += stats.currentUsed;
    totals.free += stats.freeBytes;
    totals.size += stats.heapBytes;
  }
  return totals;
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
