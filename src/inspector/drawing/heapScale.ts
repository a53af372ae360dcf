import type { HeapSegment } from "../model";
import { clamped, zoomed, type Interval } from "./interval";

/** The part of a heap on screen, in bytes from the heap's start. */
export type Window = Interval;

/** A part of a heap: bytes from the heap's start, and how many. */
export interface Range {
  readonly offset: number;
  readonly size: number;
}

/** Fewer bytes than this across the panel would say nothing more. */
const smallest = 64;

export function clampWindow(window: Window, size: number): Window {
  return clamped(window, { from: 0, to: size }, smallest);
}

/** Zooms by a factor (below 1: in) and keeps the byte at `anchor` where it is. */
export function zoomWindow(window: Window, factor: number, anchor: number, size: number): Window {
  return zoomed(window, factor, anchor, { from: 0, to: size }, smallest);
}

/** Moves the window, as little as needed, so that the segment is visible; zooms in when it would be a hair. */
export function showSegment(window: Window, segment: HeapSegment, size: number): Window {
  const width = window.to - window.from;
  const middle = segment.offset + segment.size / 2;
  if (segment.size < width / 200)
    return clampWindow({ from: middle - segment.size * 12, to: middle + segment.size * 12 }, size);
  const visible = Math.min(segment.offset + segment.size, window.to) - Math.max(segment.offset, window.from);
  if (visible >= Math.min(segment.size, width / 8)) return window;
  return clampWindow({ from: middle - width / 2, to: middle + width / 2 }, size);
}

/** Pixels from bytes, for one window and width. */
export class Scale {
  private readonly perByte: number;

  constructor(
    readonly window: Window,
    readonly width: number,
  ) {
    this.perByte = width / (window.to - window.from);
  }

  x(offset: number): number {
    return (offset - this.window.from) * this.perByte;
  }

  offset(x: number): number {
    return this.window.from + x / this.perByte;
  }

  pixels(bytes: number): number {
    return bytes * this.perByte;
  }

  /** The scale to which a range of bytes fills the place that this one has for another range. */
  squeezing(range: Range, place: Range): Scale {
    const perByte = this.pixels(place.size) / range.size;
    const from = range.offset - this.x(place.offset) / perByte;
    return new Scale({ from, to: from + this.width / perByte }, this.width);
  }

  /** Middle of the visible part of a range; null when none is visible. */
  visibleMiddle(offset: number, size: number): number | null {
    const left = Math.max(0, this.x(offset));
    const right = Math.min(this.width, this.x(offset + size));
    return right <= left ? null : (left + right) / 2;
  }
}

/** Index of the segment that holds the byte, by bisection; the nearest one outside. */
export function segmentAt(segments: readonly HeapSegment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle].offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
