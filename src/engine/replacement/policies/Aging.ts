import type { FrameBits, ReplacementPolicy, ReplacementView, Ties } from "../contract";
import { FrameHeap } from "../structures/FrameHeap";
import { withIndex } from "../structures/growth";

interface Saved {
  readonly frames: Int32Array;
  /** By position in `frames`: counter, and what decides among equal ones. */
  readonly counters: Float64Array;
  readonly ranks: Float64Array;
  readonly nextTick: number;
  readonly arrivalCount: number;
}

/** How `aging` treats pages that come in and pages with equal counters. */
export interface AgingStart {
  /** `used`: the highest bit is set, as if the page had been used in the tick before; `zero`: no bit is, as in the textbook. */
  readonly counter: "used" | "zero";
  readonly ties: Ties;
}

/**
 * Aging (Tanenbaum, Modern Operating Systems, 3.4.7): every `interval` references each page's counter is shifted right
 * by one, its reference bit comes in at the left, and the bit is cleared. The page with the lowest counter leaves; of
 * several, the one that came in first, was used longest ago or has the lowest frame.
 *
 * A tick looks only at pages whose counter or reference bit is not zero: O(counterBits · log frames) a reference, amortized.
 */
export class Aging implements ReplacementPolicy {
  readonly timed = true;
  readonly followsUses = true;
  readonly looksAtBits = true;
  /** Frames by counter and then rank. */
  private readonly ages = new FrameHeap();
  /** By frame. */
  private counters = new Float64Array(0);
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
    private readonly start: AgingStart,
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

  touch(frame: number, time: number): void {
    this.activate(frame);
    if (this.start.ties === "recency") this.ages.set(frame, this.counters[frame], time);
  }

  evict(): number {
    const frame = this.ages.top;
    this.ages.remove(frame);
    return frame;
  }

  insert(frame: number, _page: number, time: number): void {
    const { counter, ties } = this.start;
    const arrival = this.arrivalCount++;
    const rank = ties === "arrival" ? arrival : ties === "recency" ? time : frame;
    this.place(frame, counter === "used" ? 2 ** (this.counterBits - 1) : 0, rank);
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
      ranks: Float64Array.from(frames, (frame) => this.ages.rankOf(frame)),
      nextTick: this.nextTick,
      arrivalCount: this.arrivalCount,
    };
    return saved;
  }

  load(saved: unknown): void {
    const { frames, counters, ranks, nextTick, arrivalCount } = saved as Saved;
    this.ages.clear();
    this.isActive.fill(0);
    this.activeCount = 0;
    frames.forEach((frame, index) => this.place(frame, counters[index], ranks[index]));
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

  private place(frame: number, counter: number, rank: number): void {
    this.counters = withIndex(this.counters, frame, 0);
    this.isActive = withIndex(this.isActive, frame, 0);
    this.counters[frame] = counter;
    this.ages.set(frame, counter, rank);
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
        this.ages.set(frame, counters[frame], this.ages.rankOf(frame));
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
