import type { FactsOf, ProblemId } from "../problems/catalogue";
import { problemOf, type Problem } from "../problems/Problem";
import type { RefusedOperation } from "./refusals";
import type { ReferenceReport } from "./ReferenceReplay";
import type { ReplayReport } from "./report";

/** The problems of a trace's text, of the heap and of the end of the program, as those of the catalogue. */
export function replayProblems(report: ReplayReport): Problem[] {
  return [
    ...report.problems.map(({ line, message }) => traceProblem("syntax-error", line, { kind: "trace", message })),
    ...report.refused.map(refusedProblem),
    ...report.live.map((site) => traceProblem("leak", site.line, { kind: "trace", site })),
  ];
}

/** The problems of a trace's text and the pages that the virtual memory refused, as those of the catalogue. */
export function referenceProblems(report: ReferenceReport): Problem[] {
  return [
    ...report.problems.map(({ line, message }) => traceProblem("syntax-error", line, { kind: "trace", message })),
    ...report.refused.map((refused) => traceProblem("page-fault", refused.line, { kind: "trace", refused })),
  ];
}

export function refusedProblem(refused: RefusedOperation): Problem {
  const id = refused.refusal.kind === "no-room" ? "out-of-memory" : "invalid-free";
  return traceProblem(id, refused.line, { kind: "trace", refused });
}

function traceProblem<Id extends ProblemId>(id: Id, line: number, facts: FactsOf<Id>): Problem {
  return problemOf(id, facts, { line, column: 0, endColumn: 0, step: 0 });
}
