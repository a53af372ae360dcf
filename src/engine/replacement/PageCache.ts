import { FrameBitmap } from "../vm/FrameBitmap";
import type { FrameBits, ReplacementName, ReplacementPolicy, ReplacementView } from "./contract";
import { createPolicy, defaultReplacementOptions, type ReplacementOptions } from "./createPolicy";
import { Future } from "./Future";
import { MersenneTwister } from "./MersenneTwister";
import { withIndex } from "./structures/growth";
import { PageMap } from "./structures/PageMap";

const referencedBit = 1;
const dirtyBit = 2;

export interface PageCacheStats {
  /** Always the sum of hits and faults. */
  readonly references: number;
  readonly hits: number;
  readonly faults: number;
  /** Pages that left, for another one or because the policy let them go. */
  readonly evictions: number;
  /** Dirty pages written to the disk. */
  readonly writebacks: number;
}

export interface PageCacheSnapshot {
  readonly frames: Int32Array;
  readonly pages: Float64Array;
  readonly bits: Uint8Array;
  readonly stats: PageCacheStats;
  readonly policy: unknown;
}

/**
 * A memory of frames under one replacement policy, fed with references to pages directly: no address space, no bytes.
 * A page that comes in takes the lowest free frame. What traces and curves are run on.
 */
export class PageCache implements FrameBits {
  readonly policy: ReplacementPolicy;
  private readonly frameOf = new PageMap();
  private readonly free: FrameBitmap;
  /** By frame: the page, -1 when the frame is free. */
  private pages = new Float64Array(0);
  private bits = new Uint8Array(0);
  private resident = 0;
  private references = 0;
  private faults = 0;
  private evictions = 0;
  private writebacks = 0;
  /** The page that the last reference put out of its frame, or -1; of several, as after `run`, the last one. */
  evicted = -1;

  /**
   * @param frames 1 or more
   * @param options of the policy; `future` must be given to `opt` and `unopt`
   */
  constructor(
    private readonly frames: number,
    name: ReplacementName,
    options: Partial<ReplacementOptions> = {},
  ) {
    this.free = new FrameBitmap(frames);
    this.policy = createPolicy(name, this, {
      ...defaultReplacementOptions(frames),
      random: options.random ?? new MersenneTwister(0),
      future: options.future ?? new Future([]),
      ...options,
    });
  }

  get stats(): PageCacheStats {
    const { references, faults, evictions, writebacks } = this;
    return { references, hits: references - faults, faults, evictions, writebacks };
  }

  /** The frame of a page, or -1. */
  find(page: number): number {
    return this.frameOf.get(page);
  }

  /** The page of a frame, -1 when it is free. */
  pageOf(frame: number): number {
    return frame < this.pages.length ? this.pages[frame] : -1;
  }

  /** Refers to a page, a whole number from 0 to 2^53 - 1: whether it was there. */
  reference(page: number, write: boolean): boolean {
    this.evicted = -1;
    return this.use(page, write, this.references++);
  }

  /**
   * Refers to the pages from one index up to another.
   * @param writes by index: not 0 for a write; without it all are reads
   */
  run(pages: Float64Array | Uint32Array, writes: Uint8Array | null = null, begin = 0, end = pages.length): void {
    const { policy, frameOf } = this;
    if (policy.timed || policy.followsUses) {
      for (let index = begin; index < end; index++)
        this.use(pages[index], writes !== null && writes[index] !== 0, this.references++);
      return;
    }
    // A hit is one look at the page, and bits where somebody looks at them.
    const readBits = policy.looksAtBits ? referencedBit : 0;
    const start = this.references - begin;
    let { bits } = this;
    for (let index = begin; index < end; index++) {
      const page = pages[index];
      const frame = frameOf.get(page);
      const isWrite = writes !== null && writes[index] !== 0;
      if (frame !== -1) bits[frame] |= isWrite ? referencedBit | dirtyBit : readBits;
      else {
        this.load(page, isWrite, start + index);
        ({ bits } = this);
      }
    }
    this.references += Math.max(0, end - begin);
  }

  /** Lets a page go, unwritten, as when it is unmapped: whether it was there. */
  drop(page: number): boolean {
    const frame = this.frameOf.get(page);
    if (frame === -1) return false;
    this.policy.remove(frame);
    this.frameOf.delete(page);
    this.vacate(frame);
    return true;
  }

  view(): ReplacementView {
    return this.policy.view();
  }

