import type { ByteStoreContract } from "../bytes/contract";
import { grownInts, initialCapacity } from "../heap/growable";
import { eventKindNumber, type EventLog } from "../events";
import type { FrameBits, ReplacementPolicy } from "../replacement/contract";
import type { AddressSpace } from "./AddressSpace";
import { CompressedPool, type Compressor, type CompressedPoolSnapshot } from "./CompressedPool";
import { Frames, type FramesSnapshot } from "./Frames";
import { Mappings, type MappingsSnapshot } from "./Mappings";
import { SwapSpace, type SwapSnapshot } from "./SwapSpace";
import { pageFlags } from "./tableFormats";

const bringInEvent = eventKindNumber("page-in");
const evictEvent = eventKindNumber("evict");
const nobody = -1;
const copyPageEvent = eventKindNumber("copy-page");

/** Why a page could not get a frame. */
export type PagerFailure = "none" | "out-of-frames" | "out-of-swap";

export interface PagerOptions {
  readonly pageSize: number;
  readonly frames: number;
  readonly pages: number;
  /** Infinity: a backing store without bound. */
  readonly swapSlots: number;
  /** Bytes of the compressed pool in front of swap; 0: none. */
  readonly compressedBytes: number;
  /** Whether pages have bytes; traces do without. */
  readonly bytes: boolean;
}

export interface PagerSnapshot {
  readonly frames: FramesSnapshot;
  readonly mappings: MappingsSnapshot;
  readonly swap: SwapSnapshot;
  readonly compressed: CompressedPoolSnapshot | null;
  readonly holders: Int32Array;
  readonly counts: readonly number[];
}

/** What the pager asks of whoever owns the address spaces. */
export interface PagerOwner {
  /** The policy that decides about the frames of a space; null: nothing is ever evicted. */
  policyOf(space: AddressSpace): ReplacementPolicy | null;
  spaceById(id: number): AddressSpace;
  /** A page left its frame. */
  onLeave(space: AddressSpace, id: number, frame: number): void;
}

/**
 * Moves pages between frames and swap space: finds a frame for a page, evicts another when there is none, writes back what
 * is dirty, brings in what was written, and copies shared pages when one of their owners writes.
 *
 * Swap slots lie behind the last frame in the same simulated store, so moving a page is one copy. A frame brought in keeps
 * its slot while it is clean: evicting it again costs no write (the swap cache of real kernels).
 */
export class Pager implements FrameBits {
  readonly frames: Frames;
  readonly mappings = new Mappings();
  readonly swap: SwapSpace;
  readonly compressed: CompressedPool | null;
  /** By frame: the space whose policy decides about it, or nobody (tables, huge pages, no policy). */
  private holders = new Int32Array(initialCapacity).fill(nobody);
  evictions = 0;
  writebacks = 0;
  swapIns = 0;
  swapOuts = 0;
  copies = 0;
  lastFailure: PagerFailure = "none";
  /** The page evicted by the last request for a frame, or -1. */
  evictedPage = -1;
  /** References made before the current one. */
  time = 0;

  constructor(
    private readonly options: PagerOptions,
    private readonly physical: ByteStoreContract,
    private readonly log: EventLog,
    compressor: Compressor | null,
    private readonly owner: PagerOwner,
  ) {
    this.frames = new Frames(options.frames);
    this.swap = new SwapSpace(options.swapSlots, (slot) => this.compressed?.drop(slot));
    this.compressed =
      compressor !== null && options.compressedBytes > 0
        ? new CompressedPool(options.compressedBytes, options.pageSize, compressor)
        : null;
  }

  /** A frame for a page of the space, with the bytes of whoever had it; -1 with the reason in `lastFailure`. */
  takeFrame(space: AddressSpace, vpn: number): number {
    this.evictedPage = -1;
    this.lastFailure = "none";
    if (space.resident < space.quota) {
      const frame = this.frames.lowestFree();
      if (frame >= 0) {
        this.frames.take(frame);
        return frame;
      }
    }
    const policy = this.owner.policyOf(space);
    if (policy === null || policy.size === 0) {
      this.lastFailure = "out-of-frames";
      return -1;
    }
    const victim = policy.evict(this.keyOf(space, vpn), this.time);
    const page = this.keyOfFrame(victim);
    if (!this.empty(victim)) {
      policy.insert(victim, page, this.time);
      return -1;
    }
    this.frames.take(victim);
    return victim;
  }

