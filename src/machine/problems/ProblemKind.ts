import type { Told } from "../../language/variants";
import type { Words } from "../../language/Words";

export type Severity = "error" | "warning" | "information";

/** What is said of a kind of problem in general. */
export interface ProblemDescription {
  readonly severity: Severity;
  /** A few words, sentence case, for lists: "Double free". */
  readonly title: string;
  /** What it is and why it matters: one paragraph of Markdown. */
  readonly explanation: string;
  /** What to do: one sentence. */
  readonly advice: string;
  /** The shortest script that raises it; the test suite runs each. */
  readonly example: string;
}

/** A kind of problem: its description, and the words for one that has happened, made of its facts. */
export interface ProblemKind<Facts> extends ProblemDescription {
  readonly tell: (facts: Facts, words: Words) => Told;
}

/** A kind of severity error, unless `description` says otherwise. */
export function problemKind<Facts>(
  description: Omit<ProblemDescription, "severity"> & Partial<Pick<ProblemDescription, "severity">>,
  tell: ProblemKind<Facts>["tell"],
): ProblemKind<Facts> {
  return { severity: "error", ...description, tell };
}
