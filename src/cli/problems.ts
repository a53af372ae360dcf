import { commandLineWords } from "../language/Words";
import type { Problem } from "../machine/problems/Problem";
import * as lines from "../machine/problems/problemLines";
import type { FoldedProblem } from "../machine/problems/repeats";

export { listedProblems } from "../machine/problems/problemLines";

export const problemLines = (file: string, problem: Problem): string[] =>
  lines.problemLines(file, problem, commandLineWords);

export const foldedLines = (file: string, folded: FoldedProblem): string[] =>
  lines.foldedLines(file, folded, commandLineWords);

/** DESIGN: 1 when there are problems of severity error, else 0. */
export function exitCode(problems: readonly Problem[]): number {
  return problems.some((problem) => problem.severity === "error") ? 1 : 0;
}
