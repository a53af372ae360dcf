export type Severity = "error" | "warning" | "information";

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

/** A catalogue entry of severity error, which nearly all are. */
export function describeError(title: string, explanation: string, advice: string, example: string): ProblemDescription {
  return { severity: "error", title, explanation, advice, example };
}
