import { parse } from "../../../src/language/parsing/parser";
import { type MachineLimits, defaultLimits } from "../../../src/machine/run/limits";
import { Machine } from "../../../src/machine/run/Machine";
import { englishWords } from "../../../src/language/Words";
import { wordsOf, type Problem, type ProblemWords } from "../../../src/machine/problems/Problem";
import type { StepRecord } from "../../../src/machine/records/records";

export interface ScriptRun {
  readonly machine: Machine;
  readonly records: readonly StepRecord[];
  readonly problems: readonly Problem[];
}

/** Runs a script to its end. */
export function runScript(
  text: string,
  limits: Partial<MachineLimits> = {},
  overrides: ReadonlyMap<string, string> = new Map(),
): ScriptRun {
  const machine = new Machine(parse(text), { limits: { ...defaultLimits, ...limits }, overrides });
  const records: StepRecord[] = [];
  machine.run(Number.MAX_SAFE_INTEGER, (record) => records.push(record));
  return { machine, records, problems: machine.problems };
}

/** What a problem says, in English. */
export function said(problem: Problem): ProblemWords {
  return wordsOf(problem, englishWords);
}

/** `id@line` of each problem, lines from 1. */
export function problemPlaces(problems: readonly Problem[]): string[] {
  return problems.map(({ id, line }) => `${id}@${line + 1}`);
}
