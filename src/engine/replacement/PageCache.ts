import { FrameBitmap } from "../vm/FrameBitmap";
import type { FrameBits, ReplacementPolicy, ReplacementView } from "./contract";
import { type ReplacementName, type ReplacementOptions, createPolicy, defaultReplacementOptions } from "./createPolicy";
import { Future } from "./Future";
import { MersenneTwister } from "./MersenneTwister";
import { FrameFlags } from "./structures/FrameFlags";
import { withIndex } from "./structures/growth";
import { ResidentPages } from "./structures/ResidentPages";

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
  /** By index of `frames`: 0 or 1. */
  readonly referenced: Uint8Array;
  readonly dirty: Uint8Array;
  readonly stats: PageCacheStats;
  readonly policy: unknown;
}

type RotatingPolicy = ReplacementPolicy & Required<Pick<ReplacementPolicy, "rotate">>;

function isRotating(policy: ReplacementPolicy): policy is RotatingPolicy {
  return policy.rotate !== undefined;
}

/**
 * A memory of frames under one replacement policy, fed with references to pages directly: no address space, no bytes.
 * A page that comes in takes the lowest free frame. What traces and curves are run on.
 */
export class PageCache implements FrameBits {
  readonly policy: ReplacementPolicy;
  private readonly frameOf = new ResidentPages();
  private readonly free: FrameBitmap;
  /** By frame: the page, -1 when the frame is free. */
  private pages = new Float64Array(0);
  private readonly referencedFrames = new FrameFlags();
  private readonly dirtyFrames = new FrameFlags();
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
    const { policy } = this;
    const time = this.references++;
    this.evicted = -1;
    if (policy.timed) this.release(time);
    const frame = this.frameOf.get(page);
    if (frame === -1) {
      this.load(page, write, time);
      return false;
    }
    this.referencedFrames.add(frame);
    if (write) this.dirtyFrames.add(frame);
    policy.touch(frame, time);
    return true;
  }

  /**
   * Refers to the pages from one index up to another.
   * @param writes by index: not 0 for a write; without it all are reads
   */
  run(pages: Float64Array | Uint32Array, writes: Uint8Array | null = null, begin = 0, end = pages.length): void {
    const { policy, frameOf, referencedFrames } = this;
    const { timed, followsUses, looksAtBits } = policy;
    const turns = isRotating(policy) && !timed && !followsUses;
    const start = this.references - begin;
    let { direct } = frameOf;
    for (let index = begin; index < end; index++) {
      const page = pages[index];
      const isWrite = writes !== null && writes[index] !== 0;
      if (timed) this.release(start + index);
      const frame = page < direct.length ? direct[page] : frameOf.get(page);
      if (frame !== -1) {
        if (looksAtBits) referencedFrames.add(frame);
        if (isWrite) this.dirtyFrames.add(frame);
        if (followsUses) policy.touch(frame, start + index);
        continue;
      }
      if (turns && this.resident === this.frames) {
        this.turnThrough(policy, pages, writes, index, end);
        break;
      }
      this.load(page, isWrite, start + index);
      ({ direct } = frameOf);
    }
    this.references += Math.max(0, end - begin);
  }

  /** What is left of a `run` in a full memory whose policy turns at faults alone: all that changes is in local variables. */
  private turnThrough(
    policy: RotatingPolicy,
    stream: Float64Array | Uint32Array,
    writes: Uint8Array | null,
    begin: number,
    end: number,
  ): void {
    const { frameOf, pages, referencedFrames, dirtyFrames } = this;
    const { looksAtBits } = policy;
    let { direct } = frameOf;
    let faults = 0;
    let writebacks = 0;
    let evicted = -1;
    for (let index = begin; index < end; index++) {
      const page = stream[index];
      const isWrite = writes !== null && writes[index] !== 0;
      let frame = page < direct.length ? direct[page] : frameOf.get(page);
      if (frame === -1) {
        frame = policy.rotate();
        faults++;
        evicted = pages[frame];
        if (evicted < direct.length) direct[evicted] = -1;
        else frameOf.delete(evicted);
        if (dirtyFrames.has(frame)) {
          writebacks++;
          dirtyFrames.delete(frame);
        }
        pages[frame] = page;
        if (page < direct.length) direct[page] = frame;
        else {
          frameOf.set(page, frame);
          ({ direct } = frameOf);
        }
      }
      if (looksAtBits) referencedFrames.add(frame);
      if (isWrite) dirtyFrames.add(frame);
    }
    this.faults += faults;
    this.evictions += faults;
    this.writebacks += writebacks;
    if (evicted !== -1) this.evicted = evicted;
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
    return this.referencedFrames.has(frame);
  }

  clearReferenced(frame: number): void {
    this.referencedFrames.delete(frame);
  }

  clearReferencedRun(from: number, end: number): number {
    return this.referencedFrames.deleteRun(from, end);
  }

  dirty(frame: number): boolean {
    return this.dirtyFrames.has(frame);
  }

  writeBack(frame: number): boolean {
    this.dirtyFrames.delete(frame);
    this.writebacks++;
    return true;
  }

  snapshot(): PageCacheSnapshot {
    const frames = Int32Array.from(this.occupied());
    return {
      frames,
      pages: Float64Array.from(frames, (frame) => this.pages[frame]),
      referenced: Uint8Array.from(frames, (frame) => Number(this.referenced(frame))),
      dirty: Uint8Array.from(frames, (frame) => Number(this.dirty(frame))),
      stats: this.stats,
      policy: this.policy.save(),
    };
  }

  restore(snapshot: PageCacheSnapshot): void {
    for (const frame of this.occupied()) {
      this.frameOf.delete(this.pages[frame]);
      this.vacate(frame);
    }
    snapshot.frames.forEach((frame, index) => {
      this.occupy(frame, snapshot.pages[index], snapshot.dirty[index] === 1);
      if (snapshot.referenced[index] === 0) this.clearReferenced(frame);
    });
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

  private release(time: number): void {
    for (let frame = this.policy.advance(time); frame !== -1; frame = this.policy.advance(time)) {
      this.putOut(frame);
      this.vacate(frame);
    }
  }

  private load(page: number, write: boolean, time: number): void {
    this.faults++;
    if (this.resident < this.frames) this.fill(page, write, time);
    else this.replace(page, write, time);
  }

  private fill(page: number, write: boolean, time: number): void {
    const frame = this.free.lowestFree();
    this.occupy(frame, page, write);
    this.policy.insert(frame, page, time);
  }

  private replace(page: number, write: boolean, time: number): void {
    const { policy } = this;
    const rotates = isRotating(policy);
    const frame = rotates ? policy.rotate() : policy.evict(page, time);
    this.putOut(frame);
    this.assign(frame, page, write);
    if (!rotates) policy.insert(frame, page, time);
  }

  private putOut(frame: number): void {
    if (this.dirtyFrames.has(frame)) this.writebacks++;
    this.evictions++;
    this.evicted = this.pages[frame];
    this.frameOf.delete(this.evicted);
  }

  private assign(frame: number, page: number, write: boolean): void {
    this.pages[frame] = page;
    this.referencedFrames.add(frame);
    if (write) this.dirtyFrames.add(frame);
    else this.dirtyFrames.delete(frame);
    this.frameOf.set(page, frame);
  }

  private occupy(frame: number, page: number, write: boolean): void {
    this.pages = withIndex(this.pages, frame, -1);
    this.referencedFrames.reserve(frame);
    this.dirtyFrames.reserve(frame);
    this.assign(frame, page, write);
    this.free.add(frame);
    this.resident++;
  }

  private vacate(frame: number): void {
    this.pages[frame] = -1;
    this.referencedFrames.delete(frame);
    this.dirtyFrames.delete(frame);
    this.free.delete(frame);
    this.resident--;
  }

  private occupied(): number[] {
    const frames: number[] = [];
    for (let frame = 0; frame < this.pages.length; frame++) if (this.pages[frame] !== -1) frames.push(frame);
    return frames;
  }
}
