import type { Machine } from "./Machine";

/** Lines that a policy can look ahead at: the optimal policy is for textbook examples, and should cost no wait. */
const mostSteps = 100_000;

/** Runs a machine that notes its page references to its end, and returns them; null when it has too many steps. */
export function lookAhead(machine: Machine): readonly number[] | null {
  machine.run(mostSteps);
  return machine.finished ? machine.noted : null;
}
