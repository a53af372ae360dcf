import { toHex } from "../../engine/address";
import type { BlockSegment, GroupSegment, HeapSegment, HeapView } from "../model";
import {
  filled,
  label,
  line,
  outlined,
  type DisplayList,
  type Font,
  type Ink,
  type Item,
  type MeasureText,
} from "./displayList";
import { segmentAt, type Range, type Scale } from "./heapScale";
import { heapPatterns } from "./patterns";
import { ticks } from "./ticks";

/** Heights in pixels: the strip of blocks, and the ruler below it. */
export const stripHeight = 68;
export const rulerHeight = 24;
const overviewHeight = 16;

const nameFont: Font = { size: 13, weight: 600, family: "monospace" };
const sizeFont: Font = { size: 12, family: "text" };
const rulerFont: Font = { size: 11, family: "monospace" };

/** How a medium shows heaps. */
export interface HeapMedium {
  /** Upper edge of the strip, in pixels. */
  readonly top: number;
  readonly isHighContrast: boolean;
  readonly measure: MeasureText;
  /** A number as its readers write it. */
  readonly count: (value: number) => string;
  /** What a pointer on a segment is shown; absent where the medium has other means. */
  readonly titleOf?: (segment: HeapSegment) => string;
}

/** A segment, the scale that it is drawn to, and whether it hides what has been drawn at its place. */
export interface DrawnSegment {
  readonly segment: HeapSegment;
  readonly scale: Scale;
  readonly covers: boolean;
}

/** Ranges with an outline. */
export interface HeapMarks {
  readonly hovered: Range | null;
  readonly selected: Range | null;
  readonly isFocused: boolean;
}

/** The visible part of a heap to scale, with a ruler of addresses. */
export function heapPicture(heap: HeapView, scale: Scale, medium: HeapMedium, marks?: HeapMarks): DisplayList {
  const { segments } = heap;
  const visible = segments.slice(segmentAt(segments, scale.window.from), segmentAt(segments, scale.window.to) + 1);
  const strip = heapStrip(
    visible.map((segment) => ({ segment, scale, covers: false })),
    scale.width,
    medium,
  );
  const height = medium.top + stripHeight + rulerHeight;
  return { width: scale.width, height, items: [strip, ...heapFrame(heap, scale, medium, marks)] };
}

/** Segments one over the other, inside the strip. */
export function heapStrip(drawn: readonly DrawnSegment[], width: number, medium: HeapMedium): Item {
  const items: Item[] = [];
  for (const { segment, scale, covers } of drawn) {
    if (covers) {
      const { offset, size } = segment;
      items.push(filled(scale.x(offset), medium.top, scale.pixels(size), stripHeight, "background"));
    }
    const title = medium.titleOf?.(segment);
    const own: Item[] = title === undefined ? items : [];
    if (segment.kind === "block") addBlock(own, segment, scale, medium);
    else addGroup(own, segment, scale, medium);
    if (title !== undefined) items.push({ kind: "group", title, items: own });
  }
  return { kind: "group", clip: { x: 0, y: medium.top, width, height: stripHeight }, items };
}

/** What stands around the strip, and the marks in it. */
export function heapFrame({ base }: HeapView, scale: Scale, medium: HeapMedium, marks?: HeapMarks): Item[] {
  const { top, isHighContrast, measure } = medium;
  const ink = isHighContrast ? "foreground" : "grid";
  const items: Item[] = [outlined(0.5, top + 0.5, scale.width - 1, stripHeight - 1, { ink, width: 1 })];
  const under = top + stripHeight;
  const { from, to } = scale.window;
  for (const offset of ticks(from, to, 92 / scale.pixels(1), "two")) {
    const x = Math.round(scale.x(offset)) + 0.5;
    items.push(line(x, under, x, under + 6, { ink: "muted", width: 1 }));
    const text = toHex(Number(base) + offset);
    if (x + measure(text, rulerFont) + 4 > scale.width) continue;
    items.push(label(text, x + 3, under + 8, { font: rulerFont, ink: "muted", baseline: "top" }));
  }
  if (marks === undefined) return items;
  const { hovered, selected, isFocused } = marks;
  if (hovered !== null) addOutline(items, hovered, scale, top, "foreground", 1);
  if (selected !== null) addOutline(items, selected, scale, top, "focus", isFocused ? 3 : 2);
  return items;
}

