import * as vscode from "vscode";
import { commandIds, languageId } from "../host/ids";
import { log, reasonOf } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { withProgress } from "../commands/progress";
import { openTrace } from "./openTrace";

/**
 * Turns a recorded trace into a script that opens as a new, unsaved document. It asks what the trace's numbers are where
 * nothing says it, unless the caller does.
 */
export function registerConvertTrace(): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.convertTrace, async (argument: unknown, options: unknown) => {
    const uri = argument instanceof vscode.Uri ? argument : (openTrace() ?? (await chooseTrace()));
    if (uri === undefined) return undefined;
    try {
      const [{ askNumbers, saidOfTrace }, { scriptOfTrace }] = await Promise.all([
        import("./askNumbers"),
        import("./traceScript"),
      ]);
      const said = saidOfTrace(options) ?? (await askNumbers(uri));
      if (said === null) return undefined;
      const title = vscode.l10n.t("Converting {0}", nameOf(uri));
      const script = await withProgress(title, (host) => scriptOfTrace(uri, host, undefined, said));
      if (script === undefined) return undefined;
      const document = await vscode.workspace.openTextDocument({ language: languageId, content: script });
      await vscode.window.showTextDocument(document);
      return document.uri;
    } catch (error) {
      log().error(`Converting ${uri.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(vscode.l10n.t("{0} cannot be converted: {1}", nameOf(uri), reasonOf(error)));
      return undefined;
    }
  });
}

async function chooseTrace(): Promise<vscode.Uri | undefined> {
  const { endingsOf } = await import("../../trace/fileNames");
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Convert Trace to MemScript"),
    openLabel: vscode.l10n.t("Convert"),
    filters: {
      [vscode.l10n.t("Recorded traces")]: endingsOf(),
      [vscode.l10n.t("All files")]: ["*"],
    },
  });
  return picked?.[0];
}