  /** Lets policies that act by time act before a reference: pages that left a working set leave memory. */
  advance(policy: ReplacementPolicy): void {
    for (let frame = policy.advance(this.time); frame >= 0; frame = policy.advance(this.time)) {
      const page = this.keyOfFrame(frame);
      if (this.empty(frame)) continue;
      policy.insert(frame, page, this.time);
      return;
    }
  }

  /** A frame for a page table: the highest free one, or one that a page must leave. */
  takeTableFrame(space: AddressSpace): number {
    let frame = this.frames.highestFree();
    if (frame < 0) {
      frame = this.takeFrame(space, -1);
      if (frame < 0) return -1;
      this.frames.give(frame);
    }
    this.frames.takeForTable(frame);
    return frame;
  }

  /** Makes a page present that is not: from its swap slot, or as zeros. False with the reason in `lastFailure`. */
  bringIn(space: AddressSpace, id: number): boolean {
    const { mappings, swap, frames } = this;
    this.evictedPage = -1;
    const slot = mappings.slot[id];
    const cached = slot >= 0 ? swap.frameOf(slot) : -1;
    if (cached >= 0) {
      mappings.slot[id] = -1;
      this.attach(space, id, cached);
      swap.removeUser(slot);
      return true;
    }
    const frame = this.takeFrame(space, mappings.vpn[id]);
    if (frame < 0) return false;
    mappings.flags[id] &= ~pageFlags.dirty;
    if (slot >= 0) {
      this.readSlot(slot, frame);
      mappings.slot[id] = -1;
      frames.setSlot(frame, slot);
      swap.setFrame(slot, frame);
      swap.removeUser(slot);
    } else this.blank(frame);
    this.attach(space, id, frame);
    this.hold(space, id, frame);
    this.log.push(bringInEvent, mappings.vpn[id], frame, slot, space.id);
    return true;
  }

  /**
   * Makes a page present in frames that the caller took, or in the frame of another page that it is to share. The bytes are
   * whatever the frame holds: who maps a page by hand is the operating system.
   */
  place(space: AddressSpace, id: number, frame: number): void {
    const isShared = this.mappings.first(frame) >= 0;
    this.attach(space, id, frame);
    if (!isShared) this.hold(space, id, frame);
  }

  attach(space: AddressSpace, id: number, frame: number): void {
    this.mappings.attach(id, frame);
    space.resident += 2 ** this.mappings.order[id];
  }

  /** Takes a page's frame or slot away for good; a frame or slot that nobody has then is free. */
  discard(space: AddressSpace, id: number): void {
    const { mappings } = this;
    const slot = mappings.slot[id];
    if (slot >= 0) {
      mappings.slot[id] = -1;
      this.swap.removeUser(slot);
    }
    if (mappings.frame[id] >= 0) this.detach(space, id);
  }

  /** Takes the page out of its frame; the last one to leave frees it. */
  detach(space: AddressSpace, id: number): void {
    const { mappings, frames } = this;
    const frame = mappings.frame[id];
    mappings.detach(id);
    space.resident -= 2 ** mappings.order[id];
    this.owner.onLeave(space, id, frame);
    const heir = mappings.first(frame);
    if (heir < 0) {
      this.letGo(frame);
      this.forgetSlot(frame);
      for (let k = 0; k < 2 ** mappings.order[id]; k++) frames.give(frame + k);
    } else if (this.holderOf(frame) === space.id) {
      this.letGo(frame);
      this.hold(this.owner.spaceById(mappings.space[heir]), heir, frame);
    }
  }

  /** A page of this frame was written: what its slot holds is stale, unless others wait for it there. */
  noteWrite(frame: number): void {
    const slot = this.frames.slotOf(frame);
    if (slot >= 0 && this.swap.usersOf(slot) === 0) this.forgetSlot(frame);
  }

