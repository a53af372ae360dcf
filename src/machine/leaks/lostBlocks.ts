import type { Problem } from "../problems/Problem";

/** Ids of the allocations that a problem reports as lost. */
export function lostBlocks(problem: Problem): readonly number[] {
  return problem.id === "leak" && "ids" in problem.facts ? problem.facts.ids : [];
}
