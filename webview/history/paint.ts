import type { LifetimesAnswer, LifeColumns } from "../../src/inspector/lifetimes/answer";
import { neverEnded } from "../../src/inspector/lifetimes/lives";
import { pixelHasBlock, pixelHasLeak, type Raster } from "../../src/inspector/lifetimes/raster";
import { severityNumbers } from "../../src/inspector/lifetimes/StepLog";
import { patternsOf } from "../heap/patterns";
import type { Colours } from "../theme";
import { count } from "../ui/numbers";
import { ticks, type Plot } from "./plot";

/** Room for the axes, in CSS pixels. */
export const leftRoom = 96;
export const bottomRoom = 38;
export const topRoom = 6;
export const rightRoom = 10;

/** Draws the lives of an answer at the plot's window, which may have moved on since the answer was asked for. */
export function paintLives(
  context: CanvasRenderingContext2D,
  plot: Plot,
  answer: LifetimesAnswer,
  image: RasterImage | null,
  colours: Colours,
): void {
  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top, plot.width, plot.height);
  context.clip();
  if (answer.picture.kind === "blocks") paintBlocks(context, plot, answer.picture.lives, answer.reached, colours);
  else if (image !== null) image.draw(context, plot, answer);
  context.restore();
  context.strokeStyle = colours.highContrast ? colours.foreground : colours.grid;
  context.lineWidth = 1;
  context.strokeRect(plot.left - 0.5, plot.top - 0.5, plot.width + 1, plot.height + 1);
}

function paintBlocks(
  context: CanvasRenderingContext2D,
  plot: Plot,
  { address, size, born, ended, leaked }: LifeColumns,
  reached: number,
  colours: Colours,
): void {
  const { cross } = patternsOf(colours);
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
      context.fillStyle = pass === 1 ? colours.leaked : colours.used;
      context.globalAlpha = pass === 1 ? (colours.highContrast ? 0.5 : 0.4) : isOpen ? 0.75 : 0.35;
      context.fillRect(left, top + inset, width, height - 2 * inset);
      context.globalAlpha = 1;
      if (pass === 1 && height > 3 && width > 3) {
        context.fillStyle = cross;
        context.fillRect(left, top + inset, width, height - 2 * inset);
      }
      if (inset === 0) continue;
      context.strokeStyle = pass === 1 ? colours.leaked : colours.highContrast ? colours.foreground : colours.used;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
    }
  }
}

/** An aggregated picture in the theme's colours, ready to be drawn at any scale. */
export class RasterImage {
  private readonly canvas = document.createElement("canvas");

  constructor({ width, height, share, marks }: Raster, colours: Colours) {
    this.canvas.width = width;
    this.canvas.height = height;
    const context = this.canvas.getContext("2d")!;
    const image = context.createImageData(width, height);
    const used = componentsOf(colours.used);
    const leaked = componentsOf(colours.leaked);
    const hatch = componentsOf(colours.background);
    const pixels = new Uint32Array(image.data.buffer);
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
    context.putImageData(image, 0, 0);
  }

  draw(context: CanvasRenderingContext2D, plot: Plot, { window }: LifetimesAnswer): void {
    const left = plot.x(window.fromStep);
    const top = plot.y(window.high);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.canvas, left, top, plot.x(window.toStep) - left, plot.y(window.low) - top);
  }
}

/** A colour of the theme as red, green and blue in the low three bytes, as image data has them. */
function componentsOf(colour: string): number {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return red | (green << 8) | (blue << 16);
}

/** Steps below, addresses at the left. */
export function paintAxes(context: CanvasRenderingContext2D, plot: Plot, colours: Colours): void {
  const { window, left, top, width, height } = plot;
  context.font = `11px ${colours.monospace}`;
  context.fillStyle = colours.muted;
  context.strokeStyle = colours.muted;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
  };
  for (const address of ticks(window.low, window.high, plot.bytesAcross * 26, "two")) {
    const y = Math.round(plot.y(address)) + 0.5;
    line(left - 5, y, left, y);
    context.fillText(`0x${address.toString(16)}`, left - 8, Math.max(top + 5, Math.min(top + height - 4, y)));
  }
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const step of ticks(window.fromStep, window.toStep, plot.stepsAcross * 74, "ten")) {
    const x = Math.round(plot.x(step)) + 0.5;
    line(x, top + height, x, top + height + 5);
    const text = count(step);
    const half = context.measureText(text).width / 2;
    context.fillText(text, Math.max(half, Math.min(left + width + rightRoom - half, x)), top + height + 20);
  }
}

/** A triangle at each pixel of the axis with problems: filled for errors, hollow for the rest. */
export function paintProblems(
  context: CanvasRenderingContext2D,
  plot: Plot,
  { problems, window }: LifetimesAnswer,
  colours: Colours,
): void {
  const { columns, severities, steps } = problems;
  const base = plot.top + plot.height + 15;
  for (let at = 0; at < columns.length; at++) {
    const step = steps[at];
    if (step < window.fromStep) continue;
    const x = plot.x(step + 0.5);
    if (x < plot.left || x > plot.left + plot.width) continue;
    const isError = severities[at] === severityNumbers.error;
    context.beginPath();
    context.moveTo(x - 4, base);
    context.lineTo(x + 4, base);
    context.lineTo(x, base - 8);
    context.closePath();
    context.fillStyle = context.strokeStyle = isError ? colours.error : colours.changed;
    context.lineWidth = 1.2;
    if (isError) context.fill();
    else context.stroke();
  }
}

export interface Cursors {
  /** The step that the panel shows. */
  readonly position: number;
  /** Under the keyboard or the pointer. */
  readonly crosshair: { readonly step: number; readonly address: number } | null;
  /** A box that is being drawn, in pixels. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  /** The selected block's addresses, half-open. */
  readonly selected: { readonly low: number; readonly high: number; readonly from: number; readonly to: number } | null;
}

/** What changes with every step and movement lies on a canvas of its own. */
export function paintCursors(context: CanvasRenderingContext2D, plot: Plot, cursors: Cursors, colours: Colours): void {
  const { left, top, width, height } = plot;
  const { position, crosshair, box, selected } = cursors;
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  const line = (fromX: number, fromY: number, toX: number, toY: number): void => {
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
  };
  if (selected !== null) {
    context.strokeStyle = colours.focus;
    context.lineWidth = 2;
    const x = plot.x(selected.from);
    const y = plot.y(selected.high);
    context.strokeRect(x - 1, y - 1, Math.max(2, plot.x(selected.to) - x) + 2, plot.y(selected.low) - y + 2);
  }
  // In the middle of the step's column: the state after it.
  const x = plot.x(position + 0.5);
  context.strokeStyle = colours.foreground;
  context.lineWidth = 1.5;
  line(x, top, x, top + height);
  if (crosshair !== null) {
    context.strokeStyle = colours.focus;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    const across = plot.x(crosshair.step + 0.5);
    const along = plot.y(crosshair.address + 0.5);
    line(across, top, across, top + height);
    line(left, along, left + width, along);
    context.setLineDash([]);
  }
  if (box !== null) {
    context.fillStyle = colours.focus;
    context.globalAlpha = 0.15;
    context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
    context.strokeStyle = colours.focus;
    context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1);
  }
  context.restore();
}
