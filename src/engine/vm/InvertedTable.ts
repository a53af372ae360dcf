import { grownInts, initialCapacity } from "../heap/growable";

/** One entry looked at by a lookup. */
export interface InvertedProbe {
  readonly frame: number;
  readonly space: number;
  readonly vpn: number;
}

/**
 * An inverted page table (Silberschatz, Operating System Concepts, 9.4.3; PowerPC and IA-64): one entry a frame, found
 * through a hash anchor table of as many buckets as there are frames; entries of one bucket are chained, the latest first.
 * A frame can hold one page of one space only.
 */
export class InvertedTable {
  private readonly anchors = new Map<number, number>();
  private nexts = new Int32Array(initialCapacity).fill(-1);
  private vpns: number[] = [];
  private spaces: number[] = [];

  constructor(readonly frames: number) {}

  /** The bucket of a page: its number plus 31 times its space's, modulo the number of frames. */
  bucketOf(space: number, vpn: number): number {
    return (vpn + space * 31) % this.frames;
  }

  enter(space: number, vpn: number, frame: number): void {
    while (frame >= this.nexts.length) {
      const { length } = this.nexts;
      this.nexts = grownInts(this.nexts, 2 * length).fill(-1, length);
    }
    const bucket = this.bucketOf(space, vpn);
    this.nexts[frame] = this.anchors.get(bucket) ?? -1;
    this.anchors.set(bucket, frame);
    this.vpns[frame] = vpn;
    this.spaces[frame] = space;
  }

  leave(space: number, vpn: number, frame: number): void {
    const bucket = this.bucketOf(space, vpn);
    const first = this.anchors.get(bucket) ?? -1;
    if (first === frame) {
      if (this.nexts[frame] >= 0) this.anchors.set(bucket, this.nexts[frame]);
      else this.anchors.delete(bucket);
    } else {
      let before = first;
      while (this.nexts[before] !== frame) before = this.nexts[before];
      this.nexts[before] = this.nexts[frame];
    }
    this.nexts[frame] = -1;
  }

  /** The entries that a lookup of the page looks at, in order; the last one is the page's when it is present. */
  probes(space: number, vpn: number): InvertedProbe[] {
    const seen: InvertedProbe[] = [];
    for (const entry of this.chain(this.bucketOf(space, vpn))) {
      seen.push(entry);
      if (entry.space === space && entry.vpn === vpn) break;
    }
    return seen;
  }

  /** The entries of a bucket, the latest first. */
  *chain(bucket: number): IterableIterator<InvertedProbe> {
    let frame = this.anchors.get(bucket) ?? -1;
    for (; frame >= 0; frame = this.nexts[frame]) yield { frame, space: this.spaces[frame], vpn: this.vpns[frame] };
  }

  /** The buckets that have entries, in no order. */
  buckets(): IterableIterator<number> {
    return this.anchors.keys();
  }

  clear(): void {
    this.anchors.clear();
    this.nexts.fill(-1);
  }

  /** Chains in their order, for a snapshot: frames of each bucket, the first looked at first. */
  save(): readonly (readonly number[])[] {
    return [...this.anchors.values()].map((first) => {
      const chain: number[] = [];
      for (let frame = first; frame >= 0; frame = this.nexts[frame]) chain.push(frame);
      return chain;
    });
  }

  load(saved: readonly (readonly number[])[], pageOf: (frame: number) => { space: number; vpn: number }): void {
    this.clear();
    for (const chain of saved) {
      for (const frame of [...chain].reverse()) {
        const { space, vpn } = pageOf(frame);
        this.enter(space, vpn, frame);
      }
    }
  }
}
