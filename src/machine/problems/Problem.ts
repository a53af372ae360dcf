import type { Words } from "../../language/Words";
import { catalogue, type FactsOf, type ProblemId } from "./catalogue";
import type { RelatedLine } from "../../language/variants";
import type { ProblemKind, Severity } from "./ProblemKind";

/** Where and when a problem was found. Lines and columns are 0-based, columns half-open. */
export interface ProblemPlace {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** The step that raised it, 0 for problems found by parsing; for leaks at the end, the last step. */
  readonly step: number;
}

/** One mistake of a kind, found while parsing or running. */
export interface ProblemOf<Id extends ProblemId> extends ProblemPlace {
  readonly id: Id;
  readonly severity: Severity;
  /** What is known of it, as plain data. */
  readonly facts: FactsOf<Id>;
  /** Announced by an `expect problem` line: severity is then `information`, and only the step's record has it. */
  readonly expected?: true;
}

/** One mistake; `switch (problem.id)` narrows `problem.facts`. */
export type Problem = { [Id in ProblemId]: ProblemOf<Id> }[ProblemId];

export function problemOf<Id extends ProblemId>(id: Id, facts: FactsOf<Id>, place: ProblemPlace): Problem {
  const { line, column, endColumn, step } = place;
  return { id, severity: catalogue[id].severity, line, column, endColumn, step, facts } as Problem;
}

/** What a problem says to people. */
export interface ProblemWords {
  /** One sentence: what, with numbers and names. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly advice: string;
  readonly related: readonly RelatedLine[];
}

export function wordsOf({ id, facts }: Pick<Problem, "id" | "facts">, words: Words): ProblemWords {
  const kind = catalogue[id] as ProblemKind<typeof facts>;
  const { message, related = [] } = kind.tell(facts, words);
  return { message, advice: adviceOn(id, words), related };
}

/** The kind of a problem in a few words, for lists. */
export function titleOf(id: ProblemId, words: Words): string {
  return words.say(catalogue[id].title);
}

/** What to do about problems of a kind, one sentence. */
export function adviceOn(id: ProblemId, words: Words): string {
  return words.say(catalogue[id].advice);
}

export function messageOf(problem: Pick<Problem, "id" | "facts">, words: Words): string {
  return wordsOf(problem, words).message;
}
