/** What is known of the run of an open script. */
export interface HeldRun {
  /** Bytes that it takes. */
  readonly bytes: number;
  /** When it was last needed: a count that only grows. */
  readonly usedAt: number;
  /** Whether an editor shows its script. */
  readonly isVisible: boolean;
}

/** Bytes that the runs of all open scripts together may take. Those of visible scripts stay in any case. */
export const allRunsBytes = 512e6;

/**
 * The runs to give up so that the others keep within the budget: of those that no editor shows, the ones used longest
 * ago. The one used last stays. A run that was given up is made again when its script is looked at.
 */
export function runsToGiveUp<Run extends HeldRun>(runs: readonly Run[], budget = allRunsBytes): Run[] {
  const sorted = [...runs].sort((a, b) => Number(b.isVisible) - Number(a.isVisible) || b.usedAt - a.usedAt);
  const last = runs.reduce((latest, { usedAt }) => Math.max(latest, usedAt), 0);
  let sum = 0;
  return sorted.filter((run) => {
    const stays = run.isVisible || run.usedAt === last || sum + run.bytes <= budget;
    if (stays) sum += run.bytes;
    return !stays;
  });
}
