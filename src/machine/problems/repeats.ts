import type { Words } from "../../language/Words";
import { keptPerLine } from "../run/limits";
import { wordsOf, type Problem, type ProblemWords } from "./Problem";

/** A problem, and how often it came at its place. */
export interface FoldedProblem {
  readonly problem: Problem;
  readonly count: number;
}

/**
 * One problem for each place and kind, as a compiler would list them: a mistake inside a loop comes once a round. Keeps
 * the order of the first ones.
 */
export function foldRepeats(problems: readonly Problem[]): FoldedProblem[] {
  const groups = new Map<string, { readonly problem: Problem; count: number }>();
  for (const problem of problems) {
    const key = `${problem.line}:${problem.column}:${problem.endColumn}:${problem.id}`;
    const group = groups.get(key);
    if (group) group.count++;
    else groups.set(key, { problem, count: 1 });
  }
  return [...groups.values()];
}

/** The words of a problem; the message also says how often it came. */
export function foldedWords({ problem, count }: FoldedProblem, words: Words): ProblemWords {
  const told = wordsOf(problem, words);
  return count === 1 ? told : { ...told, message: words.say("{0} {1}", told.message, timesMore(count, words)) };
}

function timesMore(count: number, words: Words): string {
  if (count >= keptPerLine) return words.say("(The first of {0} or more here.)", count);
  return words.count(count - 1, "(And once more here.)", "(And {0} more times here.)");
}
