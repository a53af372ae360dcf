import { toHex } from "../../engine/address";
import { type EngineEvent, visitFields } from "../../engine/events";
import type { MachineState } from "../run/MachineState";
import { storyText } from "../stories/storyText";
import { englishWords } from "../../language/Words";
import { toJsonFacts } from "../problems/facts";
import { wordsOf, type Problem } from "../problems/Problem";
import { hexText, omittedBytes, plainText } from "./bytesText";
import type { StepRecord, StepValue } from "./records";
import { describeState } from "../inspect/describeState";
import { statisticGroups, valuesOf, type NamedSources } from "../inspect/statistics";
import { toJsonWalk } from "../walk/json";

/** Which records carry the state of memory. */
export type StateDetail = "none" | "end" | "each";

/** Events of one record; a step over a million pages has more. */
const mostEvents = 10_000;

type Json = Readonly<Record<string, unknown>>;

/** A problem with lines and columns from 1. */
export function toJsonProblem(problem: Problem, words = wordsOf(problem, englishWords)): Json {
  const { id, severity, line, column, endColumn } = problem;
  const { message, related } = words;
  const loss = problem.id === "leak" && "loss" in problem.facts ? problem.facts.loss : undefined;
  return {
    id,
    severity,
    line: line + 1,
    column: column + 1,
    endColumn: endColumn + 1,
    message,
    facts: toJsonFacts(problem.facts),
    related: related.map((entry) => ({ line: entry.line + 1, message: entry.message })),
    ...(loss === undefined ? {} : { kind: loss }),
    ...(problem.expected === true ? { expected: true } : {}),
  };
}

/** The record of one step of a script; with a state also the memory after it. */
export function toJsonRecord(record: StepRecord, state: MachineState | null = null, words = englishWords): Json {
  return {
    ...toJsonStep(record, {}, words),
    story: storyText(record, words),
    ...(state === null ? {} : describeState(state)),
  };
}

/** What the records of a script's steps and of a trace's have in common; `details` are added to the value. */
export function toJsonStep(
  record: Omit<StepRecord, "story" | "refusal">,
  details: Json = {},
  words = englishWords,
): Json {
  const { step, line, text, op, ok, value, events, problems } = record;
  return {
    kind: "step",
    step,
    line: line + 1,
    text,
    op,
    ok,
    value: value === null ? null : { ...toJsonValue(value), ...details },
    events: events.slice(0, mostEvents).map(toJsonEvent),
    ...(events.length > mostEvents ? { omittedEvents: events.length - mostEvents } : {}),
    problems: problems.map((problem) => toJsonProblem(problem, wordsOf(problem, words))),
  };
}

/** What a run leaves at its end: statistics by the names of heaps, pools and caches. */
interface End {
  readonly steps: number;
  readonly problems: readonly Problem[];
  readonly heaps?: Json;
  readonly vm?: object | null;
  readonly pools?: Json;
  readonly caches?: Json;
  readonly cacheTotals?: object | null;
}

/** What the records after the last step of a script and of a trace have in common. */
export function toJsonEnd(end: End, words = englishWords): Json {
  const { steps, problems, heaps = {}, vm = null, pools = {}, caches = {}, cacheTotals = null } = end;
  return {
    kind: "end",
    steps,
    problems: problems.map((problem) => toJsonProblem(problem, wordsOf(problem, words))),
    heaps,
    vm,
    pools,
    caches,
    cacheTotals,
  };
}

/** The record after the last step: all problems, the statistics and what is still live, on demand with the memory. */
export function endRecord(
  state: MachineState,
  problems: readonly Problem[],
  withState = false,
  words = englishWords,
): Json {
  const memory = withState ? describeState(state) : null;
  const groups = statisticGroups(state);
  const byName = (things: readonly NamedSources[], details: Json = {}): Json =>
    Object.fromEntries(things.map((thing) => [thing.name, { ...valuesOf(thing), ...(details[thing.name] as Json) }]));
  const [totals, ...caches] = groups.caches;
  const record = {
    steps: state.step,
    problems,
    heaps: byName(groups.heaps, memory?.heaps),
    vm: groups.vm.length === 0 ? null : { ...valuesOf(groups.vm[0]), ...memory?.vm },
    pools: byName(groups.pools, memory?.pools),
    caches: byName(caches, memory?.caches),
    cacheTotals: groups.caches.length === 0 ? null : valuesOf(totals),
  };
  return { ...toJsonEnd(record, words), leaks: state.leaks() };
}

function toJsonValue(value: StepValue): Json {
  switch (value.kind) {
    case "allocation":
      return { addr: value.address === null ? null : toHex(value.address), size: value.size, searched: value.searched };
    case "translation":
      return {
        va: toHex(value.virtual),
        pa: value.physical === null ? null : toHex(value.physical),
        hit: value.hit,
        fault: value.fault,
        evicted: value.evicted,
        ...(value.loaded === null ? {} : { bytes: hexText(value.loaded), ...omission(value.loaded) }),
        ...(value.walk === null ? {} : { walk: toJsonWalk(value.walk) }),
      };
    case "bytes":
      return { bytes: hexText(value.bytes), text: plainText(value.bytes), ...omission(value.bytes) };
    case "number":
      return { number: value.value };
    case "merges":
      return {
        number: value.merges,
        holes: value.holes.map(({ address, size }) => ({ addr: toHex(address), size })),
      };
    case "compaction":
      return {
        number: value.moves,
        heaps: value.heaps,
        moved: value.moved.map(({ handle, from, to, size }) => ({ handle, from: toHex(from), to: toHex(to), size })),
      };
    case "text":
      return { text: value.text };
  }
}

/** How many bytes a record leaves out, when it does. */
function omission(bytes: Uint8Array): Json {
  const omitted = omittedBytes(bytes);
  return omitted === 0 ? {} : { omitted };
}

/** Addresses are hexadecimal, null for none. */
function toJsonEvent(event: EngineEvent): Json {
  const fields: Record<string, unknown> = { kind: event.kind };
  visitFields(event, (name, value, type) => {
    fields[name] = type === "number" ? value : value < 0 ? null : toHex(value);
  });
  return fields;
}
