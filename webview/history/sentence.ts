import type { LifeFact } from "../../src/inspector/lifetimes/lifeFacts";
import type { LifeEnd } from "../../src/inspector/lifetimes/lives";
import { format, type InspectorStrings } from "../../src/inspector/strings";
import { bytes, count } from "../ui/numbers";

/** How a life ended, in a word or two. */
export function endText(strings: InspectorStrings, end: LifeEnd): string {
  const texts: Readonly<Record<LifeEnd, string>> = {
    open: strings.lifeEndOpen,
    free: strings.lifeEndFree,
    realloc: strings.lifeEndRealloc,
    reset: strings.lifeEndReset,
    trim: strings.lifeEndTrim,
    destroy: strings.lifeEndDestroy,
    exit: strings.lifeEndExit,
    moved: strings.lifeEndMoved,
    resized: strings.lifeEndResized,
  };
  return texts[end];
}

/** A life in one sentence, and a second one about what it goes on from. Code stands between backticks. */
export function lifeSentence(strings: InspectorStrings, life: LifeFact): string {
  const name = life.handle === null ? strings.lifeBlock : `\`${life.handle}\``;
  const size = bytes(life.size, strings);
  const begin = format(strings.lifeSentence, name, size, life.address, count(life.born), life.line + 1);
  return [fate(strings, life, begin), origin(strings, life)].filter((part) => part !== "").join(" ");
}

function fate(strings: InspectorStrings, { ended, end, leaked }: LifeFact, begin: string): string {
  if (ended === null) return format(leaked ? strings.lifeLeaked : strings.lifeOpen, begin);
  const how = `${endText(strings, end)}: \`${ended.text.trim()}\``;
  return format(leaked ? strings.lifeLost : strings.lifeEnded, begin, count(ended.step), ended.line + 1, how);
}

function origin(strings: InspectorStrings, { previous, address }: LifeFact): string {
  if (previous === null) return "";
  if (previous.address !== address) return format(strings.lifeMovedFrom, previous.address);
  return format(strings.lifeResizedFrom, bytes(previous.size, strings));
}
