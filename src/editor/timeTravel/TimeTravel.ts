import type * as vscode from "vscode";
import type { BackgroundRuns } from "../runs/BackgroundRuns";
import type { SessionRuns } from "../runs/SessionRuns";
import type { Inspector } from "../panel/register";
import { historyCommands } from "./historyCommands";
import { HistoryTree } from "./historyTree";
import { memoryCommands } from "./memoryCommands";
import { MemoryTree } from "./memoryTree";
import { Traveller } from "./Traveller";
import type { TimeCommand } from "./commands";
import { travelCommands } from "./travel";

/** What the views are notified of. */
export interface TimeChanges {
  historyChanged(): void;
  momentChanged(): void;
}

/** The views and commands of time travel; loaded at the first use. */
export class TimeTravel {
  readonly history: HistoryTree;
  readonly memory: MemoryTree;
  readonly commands: Readonly<Record<TimeCommand, (argument: unknown) => unknown>>;

  constructor(
    runs: BackgroundRuns,
    live: SessionRuns,
    inspector: Pick<Inspector, "moment" | "travelTo">,
    memento: vscode.Memento,
    changes: TimeChanges,
  ) {
    const traveller = new Traveller(runs, live, inspector, () => changes.momentChanged());
    this.history = new HistoryTree(() => changes.historyChanged());
    this.memory = new MemoryTree(traveller);
    this.commands = {
      ...travelCommands(traveller),
      ...historyCommands(traveller, this.history, memento),
      ...memoryCommands(traveller),
    };
  }
}
