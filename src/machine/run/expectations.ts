import type { Statement } from "../../language/parsing/syntax";
import type { ProblemId } from "../problems/catalogue";
import type { Problem } from "../problems/Problem";
import type { Step } from "../step/Step";

/** An `expect problem ID` line that waits for the next executed line. */
export interface Expectation {
  readonly id: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** What an `expect problem ID` line announces; null for the step of every other statement. */
export function expectationOf({ statement, line }: Step): Expectation | null {
  const operand = (statement.operands as Readonly<Partial<Statement["operands"]>>)["problem"];
  if (statement.verb !== "expect" || operand?.kind !== "word") return null;
  const { start, end } = statement.span;
  return { id: operand.word, line, column: start, endColumn: end };
}

/** Whether a problem is one that was announced; then it is information, and no mistake any more. */
export function markExpected(problems: readonly Problem[], expectations: readonly Expectation[]): Problem[] {
  return problems.map((problem) =>
    expectations.some(({ id }) => id === problem.id)
      ? { ...problem, severity: "information" as const, expected: true as const }
      : problem,
  );
}

/** Reports each announced problem that did not come. */
export function reportMissing(step: Step, problems: readonly Problem[], expectations: readonly Expectation[]): void {
  for (const { id, line, column, endColumn } of expectations) {
    if (problems.some((problem) => problem.id === id)) continue;
    const raised = [...new Set(problems.map((problem): ProblemId => problem.id))];
    const facts = { kind: "problem", expected: id, raised, line: step.line } as const;
    step.raise("expectation-failed", facts, { line, span: { start: column, end: endColumn } });
  }
}
