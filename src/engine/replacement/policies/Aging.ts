import type { FrameBits, ReplacementPolicy, ReplacementView } from "../contract";
import { FrameHeap } from "../structures/FrameHeap";
import { withIndex } from "../structures/growth";

interface Saved {
  readonly frames: Int32Array;
  /** By position in `frames`: counter, arrival. */
  readonly counters: Float64Array;
  readonly arrivals: Float64Array;
  readonly nextTick: number;
  readonly arrivalCount: number;
}

/** Counters weigh more than any difference of arrivals. */
const counterWeight = 2 ** 36;

/**
 * Aging (Tanenbaum, Modern Operating Systems, 3.4.7): every `interval` references each page's counter is shifted right
 * by one, its reference bit comes in at the left, and the bit is cleared. The page with the lowest counter leaves; of
 * several, the one that came in first. A page comes in with the highest bit set, as if used in the tick before.
 *
 * A tick looks only at pages whose counter or reference bit is not zero: O(counterBits · log frames) a reference, amortized.
 */
export class Aging implements ReplacementPolicy {
  readonly timed = true;
  readonly followsUses = true;
  readonly looksAtBits = true;
  /** Frames by counter and then arrival. */
  private readonly ages = new FrameHeap();
  /** By frame. */
  private counters = new Float64Array(0);
  private arrivals = new Float64Array(0);
  /** By frame: 1 when it is among the active ones. */
  private isActive = new Uint8Array(0);
  /** Frames whose counter or reference bit may not be zero; some may have been removed. */
  private active = new Int32Array(0);
  private activeCount = 0;
  private nextTick: number;
  private arrivalCount = 0;

  /**
   * @param interval references from tick to tick, 1 or more
   * @param counterBits from 1 to 16
   */
  constructor(
    private readonly bits: FrameBits,
    private readonly interval: number,
    private readonly counterBits: number,
  ) {
    this.nextTick = interval;
  }

  get size(): number {
    return this.ages.length;
  }

  advance(time: number): number {
    while (time >= this.nextTick) {
      if (this.activeCount > 0) this.tick();
      this.nextTick += this.interval;
    }
    return -1;
  }

  touch(frame: number): void {
    this.activate(frame);
  }

  evict(): number {
    const frame = this.ages.top;
    this.ages.remove(frame);
    return frame;
  }

  insert(frame: number): void {
    this.place(frame, 2 ** (this.counterBits - 1), this.arrivalCount++);
  }

  remove(frame: number): void {
    this.ages.remove(frame);
  }

  view(): ReplacementView {
    const frames = this.ages.sorted();
    const values = frames.map((frame) => this.counters[frame]);
    return { lists: [{ name: "age", frames, values }], ghosts: [], hand: -1 };
  }

  save(): unknown {
    const frames = Int32Array.from(this.ages.sorted());
    const saved: Saved = {
      frames,
      counters: Float64Array.from(frames, (frame) => this.counters[frame]),
      arrivals: Float64Array.from(frames, (frame) => this.arrivals[frame]),
      nextTick: this.nextTick,
      arrivalCount: this.arrivalCount,
    };
    return saved;
  }

  load(saved: unknown): void {
    const { frames, counters, arrivals, nextTick, arrivalCount } = saved as Saved;
    this.ages.clear();
    this.isActive.fill(0);
    this.activeCount = 0;
    frames.forEach((frame, index) => this.place(frame, counters[index], arrivals[index]));
    this.nextTick = nextTick;
    this.arrivalCount = arrivalCount;
  }

  checkInvariants(): string[] {
    const violations = this.ages.checkInvariants();
    for (const frame of this.ages.sorted())
      if (this.isActive[frame] === 0 && (this.counters[frame] > 0 || this.bits.referenced(frame)))
        violations.push(`Frame ${frame} would not be looked at by the next tick.`);
    return violations;
  }

  private place(frame: number, counter: number, arrival: number): void {
    this.counters = withIndex(this.counters, frame, 0);
    this.arrivals = withIndex(this.arrivals, frame, 0);
    this.isActive = withIndex(this.isActive, frame, 0);
    this.counters[frame] = counter;
    this.arrivals[frame] = arrival;
    this.ages.set(frame, counter * counterWeight + arrival);
    this.activate(frame);
  }

  private activate(frame: number): void {
    if (this.isActive[frame] === 1) return;
    this.isActive[frame] = 1;
    this.active = withIndex(this.active, this.activeCount, -1);
    this.active[this.activeCount++] = frame;
  }

  private tick(): void {
    const { active, bits, counters } = this;
    const highest = 2 ** (this.counterBits - 1);
    let kept = 0;
    for (let index = 0; index < this.activeCount; index++) {
      const frame = active[index];
      if (this.ages.has(frame)) {
        counters[frame] >>= 1;
        if (bits.referenced(frame)) {
          counters[frame] += highest;
          bits.clearReferenced(frame);
        }
        this.ages.set(frame, counters[frame] * counterWeight + this.arrivals[frame]);
        if (counters[frame] > 0) {
          active[kept++] = frame;
          continue;
        }
      }
      this.isActive[frame] = 0;
    }
    this.activeCount = kept;
  }
}
