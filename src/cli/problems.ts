import type { Problem } from "../machine/records/records";

/** `file:line:column: severity: message [id]`, related lines indented below. */
export function problemLines(file: string, problem: Problem): string[] {
  const place = `${file}:${problem.line + 1}:${problem.column + 1}`;
  return [
    `${place}: ${problem.severity}: ${problem.message} [${problem.id}]`,
    ...problem.related.map((related) => `    ${file}:${related.line + 1}: ${related.message}`),
  ];
}

/** DESIGN: 1 when there are problems of severity error, else 0. */
export function exitCode(problems: readonly Problem[]): number {
  return problems.some((problem) => problem.severity === "error") ? 1 : 0;
}
