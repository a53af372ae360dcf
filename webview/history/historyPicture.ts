import type { LifetimesAnswer, LifeColumns } from "../../src/inspector/lifetimes/answer";
import {
  filled,
  label,
  line,
  outlined,
  shape,
  type Bitmap,
  type Box,
  type Font,
  type Item,
  type MeasureText,
} from "../../src/inspector/drawing/displayList";
import { heapPatterns } from "../../src/inspector/drawing/patterns";
import { ticks } from "../../src/inspector/drawing/ticks";
import { neverEnded } from "../../src/inspector/lifetimes/lives";
import { pixelHasBlock, pixelHasLeak, type Raster } from "../../src/inspector/lifetimes/raster";
import { severityNumbers } from "../../src/inspector/lifetimes/StepLog";
import { toHex } from "../../src/engine/address";
import { componentsOf } from "../export/solid";
import type { Colours } from "../theme";
import { count } from "../ui/numbers";
import type { Plot } from "./plot";

/** Room for the axes, in CSS pixels. */
export const leftRoom = 96;
export const bottomRoom = 38;
export const topRoom = 6;
export const rightRoom = 10;

const axisFont: Font = { size: 11, family: "monospace" };

/**
 * The lives of an answer in the plot's window, which may have moved on since the request. `bitmap` shows them where
 * the answer has them as pixels.
 */
export function livesItems(
  plot: Plot,
  { picture, reached, window }: LifetimesAnswer,
  bitmap: Bitmap | null,
  isHighContrast: boolean,
): Item[] {
  const { left: x, top: y, width, height } = plot;
  let items: Item[] = [];
  if (picture.kind === "blocks") items = blockItems(plot, picture.lives, reached, isHighContrast);
  else if (bitmap !== null) {
    const left = plot.x(window.fromStep);
    const top = plot.y(window.high);
    const box = { x: left, y: top, width: plot.x(window.toStep) - left, height: plot.y(window.low) - top };
    items = [{ kind: "image", ...box, bitmap }];
  }
  return [
    { kind: "group", clip: { x, y, width, height }, items },
    outlined(x - 0.5, y - 0.5, width + 1, height + 1, { ink: isHighContrast ? "foreground" : "grid", width: 1 }),
  ];
}

function blockItems(plot: Plot, lives: LifeColumns, reached: number, isHighContrast: boolean): Item[] {
  const { address, size, born, ended, leaked } = lives;
  const { cross } = heapPatterns(isHighContrast);
  const items: Item[] = [];
  // Leaks last: nothing hides them.
  for (const pass of [0, 1]) {
    for (let at = 0; at < address.length; at++) {
      if (leaked[at] !== pass) continue;
      const isOpen = ended[at] === neverEnded;
      const left = plot.x(born[at]);
      const top = plot.y(address[at] + size[at]);
      const least = pass === 1 ? 2 : 1;
      const width = Math.max(least, plot.x(isOpen ? reached + 1 : ended[at]) - left);
      const height = Math.max(least, plot.y(address[at]) - top);
      if (left > plot.left + plot.width || left + width < plot.left) continue;
      const inset = height > 5 && width > 5 ? 0.5 : 0;
      const ink = pass === 1 ? "leaked" : "used";
      const alpha = pass === 1 ? (isHighContrast ? 0.5 : 0.4) : isOpen ? 0.75 : 0.35;
      items.push(filled(left, top + inset, width, height - 2 * inset, ink, alpha));
      if (pass === 1 && height > 3 && width > 3) {
        items.push(filled(left, top + inset, width, height - 2 * inset, cross));
      }
      if (inset === 0) continue;
      const border = pass === 0 && isHighContrast ? "foreground" : ink;
      items.push(outlined(left + 0.5, top + 0.5, width - 1, height - 1, { ink: border, width: 1 }));
    }
  }
  return items;
}

/** An aggregated picture in the theme's colours, to be drawn at any scale. */
export function rasterBitmap({ width, height, share, marks }: Raster, colours: Colours): Bitmap {
  const [used, leaked, hatch] = [colours.used, colours.leaked, colours.background].map(packed);
  const pixels = new Uint32Array(width * height);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const mark = marks[pixel];
    if ((mark & pixelHasBlock) === 0) continue;
    const isLeaked = (mark & pixelHasLeak) !== 0;
    // Even the smallest block is seen; leaks differ from the rest by a hatch as well as by their colour.
    const column = pixel % width;
    const isHatch =
      isLeaked && (column + (pixel - column) / width) % 4 === 0 && (marks[pixel - 1] & pixelHasLeak) !== 0;
    const colour = isHatch ? hatch : isLeaked ? leaked : used;
    pixels[pixel] = colour | ((isLeaked ? 255 : 70 + Math.round((share[pixel] * 185) / 255)) << 24);
  }
  return { width, height, pixels: new Uint8ClampedArray(pixels.buffer) };
}

