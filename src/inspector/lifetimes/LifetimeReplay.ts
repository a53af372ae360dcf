import type { MomentReader } from "../../machine/run/History";
import type { Machine } from "../../machine/run/Machine";
import { LifetimeRecorder } from "./LifetimeRecorder";

/** Steps between two turns of other work. */
const slice = 2000;

/**
 * Records the lives of a run when somebody first asks for them: a machine of its own runs the same program as far as the
 * history has got, and the history stays where it is. Runs are deterministic, so that both have the same lives; nobody
 * pays for a recording that is not looked at.
 */
export class LifetimeReplay {
  readonly recorder = new LifetimeRecorder();
  private machine: Machine | null = null;

  /** `open` makes a machine for the history's program and options; it is called when the recording starts. */
  constructor(
    private readonly history: MomentReader,
    private readonly open: (history: MomentReader) => Machine | Promise<Machine>,
  ) {}

  /** Whether the recording has got as far as the history. */
  get isComplete(): boolean {
    return this.recorder.reached >= this.history.reached || this.machine?.finished === true;
  }

  /** Records on, at most so many steps; `pause` is awaited now and then and may reject, which loses nothing. */
  async advance(steps: number, pause: () => Promise<void>): Promise<void> {
    const { recorder } = this;
    const machine = (this.machine ??= await this.open(this.history));
    const end = recorder.reached + steps;
    for (;;) {
      const stop = Math.min(end, recorder.reached + slice);
      while (!this.isComplete && recorder.reached < stop) recorder.record(machine.step()!, machine.state);
      if (this.isComplete || recorder.reached >= end) return;
      await pause();
    }
  }
}
