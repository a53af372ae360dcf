import type { FoldedProblem } from "../machine/problems/repeats";
import type { Severity } from "../machine/problems/ProblemKind";
import { plural } from "../machine/problems/wording";
import { choice, usage } from "./arguments";

/** For `readArguments`. */
export const verdictOptions = {
  strict: { type: "boolean", default: false },
  "fail-on": { type: "string" },
} as const;

/** The help on these options. */
export const verdictHelp = `  --fail-on   error (default) or warning: what a script must not have, so that a leak, which is a warning, fails
  --strict    the same as --fail-on warning
`;

/** The severities that fail. Throws a usage error. */
export function readFailing(
  command: string,
  { strict, "fail-on": failOn }: { readonly strict: boolean; readonly "fail-on"?: string | undefined },
): ReadonlySet<Severity> {
  const least = failOn === undefined ? null : choice(command, "fail-on", failOn, ["error", "warning"] as const);
  if (strict && least === "error") throw usage(command, "--strict fails on warnings, and --fail-on says error");
  return new Set(strict || least === "warning" ? ["error", "warning"] : ["error"]);
}

/** How many problems of a severity there are, those of one place as one. */
export const countOf = (problems: readonly FoldedProblem[], severity: Severity): number =>
  problems.filter(({ problem }) => problem.severity === severity).length;

/** "2 errors, 1 warning", or "no problems". */
export function problemCounts(problems: readonly FoldedProblem[]): string {
  const counts = (["error", "warning"] as const).flatMap((severity) => {
    const count = countOf(problems, severity);
    return count === 0 ? [] : [plural(count, severity)];
  });
  return counts.length === 0 ? "no problems" : counts.join(", ");
}
