import type { Work } from "../../../language/coroutines";
import type { Program } from "../../../language/parsing/syntax";
import type { ProblemId } from "../../../machine/problems/catalogue";
import type { Problem, ProblemOf } from "../../../machine/problems/Problem";
import { insertBefore, type Fix } from "./edits";
import {
  doubleFreeFixes,
  freeInstead,
  insertFree,
  interiorFreeFixes,
  uninitializedFixes,
  useAfterFreeFixes,
} from "./freeing";
import {
  alreadyMappedFixes,
  frameFixes,
  notMappedFixes,
  outOfFramesFixes,
  outOfSwapFixes,
  pageFaultFixes,
  protectionFixes,
  staleTranslationFixes,
  unalignedPageFixes,
} from "./paging";
import {
  alignmentFixes,
  invalidSizeFixes,
  outOfMemoryFixes,
  overflowFixes,
  poolExhaustedFixes,
  underflowFixes,
} from "./sizes";
import { choiceFixes, expectationFixes, loopFixes, suggestionFix, unknownRegionFixes } from "./words";

/** By the problem's id; the others have no obvious fix. */
const mends: { readonly [Id in ProblemId]?: (problem: ProblemOf<Id>, program: Program) => Fix[] } = {
  leak: (problem, program) => {
    const fix = insertFree(problem, program);
    return fix === undefined ? [] : [fix];
  },
  "double-free": doubleFreeFixes,
  "use-after-free": useAfterFreeFixes,
  "invalid-free": interiorFreeFixes,
  "uninitialized-read": uninitializedFixes,
  "heap-overflow": overflowFixes,
  "heap-underflow": underflowFixes,
  "out-of-memory": outOfMemoryFixes,
  "pool-exhausted": poolExhaustedFixes,
  "invalid-size": (problem, program) => [...freeInstead(problem, program), ...invalidSizeFixes(problem, program)],
  misaligned: alignmentFixes,
  overlap: ({ line }, program) => [insertBefore(program, line, "expect problem overlap")],
  "page-fault": pageFaultFixes,
  "protection-fault": protectionFixes,
  "stale-translation": staleTranslationFixes,
  "already-mapped": alreadyMappedFixes,
  "invalid-frame": frameFixes,
  "frame-in-use": frameFixes,
  "not-mapped": notMappedFixes,
  "out-of-frames": outOfFramesFixes,
  "out-of-swap": outOfSwapFixes,
  "unaligned-page": unalignedPageFixes,
  "expectation-failed": expectationFixes,
  "unknown-name": unknownRegionFixes,
  "bad-operand": choiceFixes,
  "syntax-error": loopFixes,
};

/** The changes that would mend a problem, best first; often none. */
export function fixesOf(problem: Problem, program: Program): Fix[] {
  const suggestion = suggestionFix(problem, program);
  if (suggestion !== undefined) return [suggestion];
  const mend = mends[problem.id] as ((problem: Problem, program: Program) => Fix[]) | undefined;
  return mend?.(problem, program) ?? [];
}

/** Frees every leaked block, each line once; with yields. */
export function* leakFixes(problems: readonly Problem[], program: Program): Work<Fix[]> {
  const fixes = new Map<string, Fix>();
  for (const problem of problems) {
    if (problem.id !== "leak") continue;
    for (const fix of fixesOf(problem, program)) fixes.set(JSON.stringify(fix.edits), fix);
    yield;
  }
  return [...fixes.values()];
}

/** Whether any leak can be mended. */
export function hasLeakFix(problems: readonly Problem[], program: Program): boolean {
  return problems.some((problem) => problem.id === "leak" && fixesOf(problem, program).length > 0);
}
