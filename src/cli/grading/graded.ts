import type { Expectation, Expectations } from "../../machine/grading/expectations";
import { grade, passes, type Grade, type Result } from "../../machine/grading/grade";
import type { MachineLimits } from "../../machine/run/limits";
import type { FoldedProblem } from "../../machine/problems/repeats";
import { errorText } from "../errors";
import type { Input } from "../inputs";
import { listedProblems } from "../problems";
import { readScript } from "../scripts";

/** A submission and what it is worth. */
export interface Graded {
  readonly name: string;
  /** `unreadable`: no script, or MemScript failed on it; `empty`: nothing in it is executed; `stopped`: it took too long. */
  readonly verdict: "passed" | "failed" | "empty" | "stopped" | "unreadable";
  /** Why it is unreadable, in one sentence. */
  readonly reason: string | null;
  /** One for each expectation, whatever the verdict. */
  readonly results: readonly Result[];
  /** Of the submission alone. */
  readonly problems: readonly FoldedProblem[];
  /** How long it ran. */
  readonly seconds: number;
}

export interface GradingOptions {
  readonly limits: MachineLimits;
  /** Longest time that a submission may run. */
  readonly seconds: number;
  readonly failsOnWarnings: boolean;
}

/** Grades a submission. Never throws: what cannot be graded does not pass. */
export async function gradeFile(input: Input, expectations: Expectations, options: GradingOptions): Promise<Graded> {
  const begin = performance.now();
  const elapsed = (): number => (performance.now() - begin) / 1000;
  try {
    const { limits, failsOnWarnings } = options;
    const isOutOfTime = (): boolean => elapsed() > options.seconds;
    const work = grade(await readScript(input), expectations, { limits, overrides: new Map(), isOutOfTime });
    let slice = work.next();
    while (slice.done !== true) slice = work.next();
    const { results } = slice.value;
    const problems = listedProblems(slice.value.problems);
    const verdict = verdictOf(slice.value, failsOnWarnings);
    return { name: input.name, verdict, reason: null, results, problems, seconds: elapsed() };
  } catch (error) {
    const reason = errorText(error);
    const results = expectations.list.map((expectation) => notReached(expectation));
    return { name: input.name, verdict: "unreadable", reason, results, problems: [], seconds: elapsed() };
  }
}

function verdictOf(result: Grade, failsOnWarnings: boolean): Graded["verdict"] {
  if (result.stop !== null) return result.stop === "empty" ? "empty" : "stopped";
  return passes(result, failsOnWarnings) ? "passed" : "failed";
}

const notReached = (expectation: Expectation): Result => ({ expectation, outcome: { kind: "not-reached" } });

/** Expectations that hold, and what they are worth. */
export interface Score {
  readonly held: number;
  readonly expectations: number;
  readonly points: number;
  readonly outOf: number;
}

export function scoreOf(results: readonly Result[]): Score {
  const held = results.filter(({ outcome }) => outcome.kind === "held");
  return { held: held.length, expectations: results.length, points: pointsOf(held), outOf: pointsOf(results) };
}

/** Sums of decimal fractions, without the traces of binary ones. */
const pointsOf = (results: readonly Result[]): number =>
  Number(results.reduce((sum, { expectation }) => sum + expectation.points, 0).toFixed(6));
