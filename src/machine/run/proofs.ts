import { statementsYielding } from "../../language/parsing/statementsByLine";
import type { PlacedStatement, Program } from "../../language/parsing/syntax";
import { runToEnd, type Work } from "../../language/coroutines";
import type { Problem } from "../problems/Problem";
import type { StepRecord } from "../records/records";

/** What became of an `expect` line in a run. */
export type ProofOutcome =
  /** Every time that it ran, it held. */
  | { readonly kind: "held" }
  /** The problem says what was found instead, the first time. */
  | { readonly kind: "failed"; readonly problem: Problem }
  /** The run never came to the line. */
  | { readonly kind: "not-reached" };

/** The `expect` statements of a script in the order of their lines: what it proves. With yields. */
export function proofsOf(program: Program): Work<PlacedStatement[]> {
  return statementsYielding(program, ({ verb }) => verb === "expect");
}

/** Lines that begin as an `expect` but are no statement: what they state does not hold, either. */
export function brokenProofs({ lines, problems }: Program): number {
  const broken = new Set(problems.map(({ line }) => line));
  return [...broken].filter((line) => /^\s*expect\b/.test(lines[line] ?? "")).length;
}

/** Judges the `expect` lines of a run from its records, fed in the order of steps. Lines are 0-based. */
export class ProofJudge {
  private readonly reached = new Set<number>();
  private readonly failures = new Map<number, Problem>();

  constructor(private readonly program: Program) {}

  feed(record: StepRecord): void {
    if (record.op === "expect") this.reached.add(record.line);
    for (const problem of record.problems) {
      const { severity, line } = problem;
      // `expect problem` is judged after the next line has run: the problem names the line that it is about.
      if (severity === "error" && this.reached.has(line) && !this.failures.has(line)) this.failures.set(line, problem);
    }
  }

  outcomes(): { readonly line: number; readonly outcome: ProofOutcome }[] {
    return runToEnd(proofsOf(this.program)).map(({ line }) => ({ line, outcome: this.outcomeOf(line) }));
  }

  private outcomeOf(line: number): ProofOutcome {
    const problem = this.failures.get(line);
    if (problem !== undefined) return { kind: "failed", problem };
    return { kind: this.reached.has(line) ? "held" : "not-reached" };
  }
}
