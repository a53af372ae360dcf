import { stepsPerYield, type Work } from "../../../language/coroutines";
import type { Program } from "../../../language/parsing/syntax";
import { Machine } from "../../run/Machine";
import type { MachineOptions } from "../../run/options";
import { commonOverrides } from "../heapOverrides";
import type { ComparedPart } from "./parts";

export interface Survey {
  /** The parts that the script has at any time. */
  readonly present: ReadonlySet<ComparedPart>;
  /** The pages that it references, in order. */
  readonly pages: Float64Array;
}

/** Runs a script, with the policies that it has, and looks what of it can be compared. */
export function* survey(program: Program, options: MachineOptions): Work<Survey> {
  const machine = new Machine(program, { ...options, overrides: commonOverrides(options.overrides) });
  machine.noteReferences();
  const present = new Set<ComparedPart>();
  const look = (): void => {
    const { heaps, vm, caches } = machine.state;
    if (heaps.size > 0) present.add("heap");
    if (vm !== null && vm.policy !== null && vm.options.demand) present.add("replacement");
    if (vm !== null && vm.tlb !== null) present.add("tlb");
    if (caches !== null) present.add("cache");
  };
  while (machine.stepQuietly()) {
    look();
    const { step } = machine.state;
    if (step % stepsPerYield === 0) yield step / options.limits.steps;
  }
  return { present, pages: Float64Array.from(machine.noted.filter((page) => page >= 0)) };
}
