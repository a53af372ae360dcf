import { tokenAt } from "./queries";
import { loopsOf, statementAt } from "../parsing/statementsByLine";
import type { Program, Span } from "../parsing/syntax";

/** A piece of the text around a position. `span` is of the line; whole lines run from `line` to `endLine`, included. */
export type SelectionStep =
  | { readonly kind: "within"; readonly line: number; readonly span: Span }
  | { readonly kind: "lines"; readonly line: number; readonly endLine: number };

/** What a selection at a position grows to: token, operand or option, statement, line, bodies and loops, file. */
export function selectionSteps(program: Program, line: number, column: number): SelectionStep[] {
  const steps: SelectionStep[] = [];
  const token = tokenAt(program, line, column);
  const statement = statementAt(program, line);
  if (token !== undefined) steps.push({ kind: "within", line, span: token.span });
  if (statement !== undefined) {
    const nodes = [...Object.values(statement.operands), ...Object.values(statement.options)];
    const around = nodes.filter(({ span }) => span.start <= column && column <= span.end);
    const innermost = around.sort(
      (left, right) => left.span.end - left.span.start - (right.span.end - right.span.start),
    );
    for (const { span } of [...innermost, statement]) {
      const last = steps.at(-1);
      const inner = last?.kind === "within" ? last.span : { start: column, end: column };
      const contains = span.start <= inner.start && inner.end <= span.end;
      if (contains && (span.start < inner.start || inner.end < span.end)) steps.push({ kind: "within", line, span });
    }
  }
  steps.push({ kind: "lines", line, endLine: line });
  for (const { start, end } of loopsOf(program)) {
    if (line < start || end < line) continue;
    if (start < line && line < end && (start + 1 < line || line < end - 1)) {
      steps.push({ kind: "lines", line: start + 1, endLine: end - 1 });
    }
    steps.push({ kind: "lines", line: start, endLine: end });
  }
  steps.push({ kind: "lines", line: 0, endLine: program.lines.length - 1 });
  return steps;
}
