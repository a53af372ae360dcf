import type { MomentReader } from "../../../src/machine/run/History";
import { Machine } from "../../../src/machine/run/Machine";

/** A machine of its own for the program of a history. */
export function openMachine({ program, options }: MomentReader): Machine {
  return new Machine(program, options);
}
