import type { StepLog } from "./StepLog";

/** Problems on the axis of steps, one entry a pixel that has any. */
export interface ProblemColumns {
  /** Pixels from the left edge, ascending. */
  readonly columns: Int32Array;
  /** Steps with a problem in the pixel. */
  readonly counts: Int32Array;
  /** The worst of them: its severity's number and the first step that had it. */
  readonly severities: Uint8Array;
  readonly steps: Int32Array;
}

/** Gathers the steps with problems by pixel; O(steps in view). */
export function problemColumns(log: StepLog, fromStep: number, toStep: number, width: number): ProblemColumns {
  const columns: number[] = [];
  const counts: number[] = [];
  const severities: number[] = [];
  const steps: number[] = [];
  const perStep = width / (toStep - fromStep);
  const past = Math.min(log.length, Math.ceil(toStep));
  for (let step = Math.max(1, Math.floor(fromStep)); step < past; step++) {
    const severity = log.severity[step];
    if (severity === 0) continue;
    const column = Math.max(0, Math.floor((step - fromStep) * perStep));
    const last = columns.length - 1;
    if (columns[last] !== column) {
      columns.push(column);
      counts.push(1);
      severities.push(severity);
      steps.push(step);
      continue;
    }
    counts[last]++;
    if (severity <= severities[last]) continue;
    severities[last] = severity;
    steps[last] = step;
  }
  return {
    columns: Int32Array.from(columns),
    counts: Int32Array.from(counts),
    severities: Uint8Array.from(severities),
    steps: Int32Array.from(steps),
  };
}
