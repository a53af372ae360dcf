import type { PositionTest } from "../../machine/run/Trail";
import type { History } from "../../machine/run/History";
import type { StepRecord } from "../../machine/records/records";
import type { DebugHost } from "../protocol/protocol";
import { stopAt, type Stop } from "./stop";

/** Steps between two looks at the clock, or of a whole slice where the host has no clock. */
const stepsPerLook = 64;
const stepsPerSlice = 2_000;
const millisecondsPerSlice = 12;
/** Where conditions decide, reverse runs look at windows of this many steps, from the nearest back, in forward order. */
const stepsPerWindow = 4_096;

export interface RunHooks {
  /** Why to stop at the position just reached, if so. `isForward` is false while a reverse run looks for its stop. */
  readonly stopHere: (isForward: boolean) => Stop | undefined;
  /** Whether `stopHere` may give a stop where this line executes next and the step before raised problems, or none. */
  mayStop(line: number | null, hasRaised: boolean): boolean;
  onStep(record: StepRecord): void;
}

/** Moves a history through time in slices, so that a run of a million steps can be paused and lets the host work. */
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

  /** Makes the run in progress give up at its next slice; its promise gives undefined. */
  cancel(): void {
    this.active = null;
  }

  /** Runs until something stops it or the script is over; undefined when cancelled. */
  forward(stopHere = this.hooks.stopHere): Promise<Stop | undefined> {
    return this.run(async (isActive) => {
      for (;;) {
        const done = this.slice(() => this.forwardOnce(stopHere));
        if (done !== undefined) return done;
        await this.pause();
        if (!isActive()) return undefined;
      }
    });
  }

  /** Goes to a step, or to the end when that comes first, past all breakpoints; undefined when cancelled. */
  toStep(target: number): Promise<Stop | undefined> {
    return this.run(async (isActive) => {
      const { history } = this;
      if (target < history.position) history.seek(target);
      while (history.position < target && !history.finished) {
        this.slice(() => {
          if (target <= history.position) return arrived(history);
          const record = history.stepForward();
          if (record !== undefined) this.hooks.onStep(record);
          return record === undefined || history.finished ? arrived(history) : undefined;
        });
        await this.pause();
        if (!isActive()) return undefined;
      }
      return arrived(history);
    });
  }

  /** Runs backwards to the nearest stop before here, or to the start; undefined when cancelled. */
  backward(): Promise<Stop | undefined> {
    return this.run(async (isActive) => {
      const { history } = this;
      const mayStop = this.rememberedTest();
      for (let end = history.lastBefore(history.position, 0, mayStop); 0 <= end;) {
        // Most stops have no condition, and then the nearest candidate is the one.
        history.seek(end);
        const nearest = this.hooks.stopHere(false);
        if (nearest !== undefined) return nearest;
        const start = Math.max(0, end - stepsPerWindow);
        const last = await this.lastStopWithin(start, end, mayStop, isActive);
        if (last !== undefined) {
          history.seek(last.position);
          return last.stop;
        }
        if (!isActive()) return undefined;
        end = history.lastBefore(start, 0, mayStop);
      }
      history.seek(0);
      return stopAt("entry");
    });
  }

  /** The hook's test; it is asked once for each line, because a run of a million steps asks as often. */
  private rememberedTest(): PositionTest {
    const answers = new Map<number, boolean>();
    return (line, hasRaised) => {
      const key = 2 * (line ?? -1) + (hasRaised ? 1 : 0);
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = this.hooks.mayStop(line, hasRaised)));
      return answer;
    };
  }

  /** Executes from candidate to candidate and asks each. */
  private async lastStopWithin(
    start: number,
    end: number,
    mayStop: PositionTest,
    isActive: () => boolean,
  ): Promise<{ readonly position: number; readonly stop: Stop } | undefined> {
    const candidates: number[] = [];
    const { history } = this;
    for (let at = history.lastBefore(end, start, mayStop); 0 <= at; at = history.lastBefore(at, start, mayStop)) {
      candidates.push(at);
    }
    let last: { readonly position: number; readonly stop: Stop } | undefined;
    let since = this.host.now?.() ?? 0;
    for (const position of candidates.reverse()) {
      this.history.seek(position);
      const stop = this.hooks.stopHere(false);
      if (stop !== undefined) last = { position, stop };
      if ((this.host.now?.() ?? 0) - since < millisecondsPerSlice) continue;
      await this.pause();
      if (!isActive()) return undefined;
      since = this.host.now?.() ?? 0;
    }
    await this.pause();
    return last;
  }

  private async pause(): Promise<void> {
    this.onSlice?.();
    await this.host.yield();
  }

  private async run(body: (isActive: () => boolean) => Promise<Stop | undefined>): Promise<Stop | undefined> {
    const token = {};
    this.active = token;
    const isActive = (): boolean => this.active === token;
    try {
      return await body(isActive);
    } finally {
      if (isActive()) this.active = null;
    }
  }

  private forwardOnce(stopHere: RunHooks["stopHere"]): Stop | undefined {
    const record = this.history.stepForward();
    if (record !== undefined) this.hooks.onStep(record);
    const stop = stopHere(true);
    if (stop !== undefined) return stop;
    return record === undefined || this.history.finished ? stopAt("end") : undefined;
  }

  private slice(once: () => Stop | undefined): Stop | undefined {
    const start = this.host.now?.();
    for (let count = 1; ; count += 1) {
      const stop = once();
      if (stop !== undefined) return stop;
      if (count % stepsPerLook !== 0) continue;
      const isOver =
        start === undefined ? stepsPerSlice <= count : millisecondsPerSlice <= (this.host.now?.() ?? 0) - start;
      if (isOver) return undefined;
    }
  }
}

function arrived({ finished, position }: History): Stop {
  return stopAt(finished ? "end" : position === 0 ? "entry" : "goto");
}