  referenced(frame: number): boolean {
    return (this.bits[frame] & referencedBit) !== 0;
  }

  clearReferenced(frame: number): void {
    this.bits[frame] &= ~referencedBit;
  }

  dirty(frame: number): boolean {
    return (this.bits[frame] & dirtyBit) !== 0;
  }

  writeBack(frame: number): boolean {
    this.bits[frame] &= ~dirtyBit;
    this.writebacks++;
    return true;
  }

  snapshot(): PageCacheSnapshot {
    const frames = Int32Array.from(this.occupied());
    return {
      frames,
      pages: Float64Array.from(frames, (frame) => this.pages[frame]),
      bits: Uint8Array.from(frames, (frame) => this.bits[frame]),
      stats: this.stats,
      policy: this.policy.save(),
    };
  }

  restore(snapshot: PageCacheSnapshot): void {
    for (const frame of this.occupied()) {
      this.frameOf.delete(this.pages[frame]);
      this.vacate(frame);
    }
    snapshot.frames.forEach((frame, index) => this.occupy(frame, snapshot.pages[index], snapshot.bits[index]));
    ({
      references: this.references,
      faults: this.faults,
      evictions: this.evictions,
      writebacks: this.writebacks,
    } = snapshot.stats);
    this.policy.load(snapshot.policy);
    this.evicted = -1;
  }

  checkInvariants(): string[] {
    const violations = this.policy.checkInvariants();
    const occupied = this.occupied();
    for (const frame of occupied)
      if (this.frameOf.get(this.pages[frame]) !== frame) violations.push(`Frame ${frame} is not where its page leads.`);
    if (occupied.length !== this.resident) violations.push(`${occupied.length} pages, but ${this.resident} counted.`);
    const known = this.policy.view().lists.flatMap((list) => list.frames);
    if (known.sort((a, b) => a - b).join() !== occupied.join() || this.policy.size !== this.resident)
      violations.push(`The policy knows frames ${known.join()}, but pages are in ${occupied.join()}.`);
    return violations;
  }

  private use(page: number, write: boolean, time: number): boolean {
    const { policy } = this;
    if (policy.timed) this.release(time);
    const frame = this.frameOf.get(page);
    if (frame === -1) {
      this.load(page, write, time);
      return false;
    }
    if (write) this.bits[frame] = referencedBit | dirtyBit;
    else if (policy.looksAtBits) this.bits[frame] |= referencedBit;
    policy.touch(frame, time);
    return true;
  }

  private release(time: number): void {
    for (let frame = this.policy.advance(time); frame !== -1; frame = this.policy.advance(time)) {
      this.putOut(frame);
      this.vacate(frame);
    }
  }

  private load(page: number, write: boolean, time: number): void {
    this.faults++;
    const bits = write ? referencedBit | dirtyBit : referencedBit;
    if (this.resident < this.frames) this.fill(page, bits, time);
    else this.replace(page, bits, time);
  }

  private fill(page: number, bits: number, time: number): void {
    const frame = this.free.lowestFree();
    this.occupy(frame, page, bits);
    this.policy.insert(frame, page, time);
  }

  private replace(page: number, bits: number, time: number): void {
    const { policy } = this;
    if (policy.rotate !== undefined) {
      const frame = policy.rotate();
      this.putOut(frame);
      this.assign(frame, page, bits);
      return;
    }
    const frame = policy.evict(page, time);
    this.putOut(frame);
    this.assign(frame, page, bits);
    policy.insert(frame, page, time);
  }

  private putOut(frame: number): void {
    if (this.dirty(frame)) this.writebacks++;
    this.evictions++;
    this.evicted = this.pages[frame];
    this.frameOf.delete(this.evicted);
  }

  private assign(frame: number, page: number, bits: number): void {
    this.pages[frame] = page;
    this.bits[frame] = bits;
    this.frameOf.set(page, frame);
  }

  private occupy(frame: number, page: number, bits: number): void {
    this.pages = withIndex(this.pages, frame, -1);
    this.bits = withIndex(this.bits, frame, 0);
    this.assign(frame, page, bits);
    this.free.add(frame);
    this.resident++;
  }

  private vacate(frame: number): void {
    this.pages[frame] = -1;
    this.bits[frame] = 0;
    this.free.delete(frame);
    this.resident--;
  }

  private occupied(): number[] {
    const frames: number[] = [];
    for (let frame = 0; frame < this.pages.length; frame++) if (this.pages[frame] !== -1) frames.push(frame);
    return frames;
  }
}
