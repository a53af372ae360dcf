import type { CacheLeave, CacheLook, CacheMark, CachesView, CacheView } from "../../src/inspector/pagingModel";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { el, prose } from "../ui/dom";
import { count } from "../ui/numbers";

/** Look-ups of a step that are told one by one: the last ones. */
const toldLooks = 8;

/** A line that made room in a set, in words. */
export interface SetLeave {
  readonly set: number;
  readonly text: string;
  /** Whether it was written back. */
  readonly isWritten: boolean;
}

export function resultText(result: CacheMark["result"], strings: InspectorStrings): string {
  const texts = {
    hit: strings.lookHit,
    compulsory: strings.lookCompulsory,
    capacity: strings.lookCapacity,
    conflict: strings.lookConflict,
  };
  return texts[result];
}

/** The lines that made room in one cache, with their sets. */
export function leavesOfSet(
  { name, line, sets }: CacheView,
  leaves: readonly CacheLeave[],
  strings: InspectorStrings,
): SetLeave[] {
  return leaves
    .filter(({ cache, why }) => cache === name && why === "room")
    .map((leave) => ({
      set: Math.floor(Number(leave.address) / line) % sets,
      text: leaveText(leave, strings),
      isWritten: leave.writtenTo.kind !== "nowhere",
    }));
}

function leaveText({ address, why, writtenTo }: CacheLeave, strings: InspectorStrings): string {
  if (why === "inclusion") return format(strings.lookFollowed, address);
  const to = writtenTo.kind === "cache" ? writtenTo.name : strings.equationMemory;
  return writtenTo.kind === "nowhere"
    ? format(strings.lookLeft, address)
    : format(strings.lookWrittenBack, address, to);
}

function lookSentence({ cache, result, set, lines, isThere, write }: CacheLook, strings: InspectorStrings): string {
  const why = {
    hit: "",
    compulsory: strings.lookCompulsoryWhy,
    capacity: strings.lookCapacityWhy,
    conflict: strings.lookConflictWhy,
  };
  const where = lines.map((line) => `\`${line}\``).join(", ");
  const head = format(strings.lookAt, cache, count(set), where, resultText(result, strings));
  const parts = [
    why[result],
    lines.length > 1 ? strings.lookStraddles : "",
    write && !isThere ? strings.lookNotFilled : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? `${head}.` : `${head}: ${parts.join("; ")}.`;
}

/** What the step's references met, a sentence a look-up, and the lines that left; nothing for a step without any. */
export function lookList({ looks, hiddenLooks, leaves }: CachesView, strings: InspectorStrings): HTMLElement[] {
  if (looks.length === 0) return [];
  const told = looks.slice(-toldLooks);
  const earlier = looks.length - told.length + hiddenLooks;
  const items = [
    ...(earlier === 0 ? [] : [format(strings.looksEarlier, count(earlier))]),
    ...told.map((look) => lookSentence(look, strings)),
    ...leaves.slice(-toldLooks).map((leave) => `${leave.cache}: ${leaveText(leave, strings)}.`),
  ];
  return [
    el("h3", {}, strings.looksTitle),
    el("ul", { class: "looks" }, ...items.map((text) => el("li", {}, ...prose(text)))),
  ];
}

/** The marks of the grids. */
export function lookLegend(strings: InspectorStrings): HTMLElement {
  const entry = (sample: HTMLElement, text: string): HTMLElement => el("li", {}, sample, text);
  const swatch = (look: string): HTMLElement => el("span", { class: `look-swatch ${look}`, "aria-hidden": "true" });
  const sign = (text: string): HTMLElement => el("code", { "aria-hidden": "true" }, text);
  return el(
    "ul",
    { class: "legend look-legend" },
    entry(swatch("hit"), strings.lookHit),
    entry(swatch("compulsory"), strings.lookCompulsory),
    entry(swatch("capacity"), strings.lookCapacity),
    entry(swatch("conflict"), strings.lookConflict),
    entry(sign("×"), strings.legendMadeRoom),
    entry(sign("↓"), strings.legendWrittenBack),
    entry(sign("D"), strings.legendDirty),
  );
}
