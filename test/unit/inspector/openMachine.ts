import type { HistoryContract, MachineContract } from "../../../src/machine/run/contract";
import { Machine } from "../../../src/machine/run/Machine";

/** A machine of its own for the program of a history. */
export function openMachine({ program, options }: HistoryContract): MachineContract {
  return new Machine(program, options);
}
