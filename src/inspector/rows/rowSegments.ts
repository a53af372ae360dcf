import { roomFor } from "../../engine/columns";

/** What a step did to a segment's blocks, as bits. */
export const rowMarks = { born: 1, ended: 2, leaked: 4, moved: 8 } as const;

/**
 * The segments of some rows, a column an array. What a step leaves alone is drawn by the same segments as in the row before:
 * a row is some runs of segments, in the order of their addresses.
 */
export interface RowSegments {
  /** Each run's first segment, and the segment behind its last one. */
  readonly runs: Int32Array;
  /** Where each row begins in `runs`, and where the last row ends. */
  readonly starts: Int32Array;
  /** Blocks in view after each row's step. */
  readonly counts: Int32Array;
  readonly address: Float64Array;
  /** From the first block's start to the last one's end. */
  readonly size: Float64Array;
  /** Blocks that the segment stands for. */
  readonly blocks: Int32Array;
  readonly marks: Uint8Array;
  /** Handles of the single blocks that are wide enough for a name, by the segment's number. */
  readonly labels: Readonly<Partial<Record<number, string>>>;
}

/** The numbers of a row's segments, in the order of their addresses. */
export function segmentsOfRow({ starts, runs }: RowSegments, row: number): readonly number[] {
  const numbers: number[] = [];
  for (let run = starts[row]; run < starts[row + 1]; run += 2) {
    for (let at = runs[run]; at < runs[run + 1]; at++) numbers.push(at);
  }
  return numbers;
}

/** Columns of segments that grow; `address` to `marks` are those of {@link RowSegments}. */
export class SegmentColumns {
  length = 0;
  address = new Float64Array(1024);
  size = new Float64Array(1024);
  blocks = new Int32Array(1024);
  marks = new Uint8Array(1024);
  /** The life that the segment is named after, or -1. */
  named = new Int32Array(1024);

  /** Adds a segment of one block. */
  add(address: number, size: number, marks: number, named: number): void {
    const at = this.length++;
    this.reserve();
    this.address[at] = address;
    this.size[at] = size;
    this.blocks[at] = 1;
    this.marks[at] = marks;
    this.named[at] = named;
  }

  /** Makes the last segment stand for one more block, which ends there. */
  merge(end: number, marks: number): void {
    const last = this.length - 1;
    this.size[last] = Math.max(this.size[last], end - this.address[last]);
    this.blocks[last]++;
    this.marks[last] |= marks;
  }

  private reserve(): void {
    const { length } = this;
    if (length <= this.address.length) return;
    this.address = roomFor(this.address, length);
    this.size = roomFor(this.size, length);
    this.blocks = roomFor(this.blocks, length);
    this.marks = roomFor(this.marks, length);
    this.named = roomFor(this.named, length);
  }
}
