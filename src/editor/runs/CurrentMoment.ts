import type * as vscode from "vscode";
import { scriptEditor } from "../host/scripts";
import type { BackgroundRuns } from "./BackgroundRuns";
import type { DocumentRun } from "./DocumentRun";
import type { Moment, Run } from "./Run";
import type { SessionRuns } from "./SessionRuns";

/** What asks about a script: a line of it, before or after its execution, or the script as a whole. */
export type Place = { readonly kind: "after" | "before"; readonly line: number } | { readonly kind: "end" };

/** Decides where "now" is. A debug session goes first; without one, the document's own run. */
export class CurrentMoment {
  /** Where the last travel led in a document's own run, and the line that it put the cursor on. */
  private arrival: (Moment & { readonly line: number }) | null = null;

  constructor(
    private readonly runs: BackgroundRuns,
    private readonly live: SessionRuns,
  ) {}

  /**
   * The moment that facts about a place of a document come from: where its debug session stands, else its run after or
   * before the line's last execution. Without a document, the active session. Undefined when there is no run.
   */
  async of(
    document: vscode.TextDocument | undefined,
    place: Place,
    token?: vscode.CancellationToken,
  ): Promise<Moment | undefined> {
    const session = document === undefined ? this.live.active : this.live.of(document.uri);
    if (session !== undefined) return session;
    const run = document && (await this.runs.settled(document, token));
    return run && { run, position: positionOf(run, place) };
  }

  /**
   * The moment in view: where the debugger stands, else the panel's step, the arrival of the last travel, or the
   * cursor's line in the script's own run. Undefined without a run, and while the session runs.
   */
  inView(shown: Moment | undefined): Moment | undefined {
    const { active } = this.live;
    if (active !== undefined) return active.running ? undefined : active;
    const editor = scriptEditor();
    const run = editor && this.runs.current(editor.document);
    if (editor === undefined || run === undefined) return undefined;
    if (shown?.run === run) return shown;
    const { line } = editor.selection.active;
    const { arrival } = this;
    if (arrival?.run === run && arrival.line === line) return arrival;
    return { run, position: run.positionAtCursor(line) };
  }

  noteArrival(run: Run, position: number, line: number): void {
    this.arrival = { run, position, line };
  }

  /** Whether the last travel led there. */
  isArrival({ run, position }: Moment): boolean {
    return this.arrival?.run === run && this.arrival.position === position;
  }
}

function positionOf(run: DocumentRun, place: Place): number {
  const { lineSteps } = run;
  switch (place.kind) {
    case "end":
      return run.reached;
    case "after":
      return lineSteps.lastAtOrAbove(place.line);
    case "before":
      return Math.max(0, (lineSteps.lastOn(place.line) || lineSteps.lastAtOrAbove(place.line) + 1) - 1);
  }
}
