import type { Program } from "../../language/parsing/syntax";
import { problemOf, type Problem } from "./Problem";

/** The mistakes that parsing found, as problems of step 0. */
export function problemsOfParsing(program: Program): Problem[] {
  return program.problems.map((problem) => {
    const { line, span } = problem;
    const place = { line, column: span.start, endColumn: span.end, step: 0 };
    switch (problem.id) {
      case "syntax-error":
        return problemOf(problem.id, problem.facts, place);
      case "unknown-verb":
        return problemOf(problem.id, problem.facts, place);
      case "bad-operand":
        return problemOf(problem.id, problem.facts, place);
      case "limit-exceeded":
        return problemOf(problem.id, problem.facts, place);
    }
  });
}
