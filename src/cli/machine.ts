import { parse } from "../language/parser";
import type { MachineOptions } from "../machine/contract";
import { defaultLimits } from "../machine/limits";
import { Machine } from "../machine/Machine";

/** A machine at the start of a script. */
export function openMachine(text: string, overrides: ReadonlyMap<string, string>): Machine {
  const options: MachineOptions = { limits: defaultLimits, overrides };
  return new Machine(parse(text), options);
}
