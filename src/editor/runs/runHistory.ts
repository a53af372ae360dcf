import type { Work } from "../../language/coroutines";
import type { History } from "../../machine/run/History";
import type { StepRecord } from "../../machine/records/records";

/** The part of a history that running it needs. */
export type RunningHistory = Pick<
  History,
  "position" | "reached" | "finished" | "isNextLong" | "leap" | "stepForward" | "stepQuietly" | "stepYielding"
>;

export interface RunLimits {
  readonly steps: number;
  /** Read before each step. */
  isTimeUp(): boolean;
}

export type RunOutcome = "finished" | "out-of-steps" | "out-of-time";

export interface RunObserver {
  /** Takes every step that was not reached before. */
  readonly onStep?: (step: number) => void;
  /** Takes the records of these steps, which cost more than the steps themselves. */
  readonly onRecord?: (record: StepRecord) => void;
}

/** A yield and its look at the clock take 6 % of a short step; the slowest steps take half a millisecond. */
const stepsPerYield = 8;

/**
 * Runs a history to its end, with a yield after every few steps and within long ones. In a yield others may seek the
 * history elsewhere; the run continues at the furthest position reached.
 */
export function* runHistory(
  history: RunningHistory,
  limits: RunLimits,
  { onStep, onRecord }: RunObserver,
): Work<RunOutcome> {
  for (;;) {
    if (history.position < history.reached) history.leap();
    if (history.finished) return "finished";
    if (limits.steps <= history.position) return "out-of-steps";
    if (limits.isTimeUp()) return "out-of-time";
    const known = history.reached;
    if (onRecord !== undefined && history.position === known) onRecord(history.stepForward()!);
    else if (history.isNextLong) yield* history.stepYielding();
    else history.stepQuietly();
    if (known < history.reached) onStep?.(history.reached);
    if (history.position % stepsPerYield === 0) yield;
  }
}