  /**
   * Gives a page that is about to be written a frame of its own. Without other owners it keeps its frame; else the frame
   * is copied. False with the reason in `lastFailure`; then nothing has changed.
   */
  makePrivate(space: AddressSpace, id: number): boolean {
    const { mappings } = this;
    const source = mappings.frame[id];
    this.evictedPage = -1;
    if (!mappings.isSharedFrame(source)) {
      // Owners whose page is swapped out keep the slot for themselves.
      this.forgetSlot(source);
    } else {
      this.detach(space, id);
      const frame = this.takeCopyTarget(space, id);
      if (frame < 0) {
        this.attach(space, id, source);
        return false;
      }
      // Should the source have been evicted meanwhile, its bytes are where they were until this copy.
      if (frame !== source) this.copyBytes(frame, source, 2 ** mappings.order[id]);
      this.attach(space, id, frame);
      this.hold(space, id, frame);
      this.copies++;
      this.log.push(copyPageEvent, mappings.vpn[id], source, frame, space.id);
    }
    mappings.flags[id] &= ~pageFlags.copyOnWrite;
    return true;
  }

  *mappingsOf(frame: number): IterableIterator<number> {
    for (let id = this.mappings.first(frame); id >= 0; id = this.mappings.next(id)) yield id;
  }

  /** Gives a page the frame of another one with the same bytes. What is dirty stays so: the slot may be of other bytes. */
  moveTo(id: number, frame: number): void {
    const { mappings } = this;
    const space = this.owner.spaceById(mappings.space[id]);
    const hadSlot = this.frames.slotOf(mappings.frame[id]) >= 0;
    this.detach(space, id);
    this.attach(space, id, frame);
    // A clean page whose bytes were in its own slot alone has to be written when the common frame has none.
    if (hadSlot && this.frames.slotOf(frame) < 0) mappings.flags[id] |= pageFlags.dirty;
  }

  referenced(frame: number): boolean {
    return this.anyFlag(frame, pageFlags.accessed);
  }

  clearReferenced(frame: number): void {
    const { mappings } = this;
    for (let id = mappings.first(frame); id >= 0; id = mappings.next(id)) mappings.flags[id] &= ~pageFlags.accessed;
  }

  dirty(frame: number): boolean {
    return this.anyFlag(frame, pageFlags.dirty);
  }

  writeBack(frame: number): void {
    const { mappings } = this;
    if (!this.saveBytes(frame)) return;
    for (let id = mappings.first(frame); id >= 0; id = mappings.next(id)) mappings.flags[id] &= ~pageFlags.dirty;
  }

  /** Where a page's bytes are in the store: in its frame or in its slot; -1 for a page that was never touched. */
  bytesAddress(id: number): number {
    const frame = this.mappings.frame[id];
    if (frame >= 0) return frame * this.options.pageSize;
    const slot = this.mappings.slot[id];
    return slot >= 0 ? this.slotAddress(slot) : -1;
  }

  slotAddress(slot: number): number {
    return (this.options.frames + slot) * this.options.pageSize;
  }

  save(): PagerSnapshot {
    return {
      frames: this.frames.save(),
      mappings: this.mappings.save(),
      swap: this.swap.save(),
      compressed: this.compressed?.save() ?? null,
      holders: this.holders.slice(),
      counts: [this.evictions, this.writebacks, this.swapIns, this.swapOuts, this.copies, this.time],
    };
  }

  load(saved: PagerSnapshot): void {
    this.frames.load(saved.frames);
    this.mappings.load(saved.mappings);
    this.swap.load(saved.swap);
    if (saved.compressed !== null) this.compressed?.load(saved.compressed);
    this.holders = saved.holders.slice();
    const [evictions = 0, writebacks = 0, swapIns = 0, swapOuts = 0, copies = 0, time = 0] = saved.counts;
    Object.assign(this, { evictions, writebacks, swapIns, swapOuts, copies, time });
  }

  /** Moves every page of the frame out. False when a dirty page finds no room in swap space; then nothing has changed. */
  private empty(frame: number): boolean {
    const { mappings, swap, frames } = this;
    const dirty = this.dirty(frame);
    if (dirty && !this.saveBytes(frame)) return false;
    const slot = frames.slotOf(frame);
    const first = mappings.first(frame);
    this.evictedPage = first < 0 ? -1 : mappings.vpn[first];
    for (let id = first; id >= 0; id = mappings.first(frame)) {
      mappings.detach(id);
      const space = this.owner.spaceById(mappings.space[id]);
      space.resident--;
      mappings.flags[id] &= ~(pageFlags.accessed | pageFlags.dirty);
      mappings.slot[id] = slot;
      if (slot >= 0) swap.addUser(slot);
      this.owner.onLeave(space, id, frame);
    }
    this.forgetSlot(frame);
    if (this.holderOf(frame) !== nobody) this.holders[frame] = nobody;
    frames.give(frame);
    this.evictions++;
    this.log.push(evictEvent, this.evictedPage, frame, slot, dirty ? 1 : 0);
    return true;
  }

