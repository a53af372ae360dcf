import type { FrameBits } from "../../../../src/engine/replacement/contract";
import { pageFlags } from "../../../../src/engine/vm/contract";
import type { NaivePolicy } from "./naivePolicies";
import { NaiveSwap } from "./naiveSwap";
import { NaiveTlb } from "./naiveTlb";
import type { Entry, Frame, NaiveOptions, Process } from "./naiveTypes";

const { accessed, dirty, shared } = pageFlags;
type Failure = "out-of-frames" | "out-of-swap";

/** Which page is in which frame or slot: who comes in, who has to leave, and what has to be written. */
export class NaiveFrames implements FrameBits {
  processes: Process[] = [];
  readonly frames: (Frame | "table" | null)[];
  readonly tlb: NaiveTlb | null;
  protected readonly swap: NaiveSwap;
  /** What each frame held last. */
  protected readonly leftovers: number[][];
  protected time = -1;
  protected evicted: number | null = null;
  protected evictedFrom = -1;
  evictions = 0;
  copies = 0;

  constructor(readonly options: NaiveOptions) {
    this.frames = Array.from({ length: options.frames }, () => null);
    this.leftovers = this.frames.map(() => zeros(options.pageSize));
    this.swap = new NaiveSwap(options, (slot) => this.usersOf(slot));
    this.tlb = options.tlb && new NaiveTlb(options.tlb);
  }

  referenced(frame: number): boolean {
    return this.hasBit(frame, accessed);
  }

  clearReferenced(frame: number): void {
    this.clearBit(frame, accessed);
  }

  dirty(frame: number): boolean {
    return this.hasBit(frame, dirty);
  }

  writeBack(frame: number): boolean {
    if (!this.save(frame)) return false;
    this.clearBit(frame, dirty);
    return true;
  }

  protected residentOf(process: Process): number {
    return [...process.pages.values()].filter(({ frame }) => frame !== null).length;
  }

  protected takeFrame(process: Process, key: number, pinned: number | null): number | Failure {
    const free = this.frames.indexOf(null);
    if (free >= 0 && this.residentOf(process) < process.quota) return free;
    const { policy } = process;
    if (policy === null || policy.size === 0) return "out-of-frames";
    let victim = policy.evict(key, this.time);
    if (victim === pinned) {
      const other = policy.size === 0 ? null : policy.evict(key, this.time);
      policy.insert(pinned, this.keyOf(this.frameAt(pinned).holder!), this.time);
      if (other === null) return "out-of-frames";
      victim = other;
    }
    if (this.putOut(victim)) return victim;
    policy.insert(victim, this.keyOf(this.frameAt(victim).holder!), this.time);
    return "out-of-swap";
  }

  protected advance(policy: NaivePolicy): void {
    for (let frame = policy.advance(this.time); frame !== -1; frame = policy.advance(this.time)) {
      if (this.putOut(frame)) continue;
      policy.insert(frame, this.keyOf(this.frameAt(frame).holder!), this.time);
      return;
    }
  }

  protected putOut(frame: number): boolean {
    const here = this.frameAt(frame);
    const stayCommon = here.entries.length > 1 && here.entries.some(({ flags }) => (flags & shared) !== 0);
    const mustWrite = this.dirty(frame) || (stayCommon && here.slot === null);
    if (mustWrite && !this.save(frame)) return false;
    this.evicted = here.holder!.vpn;
    this.evictedFrom = here.holder!.process.id;
    for (const entry of here.entries) {
      entry.frame = null;
      entry.slot = here.slot;
      entry.flags &= ~(accessed | dirty);
      entry.wasEvicted = true;
      this.tlb?.invalidate(entry.process.id, entry.vpn);
    }
    this.forgetSlot(here);
    this.leftovers[frame] = [...here.entries[0].content.bytes];
    this.frames[frame] = null;
    this.evictions++;
    return true;
  }

  protected bringIn(entry: Entry): Failure | null {
    const { slot } = entry;
    const cached = slot === null ? null : this.swap.slots[slot];
    if (typeof cached === "number") {
      entry.slot = null;
      entry.frame = cached;
      this.frameAt(cached).entries.unshift(entry);
      return null;
    }
    const frame = this.takeFrame(entry.process, this.keyOf(entry), null);
    if (typeof frame === "string") return frame;
    this.frames[frame] = { ...newFrame(), entries: [entry], slot };
    entry.frame = frame;
    entry.slot = null;
    if (slot !== null) {
      this.swap.slots[slot] = frame;
      this.swap.read(slot);
    } else {
      // A fork copies pages that are nowhere yet: each gets its own bytes when it comes in.
      entry.content = { bytes: [...entry.content.bytes] };
    }
    return null;
  }

