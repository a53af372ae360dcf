import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../../machine/run/options";
import { Machine } from "../../machine/run/Machine";

/** A separate machine that has executed the run up to a position: statements tried on it leave the session's run as it is. */
export function* branchAt(program: Program, options: MachineOptions, position: number): Work<Machine> {
  const machine = new Machine(program, options);
  for (;;) {
    const steps = Math.min(stepsPerYield, position - machine.state.step);
    if (machine.run(steps) < stepsPerYield) return machine;
    yield;
  }
}
