import { englishWords } from "../language/Words";
import { wordsOf, type Problem } from "../machine/problems/Problem";

/** `file:line:column: severity: message [id]`, related lines indented below. */
export function problemLines(file: string, problem: Problem, words = wordsOf(problem, englishWords)): string[] {
  const place = `${file}:${problem.line + 1}:${problem.column + 1}`;
  return [
    `${place}: ${problem.severity}: ${words.message} [${problem.id}]`,
    ...words.related.map((other) => `    ${file}:${other.line + 1}: ${other.message}`),
  ];
}

/** DESIGN: 1 when there are problems of severity error, else 0. */
export function exitCode(problems: readonly Problem[]): number {
  return problems.some((problem) => problem.severity === "error") ? 1 : 0;
}
