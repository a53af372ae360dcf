import * as vscode from "vscode";
import { drive, type WorkHost } from "../../language/coroutines";
import { words } from "../host/words";
import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../../machine/run/options";
import { commandIds } from "../host/ids";
import type { SessionRuns } from "../runs/SessionRuns";
import { log, reasonOf } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { programAt } from "../language/programs";
import { askWhere, besideScript } from "../host/saveDialog";
import { readSettings } from "../host/settings";
import { withProgress } from "./progress";
import { scriptFor } from "../host/scripts";

/**
 * Writes one HTML page about the whole run of a script; of the script that is being debugged, with the options and the
 * changes by hand of its session. Asks where, unless the caller names a target.
 */
export function registerExportReport(live: SessionRuns): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.exportReport, async (script: unknown, target: unknown) => {
    const uri = script instanceof vscode.Uri ? script : (live.active?.uri ?? (await scriptFor(undefined))?.uri);
    if (uri === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a .memscript file first."));
      return undefined;
    }
    try {
      const file = target instanceof vscode.Uri ? target : await chooseFile(uri);
      if (file === undefined) return undefined;
      const { program, options } = live.of(uri)?.run ?? (await storedRun(uri));
      const title = vscode.l10n.t("Writing the report of {0}", nameOf(uri));
      const page = await withProgress(title, (host) => render(nameOf(uri), program, options, host));
      if (page === undefined) return undefined;
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(page));
      if (!(target instanceof vscode.Uri)) void offerToOpen(file);
      return file;
    } catch (error) {
      log().error(`The report of ${uri.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(vscode.l10n.t("The report cannot be written: {0}", reasonOf(error)));
      return undefined;
    }
  });
}

async function chooseFile(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t("Export Report");
  return (await askWhere({ title, endings: ["html"], suggested: besideScript(uri, "html") }))?.uri;
}

async function storedRun(uri: vscode.Uri): Promise<{ readonly program: Program; readonly options: MachineOptions }> {
  const { limits } = readSettings(uri);
  return { program: await programAt(uri), options: { limits, overrides: new Map() } };
}

/** Undefined when cancelled. */
async function render(
  title: string,
  program: Program,
  options: MachineOptions,
  host: WorkHost,
): Promise<string | undefined> {
  const [{ collectRun }, { reportHtml }, { localiseStrings }] = await Promise.all([
    import("../../inspector/report/collect"),
    import("../../inspector/report/page"),
    import("../../inspector/strings"),
  ]);
  const facts = await drive(collectRun(program, options, words), host);
  if (facts === undefined) return undefined;
  return reportHtml(facts, {
    title,
    strings: localiseStrings((text) => vscode.l10n.t(text)),
    lang: vscode.env.language,
  });
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t("Open");
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("{0} is written.", nameOf(file)), open);
  if (answer === open) await vscode.env.openExternal(file);
}
