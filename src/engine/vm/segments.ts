/** A segment: a run of physical (or, with paging, linear) addresses that a part of the address space stands for. */
export interface Segment {
  readonly name: string;
  /** Where it begins; for one that grows down, where it ends (its top, exclusive). */
  readonly base: number;
  /** Bytes that it has. */
  readonly limit: number;
  readonly growsDown: boolean;
  /** Permission bits of `pageFlags`. */
  readonly flags: number;
}

export type SegmentOutcome =
  | { readonly kind: "ok"; readonly linear: number; readonly segment: Segment }
  | {
      readonly kind: "violation";
      readonly index: number;
      readonly segment: Segment | undefined;
      readonly offset: number;
    };

/**
 * Base-and-bounds (one segment) and segmentation by the top bits of an address (OSTEP chapters 15 and 16).
 *
 * The space is cut into equal parts, one for each segment: as many as the next power of two. A segment that grows down
 * maps the end of its part to its base: the offset is negative, and valid while it is not below -limit.
 */
export class SegmentTable {
  readonly segments: readonly Segment[];

  constructor(
    segments: readonly Segment[],
    /** Bytes of the virtual address space. */
    readonly space: number,
  ) {
    this.segments = segments;
  }

  /** Bytes of the part of the space that one segment stands for. */
  get part(): number {
    return this.space / 2 ** Math.ceil(Math.log2(Math.max(1, this.segments.length)));
  }

  /** Bytes from a valid address to the end of what its segment allows, or of its part. */
  roomAt(address: number): number {
    const outcome = this.translate(address);
    if (outcome.kind !== "ok") return 0;
    const { base, limit, growsDown } = outcome.segment;
    const offset = outcome.linear - base;
    const { start, end } = this.bounds(Math.floor(address / this.part));
    return growsDown ? -offset : Math.min(limit, end - start) - offset;
  }

  translate(address: number): SegmentOutcome {
    const index = Math.floor(address / this.part);
    const segment = this.segments[index] as Segment | undefined;
    const { start, end } = this.bounds(index);
    const up = address - start;
    if (segment === undefined || address < 0 || address >= this.space) {
      return { kind: "violation", index, segment, offset: up };
    }
    const offset = segment.growsDown ? address - end : up;
    const valid = segment.growsDown ? -offset <= segment.limit : offset < segment.limit;
    return valid
      ? { kind: "ok", linear: segment.base + offset, segment }
      : { kind: "violation", index, segment, offset };
  }

  /** The addresses of a part, half-open; whole numbers, even where the space does not divide. */
  private bounds(index: number): { readonly start: number; readonly end: number } {
    return { start: Math.ceil(index * this.part), end: Math.ceil((index + 1) * this.part) };
  }
}
