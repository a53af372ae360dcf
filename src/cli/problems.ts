import { commandLineWords } from "../language/Words";
import { foldedWords, foldRepeats, type FoldedProblem } from "../machine/problems/repeats";
import { wordsOf, type Problem } from "../machine/problems/Problem";

/** `file:line:column: severity: message [id]`, related lines indented below. */
export function problemLines(file: string, problem: Problem, words = wordsOf(problem, commandLineWords)): string[] {
  const place = `${file}:${problem.line + 1}:${problem.column + 1}`;
  return [
    `${place}: ${problem.severity}: ${words.message} [${problem.id}]`,
    ...words.related.map((other) => `    ${file}:${other.line + 1}: ${other.message}`),
  ];
}

/** The problems of a run by line, repeated ones folded, as a compiler lists them. */
export function listedProblems(problems: readonly Problem[]): FoldedProblem[] {
  return foldRepeats(problems).sort(
    ({ problem: left }, { problem: right }) => left.line - right.line || left.column - right.column,
  );
}

export function foldedLines(file: string, folded: FoldedProblem): string[] {
  return problemLines(file, folded.problem, foldedWords(folded, commandLineWords));
}

/** DESIGN: 1 when there are problems of severity error, else 0. */
export function exitCode(problems: readonly Problem[]): number {
  return problems.some((problem) => problem.severity === "error") ? 1 : 0;
}
