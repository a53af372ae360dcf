import { commandLineWords } from "../../language/Words";
import { foldedWords } from "../../machine/problems/repeats";
import { toJsonProblem } from "../../machine/records/json";
import { countOf } from "../verdict";
import { scoreOf, type Graded } from "./graded";
import { failureOf, wholeReason } from "./words";

/** The record of a submission. Lines count from 1; those of results are lines of the expectations' file. */
export function gradeRecord(graded: Graded): object {
  const { name, verdict, results, problems } = graded;
  return {
    kind: "grade",
    file: name,
    verdict,
    passed: verdict === "passed",
    reason: wholeReason(graded),
    ...scoreOf(results),
    errors: countOf(problems, "error"),
    warnings: countOf(problems, "warning"),
    results: results.map((result) => {
      const { expectation, outcome } = result;
      const { line, text, title, points } = expectation;
      return { line: line + 1, text, title, points, outcome: outcome.kind, message: failureOf(result, graded) };
    }),
    problems: problems.map((folded) => toJsonProblem(folded.problem, foldedWords(folded, commandLineWords))),
  };
}

/** The record after the last submission. */
export function gradesRecord(all: readonly Graded[]): object {
  return { kind: "end", submissions: all.length, passed: all.filter(({ verdict }) => verdict === "passed").length };
}
