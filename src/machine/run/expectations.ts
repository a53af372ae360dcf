import type { Statement } from "../../language/parsing/syntax";
import type { ProblemId } from "../problems/catalogue";
import type { Problem } from "../records/records";
import type { Step } from "../step/Step";
import { lineName } from "../problems/wording";

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
    const instead = raised.length === 0 ? "no problem" : raised.map((name) => `\`${name}\``).join(", ");
    step.raise("expectation-failed", {
      message: `expected the problem \`${id}\` from ${lineName(step.line)}, but it raised ${instead}.`,
      line,
      span: { start: column, end: endColumn },
      related: [{ line: step.line, message: "This line should have raised it." }],
    });
  }
}
