import * as vscode from "vscode";
import { log, reasonOf } from "../log";
import { nameOf } from "../programUri";
import { scriptOfTrace, traceFileName } from "../traceScript";

/** Recorded traces that are dropped into a script become statements there; other files are dropped as everywhere. */
export class TraceDropProvider implements vscode.DocumentDropEditProvider {
  async provideDocumentDropEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    dataTransfer: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<vscode.DocumentDropEdit | undefined> {
    const list = await dataTransfer.get("text/uri-list")?.asString();
    const uris = (list ?? "").split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
    const traces = uris.map((uri) => vscode.Uri.parse(uri)).filter(({ path }) => traceFileName.test(path));
    // Two traces in one script would use each other's names.
    if (traces.length !== 1 || uris.length !== 1) return undefined;
    const [trace] = traces;
    try {
      const script = await scriptOfTrace(trace, token);
      if (script === undefined) return undefined;
      // A statement has a line of its own.
      const before = document.lineAt(position.line).text.slice(0, position.character);
      return new vscode.DocumentDropEdit((before.trim() === "" ? "" : "\n") + script);
    } catch (error) {
      log().error(`Converting ${trace.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t("{0} cannot be converted: {1}", nameOf(trace), reasonOf(error)),
      );
      return undefined;
    }
  }
}
