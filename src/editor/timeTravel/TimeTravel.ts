import type * as vscode from "vscode";
import type { DocumentRuns } from "../runs/documentRuns";
import type { LiveRuns } from "../runs/liveRuns";
import type { Inspector } from "../panel/register";
import { historyCommands } from "./historyCommands";
import { HistoryTree } from "./historyTree";
import { memoryCommands } from "./memoryCommands";
import { MemoryTree } from "./memoryTree";
import { CurrentMoment } from "./CurrentMoment";
import type { TimeCommand } from "./register";
import { travelCommands } from "./travel";

/** What is told to the views. */
export interface TimeChanges {
  historyChanged(): void;
  momentChanged(): void;
}

/** Everything that looks at other moments of a run; loaded at the first use. */
export class TimeTravel {
  readonly history: HistoryTree;
  readonly memory: MemoryTree;
  readonly commands: Readonly<Record<TimeCommand, (argument: unknown) => unknown>>;

  constructor(
    runs: DocumentRuns,
    live: LiveRuns,
    inspector: Pick<Inspector, "scene" | "travelTo">,
    memento: vscode.Memento,
    changes: TimeChanges,
  ) {
    const moments = new CurrentMoment(runs, live, inspector, () => changes.momentChanged());
    this.history = new HistoryTree(() => changes.historyChanged());
    this.memory = new MemoryTree(moments);
    this.commands = {
      ...travelCommands(moments),
      ...historyCommands(moments, this.history, memento),
      ...memoryCommands(moments),
    };
  }
}
