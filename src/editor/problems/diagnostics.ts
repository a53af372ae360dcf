import * as vscode from "vscode";
import { languageId } from "../host/ids";
import { loadedOnce } from "../host/loadedOnce";
import { readSettings } from "../host/settings";
import type { BackgroundRuns, RunRefusal } from "../runs/BackgroundRuns";
import type { DocumentRun } from "../runs/DocumentRun";

/** Shows what running found in the Problems view and under the lines. The words of problems are loaded with the first run. */
export function registerDiagnostics(runs: BackgroundRuns, reference: vscode.Uri): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection(languageId);
  const load = loadedOnce(async () => (await import("./diagnosticsOf")).diagnosticsOf);
  const show = async (result: DocumentRun | RunRefusal): Promise<void> => {
    const diagnosticsOf = await load();
    const { document } = result;
    if (document.isClosed || !readSettings(document).diagnosticsEnabled) collection.delete(document.uri);
    else collection.set(document.uri, diagnosticsOf(result, reference));
  };
  return vscode.Disposable.from(
    collection,
    runs.onDidRun((result) => void show(result)),
    runs.onDidClose((uri) => collection.delete(uri)),
  );
}
