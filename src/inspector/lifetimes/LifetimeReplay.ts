import type { History } from "../../machine/run/History";
import type { Machine } from "../../machine/run/Machine";
import { LifetimeRecorder } from "./LifetimeRecorder";

/** Steps between two yields. */
const slice = 2000;

/** A run whose lives are recorded. */
export type RecordedRun = Pick<History, "program" | "options" | "reached">;

/**
 * Records the lives of a run's blocks when a view first shows them: a separate machine executes the same program as far
 * as the run has got. Runs are deterministic, so both have the same lives.
 */
export class LifetimeReplay {
  readonly recorder = new LifetimeRecorder();
  private machine: Machine | null = null;

  /** `open` makes a machine for the run's program and options; it is called when the recording starts. */
  constructor(
    private readonly run: RecordedRun,
    private readonly open: (run: RecordedRun) => Machine | Promise<Machine>,
  ) {}

  /** Whether the recording has got as far as the run. */
  get isComplete(): boolean {
    return this.recorder.reached >= this.run.reached || this.machine?.finished === true;
  }

  /** Records on, at most so many steps; `pause` is awaited now and then and may reject, which loses nothing. */
  async advance(steps: number, pause: () => Promise<void>): Promise<void> {
    const { recorder } = this;
    const machine = (this.machine ??= await this.open(this.run));
    const end = recorder.reached + steps;
    for (;;) {
      const stop = Math.min(end, recorder.reached + slice);
      while (!this.isComplete && recorder.reached < stop) recorder.record(machine.step()!, machine.state);
      if (this.isComplete || recorder.reached >= end) return;
      await pause();
    }
  }
}
