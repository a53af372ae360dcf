import type { EngineEvent } from "../../engine/events";
import { sayCount, say, series, type Phrase } from "../../language/phrases";
import { cacheStory } from "../access/caches";
import type { Problem } from "../problems/Problem";
import type { StepRecord } from "./records";
import type { Step } from "../step/Step";

/** What a step did whose verb tells no story. */
function eventsStory({ length }: readonly EngineEvent[]): Phrase {
  return length === 0 ? say("Nothing changed.") : sayCount(length, "{0} event happened.", "{0} events happened.");
}

/** The record of a step that has just been executed, with the problems that count as its own. */
export function recordOf(step: Step, problems: readonly Problem[]): StepRecord {
  const { statement, line, world } = step;
  const events = world.log.toArray();
  const refusal = step.story === "" ? (step.problems.at(0) ?? null) : null;
  const story = step.story === "" && refusal === null ? eventsStory(events) : step.story;
  return {
    step: world.step,
    line,
    text: statement.text,
    op: statement.verb,
    ok: !problems.some(({ severity }) => severity === "error"),
    value: step.value,
    events,
    problems,
    story: world.cacheTrip === null ? story : series([story, cacheStory(world.cacheTrip)]),
    refusal,
  };
}