/** Red, green and blue in the low three bytes, as the pixels of bitmaps have them. */
function packed(colour: string): number {
  const [red, green, blue] = componentsOf(colour);
  return red | (green << 8) | (blue << 16);
}

/** Steps below, addresses at the left. */
export function axisItems(plot: Plot, measure: MeasureText): Item[] {
  const { window, left, top, width, height } = plot;
  const stroke = { ink: "muted", width: 1 } as const;
  const items: Item[] = [];
  for (const address of ticks(window.low, window.high, plot.bytesAcross * 26, "two")) {
    const y = Math.round(plot.y(address)) + 0.5;
    const textY = Math.max(top + 5, Math.min(top + height - 4, y));
    const look = { font: axisFont, ink: "muted", anchor: "end", baseline: "middle" } as const;
    items.push(line(left - 5, y, left, y, stroke), label(toHex(address), left - 8, textY, look));
  }
  for (const step of ticks(window.fromStep, window.toStep, plot.stepsAcross * 74, "ten")) {
    const x = Math.round(plot.x(step)) + 0.5;
    const text = count(step);
    const half = measure(text, axisFont) / 2;
    const textX = Math.max(half, Math.min(left + width + rightRoom - half, x));
    const look = { font: axisFont, ink: "muted", anchor: "middle", baseline: "top" } as const;
    items.push(line(x, top + height, x, top + height + 5, stroke), label(text, textX, top + height + 20, look));
  }
  return items;
}

/** A triangle at each pixel of the axis with problems: filled for errors, hollow for the rest. */
export function problemItems(plot: Plot, { problems, window }: LifetimesAnswer): Item[] {
  const { columns, severities, steps } = problems;
  const base = plot.top + plot.height + 15;
  const items: Item[] = [];
  for (let at = 0; at < columns.length; at++) {
    if (steps[at] < window.fromStep) continue;
    const x = plot.x(steps[at] + 0.5);
    if (x < plot.left || x > plot.left + plot.width) continue;
    const triangle = `M${x - 4} ${base}h8l-4 -8z`;
    const isError = severities[at] === severityNumbers.error;
    items.push(isError ? shape(triangle, "error") : shape(triangle, null, { ink: "changed", width: 1.2 }));
  }
  return items;
}

export interface Cursors {
  /** The step that the panel shows. */
  readonly position: number;
  /** Under the keyboard or the pointer. */
  readonly crosshair: { readonly step: number; readonly address: number } | null;
  /** A box that is being drawn, in pixels. */
  readonly box: Box | null;
  /** The selected block's addresses, half-open. */
  readonly selected: { readonly low: number; readonly high: number; readonly from: number; readonly to: number } | null;
}

/** What changes with every step and movement lies on a canvas of its own. */
export function cursorItems(plot: Plot, { position, crosshair, box, selected }: Cursors): Item[] {
  const { left, top, width, height } = plot;
  const items: Item[] = [];
  if (selected !== null) {
    const x = plot.x(selected.from);
    const y = plot.y(selected.high);
    const wide = Math.max(2, plot.x(selected.to) - x) + 2;
    items.push(outlined(x - 1, y - 1, wide, plot.y(selected.low) - y + 2, { ink: "focus", width: 2 }));
  }
  // In the middle of the step's column: the state after it.
  const x = plot.x(position + 0.5);
  items.push(line(x, top, x, top + height, { ink: "foreground", width: 1.5 }));
  if (crosshair !== null) {
    const across = plot.x(crosshair.step + 0.5);
    const along = plot.y(crosshair.address + 0.5);
    const stroke = { ink: "focus", width: 1, dash: [4, 3] } as const;
    items.push(line(across, top, across, top + height, stroke), line(left, along, left + width, along, stroke));
  }
  if (box !== null) {
    items.push(
      filled(box.x, box.y, box.width, box.height, "focus", 0.15),
      outlined(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1, { ink: "focus", width: 1 }),
    );
  }
  return [{ kind: "group", clip: { x: left, y: top, width, height }, items }];
}
