import type { Problem } from "../../machine/problems/Problem";
import type { Severity } from "../../machine/problems/ProblemKind";
import type { StepRecord } from "../../machine/records/records";
import { roomFor } from "../../engine/columns";

/** Severities by their number in the log, 0 for a step without a problem. */
export const severityNumbers: Readonly<Record<Severity, number>> = { information: 1, warning: 2, error: 3 };
export const severityOfNumber = [null, "information", "warning", "error"] as const;

/** Problems kept; later steps still have their severity. */
const mostProblems = 2000;

/** What each step of a run was: its line, and the worst of its problems. 5 bytes a step. */
export class StepLog {
  /** Steps so far; step n has the index n, index 0 is the state before the first. */
  length = 1;
  line = new Int32Array(64);
  /** Of the worst problem. */
  severity = new Uint8Array(64);
  private readonly problems = new Map<number, Problem>();

  add(record: StepRecord): void {
    const at = this.length++;
    this.line = roomFor(this.line, at);
    this.severity = roomFor(this.severity, at);
    this.line[at] = record.line;
    if (record.problems.length === 0) return;
    let worst = record.problems[0];
    for (const problem of record.problems) {
      if (severityNumbers[problem.severity] > severityNumbers[worst.severity]) worst = problem;
    }
    this.severity[at] = severityNumbers[worst.severity];
    if (this.problems.size < mostProblems) this.problems.set(at, worst);
  }

  /** A step's worst problem; undefined when it had none, or the run had too many. */
  worst(step: number): Problem | undefined {
    return this.problems.get(step);
  }
}
