/** Every kind of problem that MemScript reports, once. Diagnostics, hovers, exception info, CLI and docs derive from it. */

export type Severity = "error" | "warning" | "information";

export interface ProblemDescription {
  readonly severity: Severity;
  /** A few words, sentence case, for lists: "Double free". */
  readonly title: string;
  /** What it is and why it matters: one paragraph of Markdown. */
  readonly explanation: string;
  /** What to do: one sentence. */
  readonly advice: string;
}

const describe = (severity: Severity, title: string, explanation: string, advice: string): ProblemDescription => ({
  severity,
  title,
  explanation,
  advice,
});

export const catalogue = {
  leak: describe(
    "warning",
    "Memory leak",
    "The block was allocated and never freed, and no handle leads to it any more.",
    "Free the block before its last handle is overwritten or the script ends.",
  ),
} as const satisfies Record<string, ProblemDescription>;

export type ProblemId = keyof typeof catalogue;