function addBlock(items: Item[], block: BlockSegment, scale: Scale, medium: HeapMedium): void {
  const { top, isHighContrast } = medium;
  const patterns = heapPatterns(isHighContrast);
  const left = scale.x(block.offset);
  const width = Math.max(0.6, scale.pixels(block.size));
  const header = scale.pixels(block.header);
  const gap = width > 4 ? 1 : 0;
  const widest = Math.max(header, width > 4 ? 0 : width * 0.5);
  const fill = (what: Parameters<typeof filled>[4], alpha: number, from: number, wide: number): void => {
    if (wide > 0) items.push(filled(from, top, wide, stripHeight, what, alpha));
  };
  if (block.state === "free") {
    fill(patterns.dots, 1, left, width);
    fill("free", 0.35, left, header - gap);
  } else if (block.state === "quarantined") {
    fill(patterns.stripes, 1, left, width - gap);
    fill("free", 0.7, left, widest);
  } else {
    const ink = block.leaked ? "leaked" : "used";
    fill(ink, isHighContrast ? 0.45 : 0.32, left, width - gap);
    fill(ink, 1, left, widest);
    if (block.leaked) fill(patterns.cross, 1, left + header, width - header - gap);
    const end = header + scale.pixels(block.requested);
    const padding = width - end - gap;
    if (padding > 1 && block.zones === null) {
      fill("background", 1, left + end, padding);
      fill(patterns.hatch, 0.7, left + end, padding);
    }
  }
  if (block.zones !== null) {
    const { before, after } = block.zones;
    const start = block.offset + block.header;
    for (const [offset, size] of [
      [start, before],
      [start + before + block.requested, after],
    ]) {
      fill("background", 1, scale.x(offset), scale.pixels(size));
      fill(patterns.zone, 0.9, scale.x(offset), scale.pixels(size));
    }
  }
  if (gap > 0) fill(isHighContrast ? "foreground" : "background", 1, left + width - gap, gap);
  if (block.changed !== null) addChange(items, block.changed === "moved", left, Math.max(3, width - gap), top);
  const before = block.zones === null ? 0 : scale.pixels(block.zones.before);
  addLabels(items, block, left + header + before, Math.min(scale.width, left + width - gap), medium);
}

/** Bars above and below a block that the step changed; broken ones where it moved there. */
function addChange(items: Item[], hasMoved: boolean, left: number, width: number, top: number): void {
  const dash = hasMoved ? [6, 4] : undefined;
  for (const [middle, thickness] of [
    [top + 1.5, 3],
    [top + stripHeight - 2.5, 5],
  ]) {
    items.push(line(left, middle, left + width, middle, { ink: "changed", width: thickness, dash }));
  }
}

/** Name, or place in the free list, and size, where they fit between two edges. */
function addLabels(items: Item[], block: BlockSegment, from: number, to: number, medium: HeapMedium): void {
  const left = Math.max(0, from) + 6;
  const room = to - left - 4;
  if (room < 10) return;
  const middle = medium.top + stripHeight / 2;
  const write = (text: string, font: Font, y: number): void => {
    const width = medium.measure(text, font);
    if (width > room) return;
    if (block.state !== "used" || block.leaked) items.push(filled(left - 3, y - 8, width + 6, 16, "background"));
    items.push(label(text, left, y, { font, ink: "foreground", baseline: "middle" }));
  };
  const place = block.listPlace === null ? "" : `#${block.listPlace}`;
  const title = block.state === "free" ? place : (block.handle ?? "");
  if (title !== "") write(title, nameFont, middle - 9);
  write(medium.count(block.size), sizeFont, middle + 9);
}

/** Blocks too small to draw: the bar's height is their used share. */
function addGroup(items: Item[], group: GroupSegment, scale: Scale, { top }: HeapMedium): void {
  const width = Math.max(0.6, scale.pixels(group.size));
  const height = (stripHeight * group.usedBytes) / group.size;
  const ink = group.leakedBlocks > 0 ? "leaked" : "used";
  items.push(filled(scale.x(group.offset), top + stripHeight - height, width, height, ink, 0.6));
}

function addOutline(items: Item[], range: Range, scale: Scale, top: number, ink: Ink, width: number): void {
  const left = Math.max(0, scale.x(range.offset));
  const right = Math.min(scale.width, scale.x(range.offset + range.size));
  if (right <= left) return;
  const inset = width / 2;
  const wide = Math.max(2, right - left - width);
  items.push(outlined(left + inset, top + inset, wide, stripHeight - width, { ink, width }));
}

/** The whole heap in one thin bar, with the scale's window marked. */
export function heapOverview(heap: HeapView, { width, window }: Scale, isHighContrast: boolean): DisplayList {
  const height = overviewHeight;
  const perByte = width / heap.size;
  const ink = isHighContrast ? "foreground" : "grid";
  const items: Item[] = [outlined(0.5, 3.5, width - 1, height - 7, { ink, width: 1 })];
  for (const segment of heap.segments) {
    const used = segment.kind === "block" ? (segment.state === "used" ? 1 : 0) : segment.usedBytes / segment.size;
    if (used === 0) continue;
    const isLeaked = segment.kind === "block" ? segment.leaked : segment.leakedBlocks > 0;
    const wide = Math.max(1, segment.size * perByte);
    const alpha = 0.25 + used * 0.75;
    items.push(filled(segment.offset * perByte, 4, wide, height - 8, isLeaked ? "leaked" : "used", alpha));
  }
  const shown = Math.max(4, (window.to - window.from) * perByte);
  const left = Math.min(window.from * perByte + 1, width - shown + 1);
  items.push(outlined(left, 1, shown - 2, height - 2, { ink: "focus", width: 2 }));
  return { width, height, items };
}
