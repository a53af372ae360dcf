import * as vscode from "vscode";
import type { MachineState } from "../../machine/run/MachineState";
import { EventSearch, type EventSelector } from "../../machine/events/EventSearch";
import { withProgress } from "../commands/progress";
import { sliceMilliseconds } from "../runs/sliceHost";
import type { Moment } from "../runs/Run";

const stepsPerLook = 64;

/** Looks through the run, with a Cancel button when it takes long; undefined when cancelled. */
export async function scanRun(
  { run }: Moment,
  select: (state: MachineState) => EventSelector,
  most?: number,
): Promise<EventSearch | undefined> {
  const scan = new EventSearch(run.program, run.options, select, most);
  if (slice(scan)) return scan;
  return withProgress(vscode.l10n.t("Looking through the run"), async (progress) => {
    while (!slice(scan)) {
      if (await progress.isCancelled()) return undefined;
      if (run.reached > 0) progress.report(Math.min(1, scan.step / run.reached));
    }
    return scan;
  });
}

function slice(scan: EventSearch): boolean {
  const end = performance.now() + sliceMilliseconds;
  while (performance.now() < end) if (scan.advance(stepsPerLook)) return true;
  return false;
}
