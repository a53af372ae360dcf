import { rowMarks, segmentsOfRow, type RowSegments } from "../../src/inspector/rows/segments";
import { ticks } from "../history/plot";
import { paintedBy } from "../export/painters";
import type { Colours } from "../theme";
import { prepare } from "../ui/canvas";

export interface RowScale {
  readonly low: number;
  readonly high: number;
  /** Of the drawing, in CSS pixels. */
  readonly width: number;
}

type RowPicture = readonly [segments: RowSegments, row: number, scale: RowScale, colours: Colours];

/** Height of a row's drawing, in CSS pixels. */
export const rowHeight = 24;
export const rulerHeight = 22;

/** Pixels from which slanted lines can be told from a filled hair. */
const hatchable = 4;

/** Draws a row on a canvas, which can be asked for the same again as shapes. */
export function showRow(canvas: HTMLCanvasElement, ...row: RowPicture): void {
  paintRow(canvas, ...row);
  paintedBy(canvas, (sheet) => paintRow(sheet, ...row));
}

/** Draws the segments of a row: used ones filled, those that the step made framed, those that it ended hollow. */
function paintRow(canvas: HTMLCanvasElement, ...[segments, row, scale, colours]: RowPicture): void {
  const context = prepare(canvas, scale.width, rowHeight);
  const perByte = scale.width / (scale.high - scale.low);
  const top = 3;
  const height = rowHeight - 6;
  context.font = `11px ${colours.monospace}`;
  context.textBaseline = "middle";
  const numbers = segmentsOfRow(segments, row);
  // What the step has changed is drawn last and wider than a hair.
  for (const pass of [0, 1]) {
    for (const at of numbers) {
      const marks = segments.marks[at];
      const has = (mark: number): boolean => (marks & mark) !== 0;
      const isChanged = has(rowMarks.born) || has(rowMarks.ended);
      if (isChanged !== (pass === 1)) continue;
      const left = (segments.address[at] - scale.low) * perByte;
      const width = Math.max(isChanged ? 3 : 1, segments.size[at] * perByte);
      const colour = has(rowMarks.leaked) ? colours.leaked : colours.used;
      const isHollow = has(rowMarks.ended) && !has(rowMarks.born) && segments.blocks[at] === 1;
      if (!isHollow) {
        context.fillStyle = colour;
        context.globalAlpha = has(rowMarks.leaked) ? 0.55 : 0.4;
        context.fillRect(left, top, width, height);
        context.globalAlpha = 1;
        if (has(rowMarks.leaked) && width >= hatchable) hatch(context, left, top, width, height, colours.leaked);
      }
      if (width <= 2) continue;
      context.strokeStyle = isChanged ? colours.changed : colours.highContrast ? colours.foreground : colour;
      context.lineWidth = isChanged ? 2 : 1;
      if (isHollow) context.setLineDash([3, 2]);
      const inset = isChanged ? 1 : 0.5;
      context.strokeRect(left + inset, top + inset, width - 2 * inset, height - 2 * inset);
      if (isHollow) context.setLineDash([]);
      const label = segments.labels[at] ?? "";
      if (label === "" || context.measureText(label).width + 8 > width) continue;
      context.fillStyle = isHollow ? colours.muted : colours.foreground;
      context.fillText(label, left + 4, rowHeight / 2 + 0.5);
    }
  }
}

/** Slanted lines: leaks are told without colour too. */
function hatch(
  context: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = left - height; x < left + width; x += 6) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}

/** Addresses above the rows. */
export function showRuler(canvas: HTMLCanvasElement, scale: RowScale, colours: Colours): void {
  paintRuler(canvas, scale, colours);
  paintedBy(canvas, (sheet) => paintRuler(sheet, scale, colours));
}

function paintRuler(canvas: HTMLCanvasElement, { low, high, width }: RowScale, colours: Colours): void {
  const context = prepare(canvas, width, rulerHeight);
  context.font = `11px ${colours.monospace}`;
  context.fillStyle = context.strokeStyle = colours.muted;
  context.textBaseline = "top";
  const perByte = width / (high - low);
  for (const address of ticks(low, high, 92 / perByte, "two")) {
    const x = Math.round((address - low) * perByte) + 0.5;
    const text = `0x${address.toString(16)}`;
    context.beginPath();
    context.moveTo(x, rulerHeight - 6);
    context.lineTo(x, rulerHeight);
    context.stroke();
    if (x + context.measureText(text).width < width) context.fillText(text, x + 2, 3);
  }
}
