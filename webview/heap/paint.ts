import type { BlockSegment, GroupSegment, HeapView, Segment } from "../../src/inspector/model";
import type { Colours } from "../theme";
import { prepare } from "../ui/canvas";
import { patternsOf, type Patterns } from "./patterns";
import { segmentAt, ticks, type Range, type Scale } from "./scale";

/** Heights in CSS pixels: room for the links above, the strip of blocks, the ruler below. */
export const linkRoom = 54;
export const stripHeight = 68;
export const rulerHeight = 24;
export const mapHeight = linkRoom + stripHeight + rulerHeight;

/** What it takes to draw one segment. */
type SegmentLook = Pick<MapPicture, "scale" | "colours">;

export interface MapPicture {
  readonly heap: HeapView;
  /** The heap's first address as a number, for the ruler. */
  readonly base: number;
  readonly scale: Scale;
  readonly colours: Colours;
  /** Ranges to outline. */
  readonly hovered: Range | null;
  readonly selected: Range | null;
  readonly focused: boolean;
}

/** A segment, the scale to draw it to, and whether it covers what has been drawn at its place. */
export interface Drawn {
  readonly segment: Segment;
  readonly scale: Scale;
  readonly covers: boolean;
}

/** Draws the visible part of the heap to scale. */
export function paintMap(canvas: HTMLCanvasElement, picture: MapPicture): void {
  const { heap, scale } = picture;
  const context = prepare(canvas, scale.width, mapHeight);
  const { segments } = heap;
  const first = segmentAt(segments, scale.window.from);
  const last = segmentAt(segments, scale.window.to);
  const drawn = segments.slice(first, last + 1).map((segment): Drawn => ({ segment, scale, covers: false }));
  paintStrip(context, drawn, picture.colours, scale.width);
  paintFrame(context, picture);
}

/** Draws segments into the strip, one over the other. */
export function paintStrip(
  context: CanvasRenderingContext2D,
  drawn: readonly Drawn[],
  colours: Colours,
  width: number,
): void {
  const patterns = patternsOf(colours);
  context.save();
  context.beginPath();
  context.rect(0, linkRoom, width, stripHeight);
  context.clip();
  for (const { segment, scale, covers } of drawn) {
    if (covers) context.clearRect(scale.x(segment.offset), linkRoom, scale.pixels(segment.size), stripHeight);
    if (segment.kind === "block") paintBlock(context, segment, { scale, colours }, patterns);
    else paintGroup(context, segment, { scale, colours });
  }
  context.restore();
}

/** Draws what stands around the strip, and the marks of the hovered and the selected segment. */
export function paintFrame(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { scale, colours } = picture;
  context.strokeStyle = colours.highContrast ? colours.foreground : colours.grid;
  context.lineWidth = 1;
  context.strokeRect(0.5, linkRoom + 0.5, scale.width - 1, stripHeight - 1);
  paintRuler(context, picture);
  if (picture.hovered !== null) outline(context, picture.hovered, scale, colours.foreground, 1);
  if (picture.selected !== null) outline(context, picture.selected, scale, colours.focus, picture.focused ? 3 : 2);
}

function paintBlock(
  context: CanvasRenderingContext2D,
  block: BlockSegment,
  { scale, colours }: SegmentLook,
  patterns: Patterns,
): void {
  const left = scale.x(block.offset);
  const width = Math.max(0.6, scale.pixels(block.size));
  const header = scale.pixels(block.header);
  const top = linkRoom;
  const gap = width > 4 ? 1 : 0;
  if (block.state === "free") {
    context.fillStyle = patterns.dots;
    context.fillRect(left, top, width, stripHeight);
    fill(context, colours.free, 0.35, left, top, header - gap);
  } else if (block.state === "quarantined") {
    fill(context, patterns.stripes, 1, left, top, width - gap);
    fill(context, colours.free, 0.7, left, top, Math.max(header, width > 4 ? 0 : width * 0.5));
  } else {
    const colour = block.leaked ? colours.leaked : colours.used;
    const asked = scale.pixels(block.requested);
    fill(context, colour, colours.highContrast ? 0.45 : 0.32, left, top, width - gap);
    fill(context, colour, 1, left, top, Math.max(header, width > 4 ? 0 : width * 0.5));
    if (block.leaked) fill(context, patterns.cross, 1, left + header, top, width - header - gap);
    const padding = width - header - asked - gap;
    if (padding > 1 && block.zones === null) {
      context.clearRect(left + header + asked, top, padding, stripHeight);
      fill(context, patterns.hatch, 0.7, left + header + asked, top, padding);
    }
  }
  if (block.zones !== null) {
    const { before, after } = block.zones;
    const start = block.offset + block.header;
    paintZone(context, patterns, scale.x(start), scale.pixels(before));
    paintZone(context, patterns, scale.x(start + before + block.requested), scale.pixels(after));
  }
  if (gap > 0) {
    context.fillStyle = colours.highContrast ? colours.foreground : colours.background;
    context.fillRect(left + width - gap, top, gap, stripHeight);
  }
  if (block.changed !== null) paintChange(context, block.changed === "moved", left, Math.max(3, width - gap), colours);
  const before = block.zones === null ? 0 : scale.pixels(block.zones.before);
  label(context, block, left + header + before, left + width - gap, { scale, colours });
}