  /** Gives an entry a frame of its own. */
  protected copy(entry: Entry): Failure | null {
    const source = entry.frame!;
    this.detach(entry);
    const frame = this.takeFrame(entry.process, this.keyOf(entry), null);
    if (typeof frame === "string") {
      entry.frame = source;
      entry.flags &= ~(accessed | dirty);
      this.frameAt(source).entries.unshift(entry);
      return frame;
    }
    this.frames[frame] = { ...newFrame(), entries: [entry] };
    entry.frame = frame;
    this.copies++;
    return null;
  }

  protected detach(entry: Entry): void {
    const frame = entry.frame!;
    const here = this.frameAt(frame);
    const isDirty = this.dirty(frame);
    here.entries = here.entries.filter((other) => other !== entry);
    entry.frame = null;
    this.tlb?.invalidate(entry.process.id, entry.vpn);
    if (here.entries.length === 0) {
      if (here.holder !== null) here.holder.process.policy!.remove(frame);
      this.leaveSlot(here, isDirty);
      this.leftovers[frame] = [...entry.content.bytes];
      this.frames[frame] = null;
      return;
    }
    here.kept |= entry.flags & (accessed | dirty);
    if (here.holder !== entry) return;
    entry.process.policy!.remove(frame);
    this.hold(here.entries[0]);
  }

  protected hold(entry: Entry): void {
    const { policy } = entry.process;
    if (policy === null) return;
    this.frameAt(entry.frame!).holder = entry;
    policy.insert(entry.frame!, this.keyOf(entry), this.time);
  }

  protected noteReference(entry: Entry, setsBits: boolean): void {
    const { holder } = this.frameAt(entry.frame!);
    if (holder === null) {
      this.hold(entry);
      return;
    }
    const policy = holder.process.policy!;
    if (setsBits || !policy.looksAtBits) policy.touch(entry.frame!, this.time);
  }

  /** Writes a frame's page to its slot, or to a new one. */
  protected save(frame: number): boolean {
    const here = this.frameAt(frame);
    here.slot ??= this.swap.take(frame);
    if (here.slot === null) return false;
    this.swap.write(here.slot, here.entries[0].content.bytes);
    return true;
  }

  protected leaveSlot(here: Frame, isDirty: boolean): void {
    if (here.slot !== null && isDirty && this.usersOf(here.slot) > 0) {
      const waiting = this.entries().find(({ slot }) => slot === here.slot)!;
      this.swap.write(here.slot, waiting.content.bytes);
    }
    this.forgetSlot(here);
  }

  protected forgetSlot(here: Frame): void {
    const { slot } = here;
    here.slot = null;
    if (slot === null) return;
    this.swap.slots[slot] = null;
    this.swap.release(slot);
  }

  protected usersOf(slot: number): number {
    return this.entries().filter((entry) => entry.slot === slot).length;
  }

  protected entries(): Entry[] {
    return this.processes.flatMap(({ pages }) => [...pages.values()]);
  }

  protected othersWith(entry: Entry): Entry[] {
    return this.entries().filter((other) => other !== entry && other.content === entry.content);
  }

  protected hasBit(frame: number, bit: number): boolean {
    const { kept, entries } = this.frameAt(frame);
    return (kept & bit) !== 0 || entries.some(({ flags }) => (flags & bit) !== 0);
  }

  protected clearBit(frame: number, bit: number): void {
    const here = this.frameAt(frame);
    here.kept &= ~bit;
    for (const entry of here.entries) entry.flags &= ~bit;
  }

  protected keyOf({ process, vpn }: Entry): number {
    return process.id * this.options.pages + vpn;
  }

  protected frameAt(frame: number): Frame {
    const here = this.frames[frame];
    if (here === null || here === "table") throw new Error(`frame ${frame} holds no page`);
    return here;
  }
}

export function newFrame(): Frame {
  return { entries: [], slot: null, kept: 0, holder: null };
}

export function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}
