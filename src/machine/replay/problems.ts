import { catalogue, type ProblemDescription, type ProblemId } from "../problems/catalogue";
import type { Problem } from "../records/records";
import { refusedOperationText, refusedReferenceText, type RefusedOperation } from "./refusals";
import type { ReferenceReport } from "./ReferenceReplay";
import type { LiveSite, ReplayReport } from "./report";

/** The problems of a trace's text, of the heap and of the end of the program, as those of the catalogue. */
export function replayProblems(report: ReplayReport): Problem[] {
  return [
    ...report.problems.map(({ line, message }) => traceProblem("syntax-error", line, message)),
    ...report.refused.map(refusedProblem),
    ...report.live.map((site) => traceProblem("leak", site.line, leakText(site))),
  ];
}

/** The problems of a trace's text and the pages that the virtual memory refused, as those of the catalogue. */
export function referenceProblems(report: ReferenceReport): Problem[] {
  return [
    ...report.problems.map(({ line, message }) => traceProblem("syntax-error", line, message)),
    ...report.refused.map((refused) => traceProblem("page-fault", refused.line, refusedReferenceText(refused))),
  ];
}

export function refusedProblem(refused: RefusedOperation): Problem {
  const id = refused.refusal.kind === "no-room" ? "out-of-memory" : "invalid-free";
  return traceProblem(id, refused.line, refusedOperationText(refused));
}

function leakText({ site, blocks, bytes }: LiveSite): string {
  const what = `${blocks} ${blocks === 1 ? "block" : "blocks"} (${bytes} bytes) never freed`;
  return `${what}, allocated at ${site ?? "an unknown site"}.`;
}

function traceProblem(id: ProblemId, line: number, message: string): Problem {
  const { severity, advice }: ProblemDescription = catalogue[id];
  return { id, severity, line, column: 0, endColumn: 0, message, advice, related: [], step: 0 };
}
