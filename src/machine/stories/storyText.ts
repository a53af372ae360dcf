import type { Words } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import type { StepRecord } from "../records/records";

/** What a step did, in words. */
export function storyText({ story, refusal }: StepRecord, words: Words): string {
  const told = words.text(story);
  if (refusal === null) return told;
  return [words.say("Refused: {0}", messageOf(refusal, words)), told].filter((part) => part !== "").join(" ");
}
