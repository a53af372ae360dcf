import * as vscode from "vscode";
import type { MomentReader } from "../../machine/run/History";
import type { DocumentRuns } from "../runs/documentRuns";
import { commandIds } from "../host/ids";
import { nameOf } from "../debugging/programUri";
import { scriptFor } from "./run";
import { viewpointOf } from "../runs/viewpoint";
import type { LiveRuns } from "../runs/liveRuns";
import { showTextPage } from "./textPage";

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
    const { describeMemory } = await import("../../machine/step/describe");
    const { history, uri } = viewpoint;
    const text = `${[nameOf(uri), ...moment(history), "", describeMemory(history.state)].join("\n")}\n`;
    await showTextPage(vscode.l10n.t("Memory of {0}", nameOf(uri)), text);
    return text;
  });
}

/** The line that ran last, what it did, and the problems so far. */
function moment({ record, problems }: MomentReader): string[] {
  const lines = record === undefined ? [] : [`Line ${record.line + 1}: ${record.text}`, record.story];
  lines.push(`Problems so far: ${problems.length}`);
  for (const { line, message, id } of problems) lines.push(`  line ${line + 1}: ${message} [${id}]`);
  return lines;
}
