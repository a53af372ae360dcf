import { toHex } from "../../engine/address";
import { rowMarks, segmentsOfRow, type RowSegments } from "../rows/rowSegments";
import {
  filled,
  label,
  line,
  outlined,
  type DisplayList,
  type Font,
  type Item,
  type MeasureText,
  type Pattern,
  shape,
} from "./displayList";
import { slants } from "./patterns";
import { ticks } from "./ticks";

/** The addresses in view, half-open, over a width in pixels. */
export interface RowScale {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

export interface RowMedium {
  /** Height of a row in pixels. */
  readonly height: number;
  readonly isHighContrast: boolean;
  readonly measure: MeasureText;
}

export const rulerHeight = 22;

const font: Font = { size: 11, family: "monospace" };
const leakHatch: Pattern = { size: 6, tile: [shape(slants(6, true), null, { ink: "leaked", width: 1 })] };
/** Pixels from which slanted lines can be told from a filled hair. */
const hatchable = 4;

/** The segments of a row: used ones filled, those that the step made framed, those that it ended hollow. */
export function rowPicture(segments: RowSegments, row: number, scale: RowScale, medium: RowMedium): DisplayList {
  const { height: whole, isHighContrast, measure } = medium;
  const perByte = scale.width / (scale.high - scale.low);
  const top = 3;
  const height = whole - 6;
  const items: Item[] = [];
  const numbers = segmentsOfRow(segments, row);
  // What the step has changed is drawn last and wider than a hair.
  for (const pass of [0, 1]) {
    for (const at of numbers) {
      const marks = segments.marks[at];
      const isBorn = (marks & rowMarks.born) !== 0;
      const isEnded = (marks & rowMarks.ended) !== 0;
      const isLeaked = (marks & rowMarks.leaked) !== 0;
      const isChanged = isBorn || isEnded;
      if (isChanged !== (pass === 1)) continue;
      const left = (segments.address[at] - scale.low) * perByte;
      const width = Math.max(isChanged ? 3 : 1, segments.size[at] * perByte);
      const ink = isLeaked ? "leaked" : "used";
      const isHollow = isEnded && !isBorn && segments.blocks[at] === 1;
      if (!isHollow) {
        items.push(filled(left, top, width, height, ink, isLeaked ? 0.55 : 0.4));
        if (isLeaked && width >= hatchable) items.push(filled(left, top, width, height, leakHatch));
      }
      if (width <= 2) continue;
      const inset = isChanged ? 1 : 0.5;
      items.push(
        outlined(left + inset, top + inset, width - 2 * inset, height - 2 * inset, {
          ink: isChanged ? "changed" : isHighContrast ? "foreground" : ink,
          width: isChanged ? 2 : 1,
          dash: isHollow ? [3, 2] : undefined,
        }),
      );
      const name = segments.labels[at] ?? "";
      if (name === "" || measure(name, font) + 8 > width) continue;
      const look = { font, ink: isHollow ? "muted" : "foreground", baseline: "middle" } as const;
      items.push(label(name, left + 4, whole / 2 + 0.5, look));
    }
  }
  return { width: scale.width, height: whole, items };
}

/** Addresses above the rows. */
export function rowRuler({ low, high, width }: RowScale, measure: MeasureText): DisplayList {
  const perByte = width / (high - low);
  const items: Item[] = [];
  for (const address of ticks(low, high, 92 / perByte, "two")) {
    const x = Math.round((address - low) * perByte) + 0.5;
    const text = toHex(address);
    items.push(line(x, rulerHeight - 6, x, rulerHeight, { ink: "muted", width: 1 }));
    if (x + measure(text, font) < width) {
      items.push(label(text, x + 2, 3, { font, ink: "muted", baseline: "top" }));
    }
  }
  return { width, height: rulerHeight, items };
}