  /** Writes a frame's bytes to its slot, or to a new one. False when there is none. */
  private saveBytes(frame: number): boolean {
    const { swap, frames } = this;
    let slot = frames.slotOf(frame);
    if (slot < 0) {
      slot = swap.take();
      if (slot < 0) {
        this.lastFailure = "out-of-swap";
        return false;
      }
      frames.setSlot(frame, slot);
      swap.setFrame(slot, frame);
    }
    this.writeSlot(frame, slot);
    return true;
  }

  /** Tells the policy of the space that the frame is among its frames now. */
  private hold(space: AddressSpace, id: number, frame: number): void {
    const policy = this.owner.policyOf(space);
    // Huge pages stay where they are, as those of hugetlbfs do.
    if (policy === null || this.mappings.order[id] > 0) return;
    while (frame >= this.holders.length) {
      const { length } = this.holders;
      this.holders = grownInts(this.holders, 2 * length).fill(nobody, length);
    }
    this.holders[frame] = space.id;
    policy.insert(frame, this.keyOf(space, this.mappings.vpn[id]), this.time);
  }

  private holderOf(frame: number): number {
    return frame < this.holders.length ? this.holders[frame] : nobody;
  }

  /** Takes the frame from the policy that knows it. */
  private letGo(frame: number): void {
    const holder = this.holderOf(frame);
    if (holder === nobody) return;
    this.holders[frame] = nobody;
    this.owner.policyOf(this.owner.spaceById(holder))?.remove(frame);
  }

  /** A number for a page that no page of another space has. */
  keyOf(space: AddressSpace, vpn: number): number {
    return space.id * this.options.pages + vpn;
  }

  private keyOfFrame(frame: number): number {
    const first = this.mappings.first(frame);
    return this.keyOf(this.owner.spaceById(this.mappings.space[first]), this.mappings.vpn[first]);
  }

  private anyFlag(frame: number, flag: number): boolean {
    const { mappings } = this;
    for (let id = mappings.first(frame); id >= 0; id = mappings.next(id)) {
      if ((mappings.flags[id] & flag) !== 0) return true;
    }
    return false;
  }

  private forgetSlot(frame: number): void {
    const slot = this.frames.slotOf(frame);
    if (slot < 0) return;
    this.frames.setSlot(frame, -1);
    this.swap.setFrame(slot, -1);
  }

  private writeSlot(frame: number, slot: number): void {
    this.writebacks++;
    const { physical, options } = this;
    const to = this.slotAddress(slot);
    if (options.bytes) physical.copy(to, frame * options.pageSize, options.pageSize);
    if (this.compressed === null) this.swapOuts++;
    else this.swapOuts += this.compressed.store(slot, physical.read(to, options.pageSize));
  }

  private readSlot(slot: number, frame: number): void {
    const { physical, options } = this;
    if (options.bytes) physical.copy(frame * options.pageSize, this.slotAddress(slot), options.pageSize);
    if (this.compressed?.fetch(slot) !== true) this.swapIns++;
  }

  /** Frames for a copy of the page, as many as it spans. */
  private takeCopyTarget(space: AddressSpace, id: number): number {
    const span = 2 ** this.mappings.order[id];
    if (span === 1) return this.takeFrame(space, this.mappings.vpn[id]);
    const run = this.frames.freeRun(span);
    if (run < 0) this.lastFailure = "out-of-frames";
    for (let k = 0; run >= 0 && k < span; k++) this.frames.take(run + k);
    return run;
  }

  private copyBytes(to: number, from: number, frames: number): void {
    const { physical, options } = this;
    const { pageSize } = options;
    if (options.bytes) physical.copy(to * pageSize, from * pageSize, frames * pageSize);
  }

  /** A fresh page reads as zeros, as real kernels guarantee, and nobody has written it. */
  private blank(frame: number): void {
    const { physical, options } = this;
    if (options.bytes) physical.erase(frame * options.pageSize, options.pageSize);
  }
}
