import type * as vscode from "vscode";
import type { History } from "../../machine/run/History";
import type { DocumentRuns } from "./documentRuns";
import type { LiveRuns } from "./liveRuns";

/** A moment of a run to look at. `history` stands at it until the next await. */
export interface Viewpoint {
  readonly uri: vscode.Uri;
  readonly history: History;
  readonly source: "debug" | "document";
}

/**
 * Where facts about a document come from: its debug session as it stands, else its own run after the line's last
 * execution, or at the run's end when no line is given.
 */
export async function viewpointOf(
  document: vscode.TextDocument | undefined,
  line: number | undefined,
  runs: DocumentRuns,
  live: LiveRuns,
  token?: vscode.CancellationToken,
): Promise<Viewpoint | undefined> {
  const session = document === undefined ? live.active : live.of(document.uri);
  if (session !== undefined) {
    const { uri, history } = session;
    return { uri, history, source: "debug" };
  }
  if (document === undefined) return undefined;
  const run = await runs.settled(document, token);
  if (run === undefined) return undefined;
  const { history } = run;
  const position = line === undefined ? history.reached : run.lineSteps.lastAtOrAbove(line);
  if (history.position !== position) history.seek(position);
  return { uri: document.uri, history, source: "document" };
}
