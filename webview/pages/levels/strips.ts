import type { TableLevels, TableStrip } from "../../../src/inspector/tableStrip";
import { format, type InspectorStrings } from "../../../src/inspector/strings";
import { svg } from "../../ui/dom";
import { count } from "../../ui/numbers";
import { dots, linePatterns, stripes } from "../../ui/patterns";
import { pictureItem, type Box, type Drawing, type PictureItem } from "../../ui/Picture";
import { cellsOf, idOf, lettersOf, sentenceOf, type StripCell } from "./entry";

const captionHeight = 16;
const lowCell = 20;
/** Cells as wide as this hold two lines. */
const wideCell = 84;
const highCell = 34;
const fanHeight = 12;
const widestCell = 132;
const narrow = 560;

/** Cells of a strip at most, so that each can be pointed at. */
export const cellsIn = (width: number): number => (width < narrow ? 32 : 64);

/**
 * A strip a table, the root on top; the cell on the way opens like a fan into the strip below, which is the table that it
 * leads to, or what the cell stands for.
 */
export function drawStrips(
  levels: TableLevels,
  width: number,
  strings: InspectorStrings,
  choose: (page: number) => void,
): Drawing {
  const still: SVGElement[] = [];
  const items: PictureItem[] = [];
  let top = 0;
  let parent: { readonly left: number; readonly right: number; readonly bottom: number } | null = null;
  for (const strip of levels.strips) {
    const cells = cellsOf(strip);
    const cell = Math.min(widestCell, width / cells.length);
    const height = cell >= wideCell ? highCell : lowCell;
    const upper = top + captionHeight;
    if (parent !== null) {
      const { left, right, bottom } = parent;
      const end = cells.length * cell;
      still.push(svg("path", { class: "fan", d: `M${left} ${bottom}H${right}L${end} ${upper}H0Z` }));
    }
    still.push(svg("text", { class: "caption", x: 0, y: upper - 4 }, captionOf(strip, cells, width, strings)));
    for (const one of cells) {
      items.push(cellItem(levels, one, { x: one.at * cell, y: upper, width: cell, height }, strings, choose));
    }
    const bottom = upper + height;
    parent = strip.path < 0 ? null : { left: strip.path * cell, right: (strip.path + 1) * cell, bottom };
    top = bottom + fanHeight;
  }
  return { height: Math.max(0, top - fanHeight + 2), still, items };
}

function cellItem(
  levels: TableLevels,
  cell: StripCell,
  { x, y, width, height }: Box,
  strings: InspectorStrings,
  choose: (page: number) => void,
): PictureItem {
  const { strip, at, first, state, used } = cell;
  const gap = width > 6 ? 2 : 0.5;
  const page = strip.pages[at];
  const box = { x: x + gap / 2, y, width: Math.max(1, width - gap), height };
  const look = `entry ${state} ${looks(cell)}${cell.isOnWay ? " on-way" : ""}`;
  const single = strip.perCell === 1;
  const title = single ? String(first) : used === 0 ? "" : count(used);
  const fits = title.length * 7 + 4 <= width;
  return pictureItem(
    {
      id: idOf(cell),
      x: x + width / 2,
      y: y + height / 2,
      label: sentenceOf(levels, cell, strings),
      look,
      choose: () => (page < 0 ? undefined : choose(page)),
    },
    svg("rect", box),
    // What a page permits lies over its colour as a pattern.
    ...(state === "absent" ? [] : [svg("rect", { class: "pattern", ...box })]),
    ...(fits ? [text("box-title", x + width / 2, y + 14, title)] : []),
    ...(height === highCell ? [text("box-note", x + width / 2, y + 27, noteOf(cell, strings))] : []),
  );
}

const text = (look: string, x: number, y: number, content: string): SVGElement =>
  svg("text", { class: look, x, y, "text-anchor": "middle" }, content);

/** What pages permit, for the pattern; the letters of the legend. */
function looks(cell: StripCell): string {
  const letters = lettersOf(cell);
  if (letters === "") return "";
  const can = (letter: string): boolean => letters.includes(letter);
  return can("w") ? (can("x") ? "write-execute" : "write") : can("x") ? "execute" : "read-only";
}

/** The second line of a wide cell. */
function noteOf(cell: StripCell, strings: InspectorStrings): string {
  const { strip, at, state } = cell;
  const frame = strip.frames[at];
  if (state === "absent") return "";
  if (frame >= 0) return `${format(strings.frameShort, frame)} ${lettersOf(cell)}`.trim();
  return lettersOf(cell);
}

function captionOf(
  { table, frame, perCell }: TableStrip,
  cells: readonly StripCell[],
  width: number,
  strings: InspectorStrings,
): string {
  const from = cells.at(0)?.first ?? 0;
  const to = (cells.at(-1)?.end ?? 1) - 1;
  const head = format(strings.stripEntries, table, count(from), count(to));
  const share = perCell === 1 ? "" : format(strings.stripPerCell, count(perCell));
  // The strip below says the frame again.
  const place = frame === null || (perCell > 1 && width < narrow) ? "" : format(strings.frameShort, frame);
  return [head, place, share].filter((part) => part !== "").join(" · ");
}

/** The patterns of permissions and kinds, once a drawing. */
export function patternDefs(): SVGElement {
  return linePatterns("pattern-line", {
    "entry-dots": dots,
    "entry-stripes": stripes,
    "entry-cross": "M0 0L6 6M0 6L6 0",
    "entry-bars": "M0 3H6",
  });
}
