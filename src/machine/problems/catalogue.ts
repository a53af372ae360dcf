/** Every kind of problem that MemScript reports, once. Diagnostics, hovers, exception info, CLI and docs derive from it. */

import { accessProblems } from "./accessProblems";
import { blockProblems } from "./blockProblems";
import type { ProblemDescription } from "./description";
import { scriptProblems } from "./scriptProblems";
import { vmProblems } from "./vmProblems";

export type { ProblemDescription, Severity } from "./description";

export const catalogue = {
  ...blockProblems,
  ...accessProblems,
  ...vmProblems,
  ...scriptProblems,
} as const satisfies Record<string, ProblemDescription>;

export type ProblemId = keyof typeof catalogue;

export const problemIds = Object.keys(catalogue) as readonly ProblemId[];