/** Bars above and below a block that the step changed; broken ones where it moved there. */
function paintChange(
  context: CanvasRenderingContext2D,
  hasMoved: boolean,
  left: number,
  width: number,
  colours: Colours,
): void {
  context.strokeStyle = colours.changed;
  context.setLineDash(hasMoved ? [6, 4] : []);
  for (const [middle, thickness] of [
    [linkRoom + 1.5, 3],
    [linkRoom + stripHeight - 2.5, 5],
  ]) {
    context.lineWidth = thickness;
    context.beginPath();
    context.moveTo(left, middle);
    context.lineTo(left + width, middle);
    context.stroke();
  }
  context.setLineDash([]);
}

function paintZone(context: CanvasRenderingContext2D, patterns: Patterns, left: number, width: number): void {
  context.clearRect(left, linkRoom, width, stripHeight);
  fill(context, patterns.zone, 0.9, left, linkRoom, width);
}

function fill(
  context: CanvasRenderingContext2D,
  style: string | CanvasPattern,
  alpha: number,
  left: number,
  top: number,
  width: number,
): void {
  if (width <= 0) return;
  context.globalAlpha = alpha;
  context.fillStyle = style;
  context.fillRect(left, top, width, stripHeight);
  context.globalAlpha = 1;
}

/** Name and size, where they fit into the visible part of the block. */
function label(
  context: CanvasRenderingContext2D,
  block: BlockSegment,
  from: number,
  to: number,
  { scale, colours }: SegmentLook,
): void {
  const left = Math.max(0, from) + 6;
  const room = Math.min(scale.width, to) - left - 4;
  if (room < 10) return;
  const name = block.state === "free" ? String(block.listPlace ?? "") : (block.handle ?? "");
  const middle = linkRoom + stripHeight / 2;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = `600 13px ${colours.monospace}`;
  const write = (text: string, y: number): void => {
    const width = context.measureText(text).width;
    if (width > room) return;
    if (block.state !== "used" || block.leaked) {
      context.fillStyle = colours.background;
      context.fillRect(left - 3, y - 8, width + 6, 16);
    }
    context.fillStyle = colours.foreground;
    context.fillText(text, left, y);
  };
  const title = block.state === "free" ? (name === "" ? "" : `#${name}`) : name;
  if (title !== "") write(title, middle - 9);
  context.font = `12px ${colours.font}`;
  write(block.size.toLocaleString(document.documentElement.lang || "en"), middle + 9);
}

/** Blocks too small to draw: the bar's height is their used share. */
function paintGroup(context: CanvasRenderingContext2D, group: GroupSegment, { scale, colours }: SegmentLook): void {
  const left = scale.x(group.offset);
  const width = Math.max(0.6, scale.pixels(group.size));
  const height = (stripHeight * group.usedBytes) / group.size;
  context.fillStyle = group.leakedBlocks > 0 ? colours.leaked : colours.used;
  context.globalAlpha = 0.6;
  context.fillRect(left, linkRoom + stripHeight - height, width, height);
  context.globalAlpha = 1;
}

function paintRuler(context: CanvasRenderingContext2D, { base, scale, colours }: MapPicture): void {
  const top = linkRoom + stripHeight;
  context.font = `11px ${colours.monospace}`;
  context.textBaseline = "top";
  context.textAlign = "left";
  for (const offset of ticks(scale, 92)) {
    const x = Math.round(scale.x(offset)) + 0.5;
    context.strokeStyle = colours.muted;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + 6);
    context.stroke();
    const text = `0x${(base + offset).toString(16)}`;
    if (x + context.measureText(text).width + 4 > scale.width) continue;
    context.fillStyle = colours.muted;
    context.fillText(text, x + 3, top + 8);
  }
}

function outline(context: CanvasRenderingContext2D, range: Range, scale: Scale, colour: string, width: number): void {
  const left = Math.max(0, scale.x(range.offset));
  const right = Math.min(scale.width, scale.x(range.offset + range.size));
  if (right <= left) return;
  context.strokeStyle = colour;
  context.lineWidth = width;
  const inset = width / 2;
  context.strokeRect(left + inset, linkRoom + inset, Math.max(2, right - left - width), stripHeight - width);
}

/** The whole heap in one thin bar, with the window on screen marked. */
export function paintOverview(canvas: HTMLCanvasElement, { heap, scale, colours }: MapPicture): void {
  const { width } = scale;
  const height = 16;
  const context = prepare(canvas, width, height);
  const perByte = width / heap.size;
  context.strokeStyle = colours.highContrast ? colours.foreground : colours.grid;
  context.strokeRect(0.5, 3.5, width - 1, height - 7);
  for (const segment of heap.segments) {
    const used = segment.kind === "block" ? (segment.state === "used" ? 1 : 0) : segment.usedBytes / segment.size;
    if (used === 0) continue;
    const leaked = segment.kind === "block" ? segment.leaked : segment.leakedBlocks > 0;
    context.fillStyle = leaked ? colours.leaked : colours.used;
    context.globalAlpha = 0.25 + used * 0.75;
    context.fillRect(segment.offset * perByte, 4, Math.max(1, segment.size * perByte), height - 8);
  }
  context.globalAlpha = 1;
  const left = scale.window.from * perByte;
  const shown = Math.max(4, (scale.window.to - scale.window.from) * perByte);
  context.strokeStyle = colours.focus;
  context.lineWidth = 2;
  context.strokeRect(Math.min(left + 1, width - shown + 1), 1, shown - 2, height - 2);
}
