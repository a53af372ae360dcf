import type { HistoryContract } from "../machine/contract";
import type { StepRecord } from "../machine/records";

export interface RunBudget {
  readonly steps: number;
  /** Time spent running, all slices together. */
  readonly milliseconds: number;
  /** Longest time before other work of the host gets a turn. */
  readonly sliceMilliseconds: number;
}

export interface SliceHost {
  /** Milliseconds of a steady clock. */
  now(): number;
  /** Lets other work happen. */
  pause(): Promise<void>;
  cancelled(): boolean;
}

export type RunOutcome = "finished" | "out-of-steps" | "out-of-time" | "cancelled";

/**
 * Runs a history to its end in short slices. Between two slices others may seek the history elsewhere;
 * each slice goes on from the furthest position reached.
 */
export async function runInSlices(
  history: HistoryContract,
  budget: RunBudget,
  host: SliceHost,
  onStep: (record: StepRecord) => void,
): Promise<RunOutcome> {
  let spent = 0;
  for (;;) {
    if (history.position !== history.reached) history.seek(history.reached);
    const start = host.now();
    for (;;) {
      if (history.finished) return "finished";
      if (budget.steps <= history.position) return "out-of-steps";
      const record = history.stepForward();
      if (record === undefined) return "finished";
      onStep(record);
      const elapsed = host.now() - start;
      if (budget.milliseconds <= spent + elapsed) return isOver(history) ? "finished" : "out-of-time";
      if (budget.sliceMilliseconds <= elapsed) break;
    }
    spent += host.now() - start;
    await host.pause();
    if (host.cancelled()) return "cancelled";
  }
}

/** A function, because stepping changes the answer behind the compiler's back. */
function isOver(history: HistoryContract): boolean {
  return history.finished;
}
