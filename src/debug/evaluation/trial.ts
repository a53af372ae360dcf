import { toHex } from "../../engine/address";
import { visitFields, type EngineEvent } from "../../engine/events";
import type { Words } from "../../language/Words";
import { messageOf } from "../../machine/problems/Problem";
import type { StepRecord } from "../../machine/records/records";
import { storyText } from "../../machine/stories/storyText";
import { plural } from "../protocol/format";

/** Events told at most of one trial. */
const mostEvents = 20;

/** What a statement would do: its story and what it prints, its problems, and what the engines did, one a line. */
export function trialText(record: StepRecord, words: Words): string {
  const story = storyText(record, words);
  const { value, problems, events } = record;
  const rest = events.length - mostEvents;
  return [
    ...(story === "" ? [] : [story]),
    ...(value?.kind === "text" ? [value.text] : []),
    ...problems.map((problem) => `${problem.severity}: ${messageOf(problem, words)} [${problem.id}]`),
    ...events.slice(0, mostEvents).map((event) => `  ${eventText(event)}`),
    ...(rest > 0 ? [`  and ${plural(rest, "event")} more`] : []),
    "Tried on a copy: nothing has changed.",
  ].join("\n");
}

function eventText(event: EngineEvent): string {
  const parts: string[] = [event.kind];
  visitFields(event, (name, value, type) => {
    parts.push(`${name}=${type === "address" && value >= 0 ? toHex(value) : value}`);
  });
  return parts.join(" ");
}
