import { parse } from "../language/parsing/parser";
import type { MachineOptions } from "../machine/run/options";
import type { MachineLimits } from "../machine/run/limits";
import { Machine } from "../machine/run/Machine";

/** A machine at the start of a script. */
export function openMachine(text: string, overrides: ReadonlyMap<string, string>, limits: MachineLimits): Machine {
  const options: MachineOptions = { limits, overrides };
  return new Machine(parse(text), options);
}
