import type { DebugProtocol } from "@vscode/debugprotocol";
import { catalogue, type ProblemId, type ProblemDescription } from "../machine/problems/catalogue";
import type { Problem } from "../machine/records";

/** The filter that stands for every problem of severity error. */
const allErrors = "errors";
const conditionDescription = "Stop only when this holds, for example: used > 1000";

const descriptions: Readonly<Record<ProblemId, ProblemDescription>> = catalogue;

/** Problems at which a run can stop: all of severity error, and leaks. */
export const stoppableProblems: readonly ProblemId[] = (Object.keys(descriptions) as ProblemId[]).filter(
  (id) => descriptions[id].severity === "error" || id === "leak",
);

/** The check boxes of the Breakpoints view: all errors, leaks, then each problem by itself. */
export function exceptionFilters(): DebugProtocol.ExceptionBreakpointsFilter[] {
  const single = (id: ProblemId): DebugProtocol.ExceptionBreakpointsFilter => ({
    filter: id,
    label: descriptions[id].title,
    description: descriptions[id].advice,
    default: id === "leak",
    supportsCondition: true,
    conditionDescription,
  });
  return [
    {
      filter: allErrors,
      label: "All Errors",
      description: "Stop at every problem of severity error.",
      default: true,
      supportsCondition: true,
      conditionDescription,
    },
    single("leak"),
    ...stoppableProblems.filter((id) => id !== "leak").map(single),
  ];
}

interface ActiveFilter {
  readonly filter: string;
  /** Null: always. */
  readonly condition: string | null;
}

/** The filters that the client has switched on. */
export class ExceptionFilters {
  private active: readonly ActiveFilter[] = [];

  /**
   * Replaces the active filters and answers one entry for each, in the order asked: first `filters`, then
   * `filterOptions`, as the protocol wants. `checkCondition` returns what is wrong with a condition, or undefined.
   */
  set(
    args: DebugProtocol.SetExceptionBreakpointsArguments,
    checkCondition: (condition: string) => string | undefined,
  ): DebugProtocol.Breakpoint[] {
    const known = new Set(exceptionFilters().map((filter) => filter.filter));
    const asked: ActiveFilter[] = [
      ...args.filters.map((filter) => ({ filter, condition: null })),
      ...(args.filterOptions ?? []).map((option) => ({
        filter: option.filterId,
        condition: option.condition?.trim() ? option.condition : null,
      })),
    ];
    const accepted: ActiveFilter[] = [];
    const answers = asked.map((filter): DebugProtocol.Breakpoint => {
      if (!known.has(filter.filter))
        return { verified: false, message: `'${filter.filter}' is not a kind of problem.` };
      const mistake = filter.condition === null ? undefined : checkCondition(filter.condition);
      if (mistake !== undefined) return { verified: false, message: mistake };
      accepted.push(filter);
      return { verified: true };
    });
    this.active = accepted;
    return answers;
  }

  /** The first of the problems at which to stop, or undefined. */
  find(problems: readonly Problem[], holds: (condition: string) => boolean): Problem | undefined {
    if (this.active.length === 0) return undefined;
    return problems.find((problem) =>
      this.active.some(
        (filter) =>
          (filter.filter === problem.id || (filter.filter === allErrors && problem.severity === "error")) &&
          // A problem that the script announced with `expect problem` is only information.
          problem.severity !== "information" &&
          (filter.condition === null || holds(filter.condition)),
      ),
    );
  }
}

/** The card of the exception widget, from the catalogue. */
export function exceptionInfo(
  problem: Problem,
  toClientLine: (line: number) => number,
): DebugProtocol.ExceptionInfoResponse["body"] {
  const related = problem.related.map((line) => `line ${toClientLine(line.line)}: ${line.message}`);
  return {
    exceptionId: problem.id,
    description: [problem.message, ...related, problem.advice].join("\n"),
    breakMode: "always",
    details: {
      typeName: problem.id,
      message: problem.message,
      fullTypeName: descriptions[problem.id].title,
      stackTrace: [`at line ${toClientLine(problem.line)}`, ...related].join("\n"),
    },
  };
}
