import * as vscode from "vscode";
import type { MachineState } from "../../machine/contract";
import { Scan, type Selector } from "../../machine/life/Scan";
import { withProgress } from "../commands/progress";
import type { Moment } from "./Moments";

/** Longest time before other work of the host gets a turn. */
const sliceMilliseconds = 12;
const stepsPerLook = 64;

/** Looks through the run, with a Cancel button when it takes long; undefined when cancelled. */
export async function scanRun(
  { program, options, history }: Moment,
  title: string,
  select: (state: MachineState) => Selector,
): Promise<Scan | undefined> {
  const scan = new Scan(program, options, select);
  if (slice(scan)) return scan;
  return withProgress(title, async (progress) => {
    while (!slice(scan)) {
      if (await progress.isCancelled()) return undefined;
      if (history.reached > 0) progress.report(Math.min(1, scan.step / history.reached));
    }
    return scan;
  });
}

function slice(scan: Scan): boolean {
  const end = performance.now() + sliceMilliseconds;
  while (performance.now() < end) if (scan.advance(stepsPerLook)) return true;
  return false;
}

/** What to call the work on a script. */
export function scanTitle(): string {
  return vscode.l10n.t("Looking through the run");
}
