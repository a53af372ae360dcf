import * as vscode from "vscode";
import { log, reasonOf } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { programYielding } from "./programs";
import { editorHost, runYielding } from "../runs/editorHost";

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
    const { isTraceName } = await import("../../trace/fileNames");
    const traces = uris.map((uri) => vscode.Uri.parse(uri)).filter(({ path }) => isTraceName(path));
    // Two traces in one script would use each other's names.
    const [trace] = traces;
    if (trace === undefined || uris.length !== 1) return undefined;
    try {
      const program = await programYielding(document, token);
      if (program === undefined) return undefined;
      const isInFront = isBeforeText(document, position);
      const { surroundingsBelow } = await import("../../trace/surroundings");
      const linesAbove = position.line + (isInFront ? 0 : 1);
      const surroundings = await runYielding(surroundingsBelow(program, linesAbove), token);
      const { scriptOfTrace } = await import("../traces/traceScript");
      const script = await scriptOfTrace(trace, editorHost(token), surroundings);
      if (script === undefined) return undefined;
      return wholeLines(document, position, isInFront, script);
    } catch (error) {
      log().error(`Converting ${trace.toString()} failed: ${reasonOf(error)}`);
      void vscode.window.showErrorMessage(
        vscode.l10n.t("{0} cannot be converted: {1}", nameOf(trace), reasonOf(error)),
      );
      return undefined;
    }
  }
}

function isBeforeText(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
  return document.lineAt(line).text.slice(0, character).trim() === "";
}

/**
 * A statement has a line of its own: before the line when the mouse is in front of its text, else behind it. The place
 * of a drop's own text is where the mouse is, so that the lines come as an edit beside an empty text.
 */
function wholeLines(
  document: vscode.TextDocument,
  { line }: vscode.Position,
  isInFront: boolean,
  script: string,
): vscode.DocumentDropEdit {
  const { range } = document.lineAt(line);
  const drop = new vscode.DocumentDropEdit("");
  drop.additionalEdit = new vscode.WorkspaceEdit();
  if (isInFront) drop.additionalEdit.insert(document.uri, range.start, script);
  else drop.additionalEdit.insert(document.uri, range.end, `\n${script.trimEnd()}`);
  return drop;
}
