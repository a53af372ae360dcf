import { takesLong, type Yield } from "../../language/coroutines";
import type { History } from "../../machine/run/History";
import type { StepRecord } from "../../machine/records/records";

export interface RunBudget {
  readonly steps: number;
  /** Time spent running, all slices together. */
  readonly milliseconds: number;
  /** Longest time between two yields to other work of the host. */
  readonly sliceMilliseconds: number;
}

export interface SliceHost {
  /** Milliseconds of a steady clock. */
  now(): number;
  /** Lets other work happen. */
  pause(): Promise<void>;
  cancelled(): boolean;
}

/** The part of a history that running it needs. */
export type RunningHistory = Pick<
  History,
  | "position"
  | "reached"
  | "finished"
  | "nextLine"
  | "isNextLong"
  | "leap"
  | "stepForward"
  | "stepQuietly"
  | "stepInTurns"
>;

export type RunOutcome = "finished" | "out-of-steps" | "out-of-time" | "cancelled";

/** Does work that pauses of itself in short slices, what takes long in one of its own; undefined when it was cancelled. */
export async function inSlices<T>(
  work: Generator<unknown, T, undefined>,
  sliceMilliseconds: number,
  host: SliceHost,
): Promise<T | undefined> {
  for (;;) {
    const start = host.now();
    do {
      const { done, value } = work.next();
      if (done === true) return value;
      if (value === takesLong) break;
    } while (host.now() - start < sliceMilliseconds);
    await host.pause();
    if (host.cancelled()) return undefined;
  }
}

/**
 * Runs a history to its end in short slices. Between two slices others may seek the history elsewhere;
 * each slice goes on to the furthest position reached, and from there. Steps that take long are cut too.
 */
export async function runInSlices(
  history: RunningHistory,
  budget: RunBudget,
  host: SliceHost,
  /** Takes every step that was not reached before. */
  onStep: (line: number, step: number) => void,
  /** Takes the records of these steps, which cost more than the steps themselves; without it there are none. */
  onRecord?: (record: StepRecord) => void,
): Promise<RunOutcome> {
  let spent = 0;
  /** A step that takes long, of which a part is done. */
  let begun: Generator<Yield, void, undefined> | null = null;
  let line: number | null = null;
  let known = 0;
  for (;;) {
    const start = host.now();
    for (;;) {
      if (begun === null) {
        if (history.position < history.reached) history.leap();
        if (history.finished) return "finished";
        if (budget.steps <= history.position) return "out-of-steps";
        line = history.nextLine;
        known = history.reached;
        if (line === null) return "finished";
        if (onRecord !== undefined && history.position === known) onRecord(history.stepForward()!);
        else if (history.isNextLong) begun = history.stepInTurns();
        else history.stepQuietly();
      } else {
        const { done, value } = begun.next();
        if (done === true) begun = null;
        else if (value === takesLong) break;
      }
      if (begun === null && known < history.reached) onStep(line!, history.reached);
      const elapsed = host.now() - start;
      if (budget.milliseconds <= spent + elapsed) return begun === null && isOver(history) ? "finished" : "out-of-time";
      if (budget.sliceMilliseconds <= elapsed) break;
    }
    spent += host.now() - start;
    await host.pause();
    if (host.cancelled()) return "cancelled";
  }
}

/** A function, because the compiler does not know that a step changes the answer. */
function isOver(history: RunningHistory): boolean {
  return history.finished;
}
