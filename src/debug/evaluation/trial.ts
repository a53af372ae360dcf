import { toHex } from "../../engine/address";
import type { EngineEvent } from "../../engine/events";
import { engineEventFields } from "../../machine/records/eventFields";
import type { StepRecord } from "../../machine/records/records";
import { plural } from "../protocol/format";

/** Events told at most of one trial. */
const mostEvents = 20;

/** What a statement would do: its story and what it prints, its problems, and what the engines did, one a line. */
export function trialText(record: StepRecord): string {
  const { story, value, problems, events } = record;
  const rest = events.length - mostEvents;
  return [
    ...(story === "" ? [] : [story]),
    ...(value?.kind === "text" ? [value.text] : []),
    ...problems.map(({ severity, message, id }) => `${severity}: ${message} [${id}]`),
    ...events.slice(0, mostEvents).map((event) => `  ${eventText(event)}`),
    ...(rest > 0 ? [`  and ${plural(rest, "event")} more`] : []),
    "Tried on a copy: nothing has changed.",
  ].join("\n");
}

function eventText(event: EngineEvent): string {
  const numbers = [event.a, event.b, event.c, event.d];
  const fields = engineEventFields[event.kind].map(({ name, isAddress }, index) => {
    const number = numbers[index];
    return `${name}=${isAddress && number >= 0 ? toHex(number) : number}`;
  });
  return [event.kind, ...fields].join(" ");
}
