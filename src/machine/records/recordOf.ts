import { cacheStory } from "../access/caches";
import type { Problem } from "../problems/Problem";
import type { StepRecord } from "./records";
import type { Step } from "../step/Step";
import { fallbackStory } from "../step/story";

/** The record of a step that has just been executed, with the problems that count as its own. */
export function recordOf(step: Step, problems: readonly Problem[]): StepRecord {
  const { statement, line, world } = step;
  const events = world.log.toArray();
  const told = step.story === "" ? fallbackStory(step, events) : step.story;
  return {
    step: world.step,
    line,
    text: statement.text,
    op: statement.verb,
    ok: !problems.some(({ severity }) => severity === "error"),
    value: step.value,
    events,
    problems,
    story: world.cacheTrip === null ? told : `${told} ${cacheStory(world.cacheTrip)}`,
  };
}
