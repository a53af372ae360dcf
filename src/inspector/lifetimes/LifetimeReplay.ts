import type { History } from "../../machine/run/History";
import type { Machine } from "../../machine/run/Machine";
import { drive, stepsPerYield, type Work, type WorkHost } from "../../language/coroutines";
import { LifetimeRecorder } from "./LifetimeRecorder";

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

  /** Records up to so many more steps, unless the host cancels, which loses nothing. */
  async advance(steps: number, host: WorkHost): Promise<void> {
    const machine = (this.machine ??= await this.open(this.run));
    await drive(this.record(machine, this.recorder.reached + steps), host);
  }

  private *record(machine: Machine, end: number): Work<void> {
    const { recorder } = this;
    while (!this.isComplete && recorder.reached < end) {
      recorder.record(machine.step()!, machine.state);
      if (recorder.reached % stepsPerYield === 0) yield;
    }
  }
}
