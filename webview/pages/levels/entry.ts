import {
  cellStates,
  mixedPermissions,
  permissionLetters,
  wordText,
  type CellState,
  type TableLevels,
  type TableStrip,
} from "../../../src/inspector/tableStrip";
import { format, type InspectorStrings } from "../../../src/inspector/strings";
import { count } from "../../ui/numbers";

/** A cell of a strip, taken out of the strip's arrays. */
export interface StripCell {
  readonly strip: TableStrip;
  readonly at: number;
  readonly state: CellState;
  /** Index of its first entry in the table, and one past its last. */
  readonly first: number;
  readonly end: number;
  readonly used: number;
  readonly isOnWay: boolean;
}

/** What tells a cell from all others of a drawing, and stays when the drawing is made anew. */
export const idOf = ({ strip, first }: StripCell): string => `${strip.level}.${strip.perCell}.${first}`;

export function cellsOf(strip: TableStrip): readonly StripCell[] {
  const { first, perCell, used, states, path } = strip;
  return Array.from(used, (inUse, at) => ({
    strip,
    at,
    state: cellStates[states[at]],
    first: first + at * perCell,
    end: first + (at + 1) * perCell,
    used: inUse,
    isOnWay: at === path,
  }));
}

/** `rwxu` of the pages behind a cell; empty where there are none or they differ. */
export function lettersOf({ strip, at, state }: StripCell): string {
  const bits = strip.permissions[at];
  return bits === mixedPermissions || state === "absent" || state === "table" || state === "chain"
    ? ""
    : permissionLetters(bits);
}

/** The word of a cell that is one entry; null for others. */
export function wordOf(levels: TableLevels, { strip, at }: StripCell): readonly [word: string, bits: string] | null {
  const word = strip.words.at(at);
  return word === undefined ? null : wordText(levels, word);
}

/** Where the entries of a cell lead to. */
export function leadsTo({ strip, at, state, used }: StripCell, strings: InspectorStrings): string {
  const frame = strip.frames[at];
  const page = strip.pages[at];
  switch (state) {
    case "absent":
      return strings.entryAbsent;
    case "table":
      return frame < 0 ? strings.stateTables : format(strings.entryTable, frame);
    case "page":
    case "huge":
      if (frame < 0) return format(strings.entriesUsed, count(used));
      return format(state === "huge" ? strings.entryHuge : strings.entryPage, page, frame);
    case "swapped":
      return format(strings.entrySwapped, page);
    case "evicted":
      return format(strings.entryEvicted, page);
    case "untouched":
      return format(strings.entryUntouched, page);
    case "mixed":
      return format(strings.entriesUsed, count(used));
    case "chain":
      return strings.entryChain;
  }
}

/** All there is to a cell, in a sentence. */
export function sentenceOf(levels: TableLevels, cell: StripCell, strings: InspectorStrings): string {
  const { strip, first, end, used, state } = cell;
  if (strip.perCell > 1) {
    const inUse = used === 0 ? strings.entryAbsent : format(strings.entriesUsed, count(used));
    const parts = [format(strings.entriesOf, strip.table, first, end - 1, inUse), lettersOf(cell)];
    return [...parts, cell.isOnWay ? strings.entryOnWay : ""].filter((part) => part !== "").join(", ");
  }
  const word = wordOf(levels, cell);
  const shown = word === null || state === "absent" ? [] : word;
  return [format(strings.entryOf, strip.table, first), ...shown, leadsTo(cell, strings), lettersOf(cell)]
    .concat(cell.isOnWay ? [strings.entryOnWay] : [])
    .filter((part) => part !== "")
    .join(", ");
}
