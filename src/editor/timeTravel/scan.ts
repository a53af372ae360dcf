import * as vscode from "vscode";
import { drive, runSlice, type Work } from "../../language/coroutines";
import type { MachineState } from "../../machine/run/MachineState";
import { EventSearch, type EventSelector } from "../../machine/events/EventSearch";
import { withProgress } from "../commands/progress";
import { editorHost } from "../runs/editorHost";
import type { Moment } from "../runs/Run";

/** Searches the run, with a notification unless one slice is enough; undefined when cancelled. */
export async function scanRun(
  { run }: Moment,
  select: (state: MachineState) => EventSelector,
  most?: number,
): Promise<EventSearch | undefined> {
  const search = new EventSearch(run.program, run.options, select, most);
  const work = withShares(search, () => run.reached);
  if (runSlice(work, editorHost()) === null) {
    await withProgress(vscode.l10n.t("Looking through the run"), (host) => drive(work, host));
  }
  return search.done ? search : undefined;
}

function* withShares(search: EventSearch, reached: () => number): Work<void> {
  const work = search.run();
  while (work.next().done !== true) yield Math.min(1, search.step / Math.max(1, reached()));
}
