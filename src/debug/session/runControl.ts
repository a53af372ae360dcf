import { drive, stepsPerYield, takesLong, type Work } from "../../language/coroutines";
import type { PositionTest } from "../../machine/run/Trail";
import type { History } from "../../machine/run/History";
import type { StepRecord } from "../../machine/records/records";
import type { DebugHost } from "../protocol/protocol";
import { stopAt, type Stop } from "./stop";
import { workHost } from "./workHost";

/** Where conditions decide, reverse runs search windows of this many steps: the latest window first, each one forwards. */
const stepsPerWindow = 4_096;

export interface RunHooks {
  /** Why to stop at the position just reached, if so. `isForward` is false while a reverse run looks for its stop. */
  readonly stopHere: (isForward: boolean) => Stop | undefined;
  /** Whether `stopHere` may give a stop where this line executes next and the step before raised problems, or none. */
  mayStop(line: number | null, hasRaised: boolean): boolean;
  onStep(record: StepRecord): void;
}

/** Moves a history through time, so that a run of a million steps can be paused and blocks nothing else. */
export class RunControl {
  private active: object | null = null;
  /** Called between two slices of a run. */
  onSlice: (() => void) | null = null;

  constructor(
    readonly history: History,
    private readonly host: Pick<DebugHost, "now" | "yield">,
    private readonly hooks: RunHooks,
  ) {}

  get isRunning(): boolean {
    return this.active !== null;
  }

  /** Ends the run in progress at its next yield; its promise gives undefined. */
  cancel(): void {
    this.active = null;
  }

  /** Runs until something stops it or the script is over; undefined when cancelled. */
  forward(stopHere = this.hooks.stopHere): Promise<Stop | undefined> {
    return this.run(this.goForward(stopHere));
  }

  /** Goes to a step, or to the end when that comes first, past all breakpoints; undefined when cancelled. */
  toStep(target: number): Promise<Stop | undefined> {
    return this.run(this.goTo(target));
  }

  /** Runs backwards to the nearest stop before here, or to the start; undefined when cancelled. */
  backward(): Promise<Stop | undefined> {
    return this.run(this.goBackward());
  }

  private *goForward(stopHere: RunHooks["stopHere"]): Work<Stop> {
    for (let count = 1; ; count++) {
      const isOver = !this.stepForward();
      const stop = stopHere(true);
      if (stop !== undefined) return stop;
      if (isOver || this.history.finished) return stopAt("end");
      if (count % stepsPerYield === 0) yield;
    }
  }

  private *goTo(target: number): Work<Stop> {
    const { history } = this;
    if (target < history.position) history.seek(target);
    for (let count = 1; history.position < target && this.stepForward(); count++) {
      if (history.finished) break;
      if (count % stepsPerYield === 0) yield;
    }
    return stopAt(history.finished ? "end" : history.position === 0 ? "entry" : "goto");
  }

  private *goBackward(): Work<Stop> {
    const { history } = this;
    const mayStop = this.rememberedTest();
    for (let end = history.lastBefore(history.position, 0, mayStop); 0 <= end;) {
      // Most stops have no condition, and then the nearest candidate is the one.
      history.seek(end);
      const nearest = this.hooks.stopHere(false);
      if (nearest !== undefined) return nearest;
      const start = Math.max(0, end - stepsPerWindow);
      const last = yield* this.lastStopWithin(start, end, mayStop);
      if (last !== undefined) {
        history.seek(last.position);
        return last.stop;
      }
      yield takesLong;
      end = history.lastBefore(start, 0, mayStop);
    }
    history.seek(0);
    return stopAt("entry");
  }

  /** The hook's test, called once per line, because a run of a million steps repeats it as often. */
  private rememberedTest(): PositionTest {
    const answers = new Map<number, boolean>();
    return (line, hasRaised) => {
      const key = 2 * (line ?? -1) + (hasRaised ? 1 : 0);
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = this.hooks.mayStop(line, hasRaised)));
      return answer;
    };
  }

  /** Executes from candidate to candidate. */
  private *lastStopWithin(
    start: number,
    end: number,
    mayStop: PositionTest,
  ): Work<{ readonly position: number; readonly stop: Stop } | undefined> {
    const candidates: number[] = [];
    const { history } = this;
    for (let at = history.lastBefore(end, start, mayStop); 0 <= at; at = history.lastBefore(at, start, mayStop)) {
      candidates.push(at);
    }
    let last: { readonly position: number; readonly stop: Stop } | undefined;
    for (const position of candidates.reverse()) {
      history.seek(position);
      const stop = this.hooks.stopHere(false);
      if (stop !== undefined) last = { position, stop };
      yield;
    }
    return last;
  }

  private async run(work: Work<Stop>): Promise<Stop | undefined> {
    const token = {};
    this.active = token;
    const host = workHost(this.host, () => this.active !== token);
    const pause = (): Promise<void> => {
      this.onSlice?.();
      return host.pause();
    };
    try {
      return await drive(work, { ...host, pause });
    } finally {
      if (this.active === token) this.active = null;
    }
  }

  /** False when there is no step left. */
  private stepForward(): boolean {
    const record = this.history.stepForward();
    if (record !== undefined) this.hooks.onStep(record);
    return record !== undefined;
  }
}
