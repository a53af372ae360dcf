/** Operation sequences as flat arrays, so that the timed loop touches nothing but numbers and the allocator. */
export interface Workload {
  readonly name: string;
  /** `ALLOCATE`, `FREE` or `REALLOCATE`. */
  readonly kinds: Uint8Array;
  /** Index into the table of live pointers. */
  readonly slots: Uint32Array;
  /** Bytes asked for, at least 1; 0 for frees. */
  readonly sizes: Uint32Array;
  readonly slotCount: number;
  /** The half-open range of operations that is timed; the ones around it fill and empty the heap. */
  readonly timed: { readonly from: number; readonly to: number };
  /** Most bytes live at once, as asked for. */
  readonly peakLive: number;
  /** A buffer of this many bytes serves every measured allocator that cannot grow. */
  readonly arena: number;
}

export const ALLOCATE = 0;
export const FREE = 1;
export const REALLOCATE = 2;

/** Numerical Recipes' linear congruential generator: seeded, numbers from 0 to 1 that are the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Collects operations. Every workload ends with an empty heap, so that it can be repeated on the same allocator. */
export class WorkloadBuilder {
  private readonly kinds: number[] = [];
  private readonly slots: number[] = [];
  private readonly sizes: number[] = [];
  /** Bytes by slot, 0 where nothing lives. */
  private readonly live: number[] = [];
  private liveBytes = 0;
  private liveBlocks = 0;
  private peakLive = 0;
  private peakBlocks = 0;
  private timedFrom = 0;
  private timedTo = -1;

  get length(): number {
    return this.kinds.length;
  }

  allocate(slot: number, size: number): void {
    this.liveBlocks++;
    this.add(ALLOCATE, slot, size);
  }

  free(slot: number): void {
    this.liveBlocks--;
    this.add(FREE, slot, 0);
  }

  reallocate(slot: number, size: number): void {
    this.add(REALLOCATE, slot, size);
  }

  /** What comes before is not timed. */
  beginTimed(): void {
    this.timedFrom = this.length;
  }

  /** What comes after is not timed. */
  endTimed(): void {
    this.timedTo = this.length;
  }

  freeAll(): void {
    for (const [slot, size] of this.live.entries()) if (size > 0) this.free(slot);
  }

  /** Frees what still lives and closes the workload. */
  build(name: string): Workload {
    this.freeAll();
    return {
      name,
      kinds: Uint8Array.from(this.kinds),
      slots: Uint32Array.from(this.slots),
      sizes: Uint32Array.from(this.sizes),
      slotCount: this.live.length,
      timed: { from: this.timedFrom, to: this.timedTo < 0 ? this.length : this.timedTo },
      peakLive: this.peakLive,
      // Four times what is live, with 64 bytes a block for headers and rounding: fragmentation takes far less.
      arena: Math.ceil((4 * (this.peakLive + 64 * this.peakBlocks)) / 65_536) * 65_536 + (1 << 20),
    };
  }

  private add(kind: number, slot: number, size: number): void {
    this.kinds.push(kind);
    this.slots.push(slot);
    this.sizes.push(size);
    while (this.live.length <= slot) this.live.push(0);
    this.liveBytes += size - this.live[slot];
    this.live[slot] = size;
    this.peakLive = Math.max(this.peakLive, this.liveBytes);
    this.peakBlocks = Math.max(this.peakBlocks, this.liveBlocks);
  }
}
