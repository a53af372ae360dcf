import type { BlockSegment, FreeEntry, HeapView, HeapSegment } from "../../src/inspector/model";
import { mix } from "../ui/motion";
import { segmentAt, type Range } from "../../src/inspector/drawing/heapScale";

/** A segment and where it is drawn, in bytes from the heap's start. */
export interface Placed extends Range {
  readonly segment: HeapSegment;
  /** On its way to another address, over the others. */
  readonly moves: boolean;
}

/**
 * Where the segments of `own` are drawn when they are `share` of the way (0 to 1) to their places in `other`. A border
 * that the other heap has not lies between its own place and the start of the block that holds it there: so a split's
 * border slides out of the block's start, the borders of merged neighbours collapse into it. A block that the other heap
 * has at another address is on the way between the two. In the order of painting.
 */
export function placeBetween(own: HeapView, other: HeapView, share: number): Placed[] {
  const partners = movesOf(own.segments, other.segments);
  const known = new Set(other.segments.map(({ offset }) => offset)).add(other.size);
  const place = (border: number): number => (known.has(border) ? border : mix(border, homeOf(other, border), share));
  const still: Placed[] = [];
  const moving: Placed[] = [];
  for (const segment of own.segments) {
    const partner = partners.get(segment);
    if (partner === undefined) {
      const offset = place(segment.offset);
      still.push({ segment, offset, size: place(segment.offset + segment.size) - offset, moves: false });
    } else {
      const offset = mix(segment.offset, partner.offset, share);
      moving.push({ segment, offset, size: mix(segment.size, partner.size, share), moves: true });
    }
  }
  return [...still, ...moving];
}

/** The free list with its blocks where they are drawn. */
export function placedList(list: readonly FreeEntry[], placed: readonly Placed[]): FreeEntry[] {
  const places = new Map(placed.map((each) => [each.segment.address, each]));
  return list.map((entry) => {
    const { offset, size } = places.get(entry.address) ?? entry;
    return { ...entry, offset, size };
  });
}

/** Start of the segment that holds the byte; the heap's end for a byte behind it. */
function homeOf({ segments, size }: HeapView, offset: number): number {
  if (offset >= size) return size;
  return segments[segmentAt(segments, offset)]?.offset ?? 0;
}

/** Used blocks of the same handle that begin elsewhere, where no other block in either heap has the handle. */
function movesOf(own: readonly HeapSegment[], other: readonly HeapSegment[]): Map<HeapSegment, BlockSegment> {
  const partners = new Map<HeapSegment, BlockSegment>();
  const others = byHandle(other);
  for (const [handle, segment] of byHandle(own)) {
    const partner = others.get(handle) ?? null;
    if (segment === null || partner === null || partner.address === segment.address) continue;
    partners.set(segment, partner);
  }
  return partners;
}

/** Null for handles of several blocks. */
function byHandle(segments: readonly HeapSegment[]): Map<string, BlockSegment | null> {
  const blocks = new Map<string, BlockSegment | null>();
  for (const segment of segments) {
    if (segment.kind !== "block" || segment.state !== "used" || segment.handle === null) continue;
    blocks.set(segment.handle, blocks.has(segment.handle) ? null : segment);
  }
  return blocks;
}
