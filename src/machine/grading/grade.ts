import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Problem } from "../problems/Problem";
import { Machine } from "../run/Machine";
import type { MachineOptions } from "../run/options";
import { ProofJudge, type ProofOutcome } from "../run/proofs";
import type { Expectation, Expectations } from "./expectations";
import { followedBy, submissionProgram } from "./submission";

/** An expectation, and whether a submission fulfils it. */
export interface Result {
  readonly expectation: Expectation;
  /** Lines of a problem that are those of the expectations' file count in that file. */
  readonly outcome: ProofOutcome;
}

/** What a submission is worth. */
export interface Grade {
  /** One for each expectation, in the order of lines. */
  readonly results: readonly Result[];
  /** Those of the submission alone, in the order in which they came; leaks at the end among them. */
  readonly problems: readonly Problem[];
  /** `empty`: nothing was executed, and so nothing is held; `time`: it took too long and was stopped. */
  readonly stop: "empty" | "time" | null;
}

export interface GradeOptions extends MachineOptions {
  /** Asked between steps: whether the submission has had its time. */
  readonly isOutOfTime: () => boolean;
}

/**
 * Runs a submission, and then once more with the expectations after it. An expectation holds when its line was executed
 * and raised nothing each time: one that cannot be evaluated does not, nor one that a limit keeps from being reached. Those
 * of the submission itself do not count.
 */
export function* grade(text: string, expectations: Expectations, options: GradeOptions): Work<Grade> {
  const submission = submissionProgram(text);
  const alone = new Machine(submission, options);
  yield* runFrom(alone, options);
  const { problems } = alone;
  // Rounds without a statement may have used up a limit.
  const isEmpty = alone.state.step === 0 && !problems.some(({ id }) => id === "limit-exceeded");
  const program = followedBy(submission, expectations.program);
  const judge = new ProofJudge(program);
  const machine = new Machine(program, options);
  const first = submission.lines.length;
  if (!isEmpty) yield* runFrom(machine, options, first, judge);
  const outcomes = new Map(judge.outcomes().map(({ line, outcome }) => [line - first, outcome]));
  return {
    results: expectations.list.map((expectation) => {
      const outcome = outcomes.get(expectation.line);
      return { expectation, outcome: outcome === undefined ? notReached : inOwnFile(outcome, first) };
    }),
    problems,
    stop: isEmpty ? "empty" : machine.finished ? null : "time",
  };
}

/** Runs to the end, or until the time is out; the judge hears of the steps from a line on. */
function* runFrom(
  machine: Machine,
  { isOutOfTime }: GradeOptions,
  judged = Infinity,
  judge: ProofJudge | null = null,
): Work<void> {
  for (let line = machine.nextLine; line !== null && !isOutOfTime(); line = machine.nextLine) {
    if (line < judged) machine.stepQuietly();
    else {
      const record = machine.step();
      if (record !== undefined) judge?.feed(record);
    }
    if (machine.state.step % stepsPerYield === 0) yield;
  }
}

const notReached: ProofOutcome = { kind: "not-reached" };

function inOwnFile(outcome: ProofOutcome, first: number): ProofOutcome {
  if (outcome.kind !== "failed") return outcome;
  const { problem } = outcome;
  const facts = withLinesFrom(problem.facts, first);
  return { kind: "failed", problem: { ...problem, line: problem.line - first, facts } as Problem };
}

/** Facts whose lines, numbers with such a name, count from a line on; those before it stay. */
function withLinesFrom(facts: unknown, first: number, key = ""): unknown {
  if (typeof facts === "number") return /^line$|Line$/.test(key) && first <= facts ? facts - first : facts;
  if (Array.isArray(facts)) return facts.map((entry) => withLinesFrom(entry, first));
  if (typeof facts !== "object" || facts === null) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, withLinesFrom(value, first, name)]));
}

/** Whether nothing is missing: every expectation holds, and no problem counts, which those of severity error always do. */
export function passes({ results, problems, stop }: Grade, failsOnWarnings: boolean): boolean {
  const counts = ({ severity }: Problem): boolean =>
    severity === "error" || (failsOnWarnings && severity === "warning");
  return stop === null && results.every(({ outcome }) => outcome.kind === "held") && !problems.some(counts);
}
