/** Lines that a policy can look ahead at: the optimal policy is for textbook examples, and should cost no wait. */
const mostSteps = 100_000;

/** A machine that notes its page references. */
interface NotingMachine {
  readonly finished: boolean;
  readonly noted: readonly number[];
  run(maximum: number): number;
}

/** Runs a machine that notes its page references to its end, and returns them; null when it has too many steps. */
export function lookAhead(machine: NotingMachine): readonly number[] | null {
  machine.run(mostSteps);
  return machine.finished ? machine.noted : null;
}
