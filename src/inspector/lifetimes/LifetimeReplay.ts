import type { HistoryContract } from "../../machine/contract";
import { Machine } from "../../machine/Machine";
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
  private readonly machine: Machine;

  constructor(private readonly history: HistoryContract) {
    this.machine = new Machine(history.program, history.options);
  }

  /** Whether the recording has got as far as the history. */
  get isComplete(): boolean {
    return this.recorder.reached >= this.history.reached || this.machine.finished;
  }

  /** Records on, at most so many steps; `pause` is awaited now and then and may reject, which loses nothing. */
  async advance(steps: number, pause: () => Promise<void>): Promise<void> {
    const { machine, recorder } = this;
    const end = recorder.reached + steps;
    for (;;) {
      const stop = Math.min(end, recorder.reached + slice);
      while (!this.isComplete && recorder.reached < stop) recorder.record(machine.step()!, machine.state);
      if (this.isComplete || recorder.reached >= end) return;
      await pause();
    }
  }
}
