import type { RecordedRun } from "../../../src/inspector/lifetimes/LifetimeReplay";
import { Machine } from "../../../src/machine/run/Machine";

/** A separate machine for the program of a run. */
export function openMachine({ program, options }: RecordedRun): Machine {
  return new Machine(program, options);
}
