import * as vscode from "vscode";
import { SeriesRecorder } from "../../inspector/series";
import { buildSnapshot } from "../../inspector/snapshot";
import { describeSnapshot } from "../describeSnapshot";
import type { DocumentRuns } from "../documentRuns";
import { commandIds } from "../ids";
import { nameOf } from "../programUri";
import { scriptFor } from "./run";
import { viewpointOf } from "../viewpoint";
import type { LiveRuns } from "../liveRuns";

/** Opens a plain-text summary of memory beside the script: the panel's facts for everybody, screen readers included. */
export function registerDescribeMemory(runs: DocumentRuns, live: LiveRuns): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.describeMemory, async () => {
    const document = await scriptFor(undefined);
    const viewpoint = await viewpointOf(document, undefined, runs, live);
    if (viewpoint === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("There is no run to describe: open a .memscript file or start the debugger."),
      );
      return undefined;
    }
    const { history, uri } = viewpoint;
    const text = describeSnapshot(buildSnapshot({ history, title: nameOf(uri), series: new SeriesRecorder() }));
    const summary = await vscode.workspace.openTextDocument({ language: "plaintext", content: text });
    await vscode.window.showTextDocument(summary, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false });
    return text;
  });
}
