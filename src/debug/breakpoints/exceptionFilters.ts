import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Program } from "../../language/parsing/syntax";
import { catalogue, problemIds, type ProblemId } from "../../machine/problems/catalogue";
import type { Words } from "../../language/Words";
import { adviceOn, titleOf, wordsOf, type Problem } from "../../machine/problems/Problem";
import { compileCondition } from "./breakpointTerms";

/** The filter that stands for every problem of severity error. */
const allErrors = "errors";

/** Problems at which a run can stop: all of severity error, and leaks. */
const stoppableProblems = new Set(problemIds.filter((id) => catalogue[id].severity === "error" || id === "leak"));

interface Group {
  readonly filter: string;
  readonly label: (words: Words) => string;
  readonly description: (words: Words) => string;
  readonly problems: readonly ProblemId[];
}

/**
 * What else there is a check box for. A client lists the breakpoints of its user below all filters, so these are few;
 * what belongs to no group is among all errors.
 */
const groups: readonly Group[] = [
  {
    filter: "overflow",
    label: (words) => words.say("Overflow or damage"),
    description: (words) =>
      words.say("Stop at an access past the end or before the start of a block, and at headers that it damaged."),
    problems: ["heap-overflow", "heap-underflow", "heap-corruption"],
  },
  {
    filter: "bad-read",
    label: (words) => words.say("Uninitialized or wild access"),
    description: (words) =>
      words.say("Stop at a read of bytes that were never written, and at an access where there is no memory."),
    problems: ["uninitialized-read", "wild-access"],
  },
  {
    filter: "no-room",
    label: (words) => words.say("Out of room"),
    description: (words) => words.say("Stop when a heap, a pool, the frames or the swap space are exhausted."),
    problems: ["out-of-memory", "pool-exhausted", "out-of-frames", "out-of-swap"],
  },
  {
    filter: "bad-page",
    label: (words) => words.say("Page or protection fault"),
    description: (words) =>
      words.say("Stop at a page fault that is not served, a protection or segmentation fault and a guard page."),
    problems: [
      "page-fault",
      "protection-fault",
      "general-protection-fault",
      "segmentation-fault",
      "guard-page",
      "stale-translation",
    ],
  },
];

/** Problems with a check box of their own. */
const singles = ["leak", "double-free", "invalid-free", "use-after-free"] as const;

/** The check boxes of the Breakpoints view: all errors, the common ones, groups of others, and expectations. */
export function exceptionFilters(words: Words): DebugProtocol.ExceptionBreakpointsFilter[] {
  const box = (filter: string, label: string, description: string): DebugProtocol.ExceptionBreakpointsFilter => ({
    filter,
    label,
    description,
    default: filter === allErrors || filter === "leak",
    supportsCondition: true,
    conditionDescription: words.say("Stop only when this holds, for example: used > 1000"),
  });
  const single = (id: ProblemId): DebugProtocol.ExceptionBreakpointsFilter =>
    box(id, titleOf(id, words), adviceOn(id, words));
  return [
    box(allErrors, words.say("All errors"), words.say("Stop at every problem of severity error.")),
    ...singles.map(single),
    ...groups.map(({ filter, label, description }) => box(filter, label(words), description(words))),
    single("expectation-failed"),
  ];
}

/** Whether a filter stands for the problem: all errors, a group, or the id of the problem itself, in a list or not. */
function covers(filter: string, { id, severity }: Problem): boolean {
  if (filter === id) return true;
  if (filter === allErrors) return severity === "error";
  return groups.some((group) => group.filter === filter && group.problems.includes(id));
}

interface ActiveFilter {
  readonly filter: string;
  /** Null: always. */
  readonly condition: string | null;
}

/** The filters that the client has switched on. */
export class ExceptionFilters {
  private asked: readonly ActiveFilter[] = [];
  private active: readonly ActiveFilter[] = [];

  /**
   * Replaces the active filters and answers one entry for each, in the order asked: first `filters`, then
   * `filterOptions`, as the protocol wants.
   */
  set(args: DebugProtocol.SetExceptionBreakpointsArguments, program: Program | null): DebugProtocol.Breakpoint[] {
    this.asked = [
      ...args.filters.map((filter) => ({ filter, condition: null })),
      ...(args.filterOptions ?? []).map((option) => ({
        filter: option.filterId,
        condition: option.condition?.trim() ? option.condition : null,
      })),
    ];
    return this.resolve(program);
  }

  /** Verifies the filters anew, as their conditions may name what another script binds. */
  resolve(program: Program | null): DebugProtocol.Breakpoint[] {
    const known = new Set<string>([allErrors, ...groups.map(({ filter }) => filter), ...stoppableProblems]);
    const accepted: ActiveFilter[] = [];
    const answers = this.asked.map((filter): DebugProtocol.Breakpoint => {
      if (!known.has(filter.filter))
        return { verified: false, message: `'${filter.filter}' is not a kind of problem.` };
      const compiled = filter.condition === null ? null : compileCondition(filter.condition, program);
      if (compiled !== null && "error" in compiled) return { verified: false, message: compiled.error };
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
          covers(filter.filter, problem) &&
          // A problem that the script announced with `expect problem` is only information.
          problem.severity !== "information" &&
          (filter.condition === null || holds(filter.condition)),
      ),
    );
  }
}

/** The card of the exception widget, from the catalogue. Clients show the stack trace, here the lines that led to it, below the description. */
export function exceptionInfo(
  problem: Problem,
  toClientLine: (line: number) => number,
  words: Words,
): DebugProtocol.ExceptionInfoResponse["body"] {
  const { message, advice, related: lines } = wordsOf(problem, words);
  const related = lines.map((line) => `line ${toClientLine(line.line)}: ${line.message}`);
  return {
    exceptionId: problem.id,
    description: [message, advice].join("\n"),
    breakMode: "always",
    details: {
      typeName: problem.id,
      message,
      fullTypeName: catalogue[problem.id].title,
      stackTrace: [`at line ${toClientLine(problem.line)}`, ...related].join("\n"),
    },
  };
}
