import { wordsOf, type Problem, type ProblemWords } from "./Problem";
import { foldedWords, foldRepeats, type FoldedProblem } from "./repeats";
import type { Words } from "../../language/Words";

/** `file:line:column: severity: message [id]`, related lines indented below: what problem matchers read. */
export function problemLines(file: string, problem: Problem, words: Words): string[] {
  return linesOf(file, problem, wordsOf(problem, words));
}

/** The same of a problem that came several times, which its message says. */
export function foldedLines(file: string, folded: FoldedProblem, words: Words): string[] {
  return linesOf(file, folded.problem, foldedWords(folded, words));
}

/** The problems of a run by line, repeated ones folded, as a compiler lists them. */
export function listedProblems(problems: readonly Problem[]): FoldedProblem[] {
  return foldRepeats(problems).sort(
    ({ problem: left }, { problem: right }) => left.line - right.line || left.column - right.column,
  );
}

function linesOf(file: string, { line, column, severity, id }: Problem, { message, related }: ProblemWords): string[] {
  return [
    `${file}:${line + 1}:${column + 1}: ${severity}: ${message} [${id}]`,
    ...related.map((other) => `    ${file}:${other.line + 1}: ${other.message}`),
  ];
}
