import { parse } from "../language/parsing/parser";
import type { MachineOptions } from "../machine/run/options";
import { defaultLimits } from "../machine/run/limits";
import { Machine } from "../machine/run/Machine";

/** A machine at the start of a script. */
export function openMachine(text: string, overrides: ReadonlyMap<string, string>): Machine {
  const options: MachineOptions = { limits: defaultLimits, overrides };
  return new Machine(parse(text), options);
}
