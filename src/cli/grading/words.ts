import { commandLineWords } from "../../language/Words";
import type { Result } from "../../machine/grading/grade";
import { messageOf } from "../../machine/problems/Problem";
import { plural } from "../../machine/problems/wording";
import { renderTable } from "../table";
import { countOf, problemCounts } from "../verdict";
import { scoreOf, type Graded } from "./graded";

/** Why a submission as a whole is not judged by its expectations; null when it is. */
export function wholeReason({ verdict, reason }: Graded): string | null {
  switch (verdict) {
    case "unreadable":
      return reason;
    case "empty":
      return "The submission is empty: nothing in it is executed.";
    case "stopped":
      return "The submission took too long and was stopped.";
    case "passed":
    case "failed":
      return null;
  }
}

/** Why an expectation does not hold; null when it does. */
export function failureOf({ outcome }: Result, graded: Graded): string | null {
  switch (outcome.kind) {
    case "held":
      return null;
    case "failed":
      return messageOf(outcome.problem, commandLineWords);
    case "not-reached":
      return wholeReason(graded) ?? "The run ended before this line.";
  }
}

/** What an expectation states: the words of its comment, or the statement. */
export const titleOf = ({ expectation }: Result): string => expectation.title ?? expectation.text;

/** The expectations of one submission, a line each, and what came of it all. */
export function gradeLines(graded: Graded, expectations: string, withPoints: boolean): string[] {
  const lines = graded.results.map((result) => {
    const { line, points } = result.expectation;
    const failure = failureOf(result, graded);
    const worth = withPoints ? ` (${failure === null ? points : 0} of ${plural(points, "point")})` : "";
    const why = failure === null ? "" : `: ${failure}`;
    return `${expectations}:${line + 1}: ${failure === null ? "held" : "not held"}${worth}: ${titleOf(result)}${why}`;
  });
  return [...lines, `${graded.name}: ${summary(graded, withPoints)}`];
}

function summary(graded: Graded, withPoints: boolean): string {
  const { held, expectations, points, outOf } = scoreOf(graded.results);
  const worth = withPoints ? `, ${points} of ${plural(outOf, "point")}` : "";
  const counts = `${held} of ${plural(expectations, "expectation")} held${worth}`;
  return `${graded.verdict}, ${counts}, ${problemCounts(graded.problems)}`;
}

/** A row for each submission. */
export function gradeTable(all: readonly Graded[], withPoints: boolean): string[] {
  const passed = all.filter(({ verdict }) => verdict === "passed").length;
  const rows = all.map((graded) => {
    const { held, expectations, points, outOf } = scoreOf(graded.results);
    const { name, verdict, problems } = graded;
    const worth = withPoints ? [`${points}/${outOf}`] : [];
    const counts = (["error", "warning"] as const).map((severity) => String(countOf(problems, severity)));
    return [name, verdict, `${held}/${expectations}`, ...worth, ...counts];
  });
  const titles = ["submission", "verdict", "held", ...(withPoints ? ["points"] : []), "errors", "warnings"];
  return [...renderTable([titles, ...rows]), `${passed} of ${plural(all.length, "submission")} passed`];
}
