import type { DebugProtocol } from "@vscode/debugprotocol";
import type { HistoryContract } from "../machine/contract";
import type { Problem, StepRecord } from "../machine/records";
import type { DebugHost } from "./protocol";

/** The only thread. */
export const threadId = 1;

/** Why a run is standing where it stands. The texts are the protocol's reasons where it has one. */
export type StopReason =
  "entry" | "step" | "breakpoint" | "function breakpoint" | "exception" | "pause" | "goto" | "end";

export interface Stop {
  readonly reason: StopReason;
  readonly problem: Problem | null;
  readonly breakpointIds: readonly number[];
}

/** The body of the `stopped` event. */
export function stoppedBody(stop: Stop): DebugProtocol.StoppedEvent["body"] {
  // The protocol has no reason for the end; to a client it is a step with a description.
  const reason = stop.reason === "end" ? "step" : stop.reason;
  return {
    reason,
    ...(stop.reason === "end" ? { description: "End of script" } : {}),
    ...(stop.problem === null ? {} : { description: `Problem: ${stop.problem.id}`, text: stop.problem.message }),
    ...(stop.breakpointIds.length === 0 ? {} : { hitBreakpointIds: [...stop.breakpointIds] }),
    threadId,
    allThreadsStopped: true,
  };
}

/** Steps between two looks at the clock, or of a whole slice where the host has no clock. */
const stepsPerLook = 64;
const stepsPerSlice = 2_000;
const millisecondsPerSlice = 12;
/** Reverse runs re-execute forward in windows of this many steps and take the last stop of the nearest window. */
const stepsPerWindow = 4_096;

export interface RunHooks {
  /** Why to stop at the position just reached, if so. `isForward` is false while a reverse run looks for its stop. */
  stopHere(isForward: boolean): Stop | undefined;
  onStep(record: StepRecord): void;
}

/** Moves a history through time in slices, so that a run of a million steps can be paused and blocks nobody. */
export class RunControl {
  private active: object | null = null;

  constructor(
    private readonly history: HistoryContract,
    private readonly host: DebugHost,
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
  forward(): Promise<Stop | undefined> {
    return this.run(async (isActive) => {
      for (;;) {
        const done = this.slice(() => this.forwardOnce());
        if (done !== undefined) return done;
        await this.host.yield();
        if (!isActive()) return undefined;
      }
    });
  }

  /** Runs backwards to the nearest stop before here, or to the start; undefined when cancelled. */
  backward(): Promise<Stop | undefined> {
    return this.run(async (isActive) => {
      let end = this.history.position;
      while (0 < end) {
        const start = Math.max(0, end - stepsPerWindow);
        this.history.seek(start);
        let last: { readonly position: number; readonly stop: Stop } | undefined;
        while (this.history.position < end) {
          const stop = this.hooks.stopHere(false);
          if (stop !== undefined) last = { position: this.history.position, stop };
          if (this.history.stepForward() === undefined) break;
        }
        if (last !== undefined) {
          this.history.seek(last.position);
          return last.stop;
        }
        end = start;
        this.history.seek(start);
        await this.host.yield();
        if (!isActive()) return undefined;
      }
      return { reason: "entry", problem: null, breakpointIds: [] };
    });
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

  private forwardOnce(): Stop | undefined {
    const record = this.history.stepForward();
    if (record !== undefined) this.hooks.onStep(record);
    const stop = this.hooks.stopHere(true);
    if (stop !== undefined) return stop;
    return record === undefined || this.history.finished
      ? { reason: "end", problem: null, breakpointIds: [] }
      : undefined;
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
