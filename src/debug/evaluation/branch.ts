import type { Program } from "../../language/parsing/syntax";
import type { MachineOptions } from "../../machine/run/options";
import { Machine } from "../../machine/run/Machine";
import type { DebugHost } from "../protocol/protocol";

/** Steps between two looks at whether the branch is still wanted. */
const stepsPerSlice = 4096;

/**
 * A machine of its own that has executed the run up to a position: what it is made to do then leaves the session's run
 * as it is. Executes all steps up to there again, in slices; undefined when it is not wanted any more.
 */
export async function branchAt(
  program: Program,
  options: MachineOptions,
  position: number,
  host: DebugHost,
  isWanted: () => boolean,
): Promise<Machine | undefined> {
  const machine = new Machine(program, options);
  while (machine.state.step < position) {
    const wanted = Math.min(stepsPerSlice, position - machine.state.step);
    if (machine.run(wanted) < wanted) break;
    if (wanted < stepsPerSlice) break;
    await host.yield();
    if (!isWanted()) return undefined;
  }
  return machine;
}
