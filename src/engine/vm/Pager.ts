import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { FrameBits, ReplacementPolicy } from "../replacement/contract";
import type { AddressSpace } from "./AddressSpace";
import { CompressedPool, type Compressor } from "./CompressedPool";
import { Frames } from "./Frames";
import { HeldFrames, tableKey, type SpaceDirectory } from "./HeldFrames";
import { Mappings } from "./Mappings";
import { Residency } from "./Residency";
import { SwapSpace } from "./SwapSpace";
import { pageFlags, permissionMask } from "./tableFormats";

const bringInEvent = eventKindNumber("page-in");
const evictEvent = eventKindNumber("evict");
const mapEvent = eventKindNumber("map");
const pageOutEvent = eventKindNumber("page-out");
const usageBits = pageFlags.accessed | pageFlags.dirty;
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

/** What the pager asks of whoever owns the address spaces. */
export interface PagerOwner extends SpaceDirectory {
  /** A page left its frame. */
  onLeave(space: AddressSpace, id: number, frame: number): void;
  /** The accessed or dirty bit of a page that is present was cleared. */
  onClear(space: AddressSpace, id: number): void;
}

export type PagerSnapshot = ReturnType<Pager["save"]>;

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
  private readonly held: HeldFrames;
  evictions = 0;
  writebacks = 0;
  swapIns = 0;
  swapOuts = 0;
  copies = 0;
  lastFailure: PagerFailure = "none";
  /** The page evicted last since this was set to -1. */
  evictedPage = -1;
  /** Number of the address space that it belongs to, of the first one of a shared page. */
  evictedSpace = -1;
  /** References made before the current one; between two references that of the last, and -1 before the first. */
  time = -1;
  readonly residency = new Residency();

  constructor(
    private readonly options: PagerOptions,
    private readonly physical: ByteStoreContract,
    private readonly log: EventLog,
    compressor: Compressor | null,
    private readonly owner: PagerOwner,
  ) {
    this.frames = new Frames(options.frames);
    this.held = new HeldFrames(this.mappings, options.pages, owner);
    this.swap = new SwapSpace(options.swapSlots, (slot) => this.compressed?.drop(slot));
    this.compressed =
      compressor !== null && options.compressedBytes > 0
        ? new CompressedPool(options.compressedBytes, options.pageSize, compressor)
        : null;
  }

  /** A frame for a page of the space, with the bytes of whoever had it; -1 with the reason in `lastFailure`. */
  takeFrame(space: AddressSpace, vpn: number): number {
    return this.takeFrameFor(space, this.keyOf(space, vpn), -1);
  }

  private takeFrameFor(space: AddressSpace, key: number, pinned: number): number {
    this.lastFailure = "none";
    if (space.resident < space.quota) {
      const frame = this.frames.lowestFree();
      if (frame >= 0) {
        this.frames.take(frame);
        return frame;
      }
    }
    const policy = this.owner.policyOf(space);
    const victim = policy === null ? -1 : this.chooseVictim(policy, key, pinned);
    if (policy === null || victim < 0) {
      this.lastFailure = "out-of-frames";
      return -1;
    }
    const page = this.held.keyOfFrame(victim);
    if (!this.empty(victim)) {
      // A page that cannot be written stays, as if it had just come in: the next request finds another one.
      policy.insert(victim, page, this.time);
      return -1;
    }
    this.frames.take(victim);
    return victim;
  }

  /** Lets policies that act by time act before a reference: pages that left a working set leave memory. */
  advance(policy: ReplacementPolicy): void {
    for (let frame = policy.advance(this.time); frame >= 0; frame = policy.advance(this.time)) {
      const page = this.held.keyOfFrame(frame);
      if (this.empty(frame)) continue;
      policy.insert(frame, page, this.time);
      return;
    }
  }

  /** A frame for a page table: the highest free one, or one that a page must leave, but not the pinned one. */
  takeTableFrame(space: AddressSpace, pinned: number): number {
    let frame = this.frames.highestFree();
    if (frame < 0) {
      frame = this.takeFrameFor(space, tableKey, pinned);
      if (frame < 0) return -1;
      this.frames.give(frame);
    }
    this.frames.takeForTable(frame);
    return frame;
  }

  /**
   * Makes a page present that is not: from its swap slot, or as zeros. False with the reason in `lastFailure`.
   * `refer` tells the policy, when the reference has set its bits.
   */
  bringIn(space: AddressSpace, id: number): boolean {
    const { mappings, swap, frames } = this;
    const slot = mappings.slot[id];
    const cached = slot >= 0 ? swap.frameOf(slot) : -1;
    if (cached >= 0) {
      mappings.slot[id] = -1;
      this.attach(space, id, cached);
      swap.removeUser(slot);
      this.log.push(mapEvent, mappings.vpn[id], cached, mappings.flags[id] & permissionMask, space.id);
      return true;
    }
    const frame = this.takeFrame(space, mappings.vpn[id]);
    if (frame < 0) return false;
    if (slot >= 0) {
      this.readSlot(slot, frame);
      mappings.slot[id] = -1;
      frames.setSlot(frame, slot);
      swap.setFrame(slot, frame);
      swap.removeUser(slot);
    } else this.blank(frame);
    this.attach(space, id, frame);
    this.log.push(bringInEvent, mappings.vpn[id], frame, slot, space.id);
    return true;
  }

  /**
   * A reference to a present page, whose bits it has set, if it sets any: `setsBits`. A walk that sets none is no use for
   * policies that go by the bits.
   */
  refer(id: number, setsBits: boolean): void {
    const frame = this.mappings.frame[id];
    const policy = this.held.policyOf(frame);
    if (policy === null) this.held.hold(id, frame, this.time);
    else if (setsBits || !policy.looksAtBits) policy.touch(frame, this.time);
  }

  /**
   * Makes a page present in frames that the caller took, or in the frame of another page that it is to share. Where nothing
   * is ever evicted, the bytes are whatever the frame holds: who maps a page by hand is the operating system. A page that
   * may be evicted begins with zeros, since a page that was never written is not kept in swap space.
   */
  place(space: AddressSpace, id: number, frame: number): void {
    const isShared = this.mappings.first(frame) >= 0;
    this.attach(space, id, frame);
    if (isShared) return;
    this.held.hold(id, frame, this.time);
    if (this.held.policyOf(frame) !== null) this.blank(frame);
  }

  attach(space: AddressSpace, id: number, frame: number): void {
    this.mappings.attach(id, frame);
    this.mappings.flags[id] &= ~pageFlags.evicted;
    this.countResident(space, 2 ** this.mappings.order[id]);
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

  /** Takes the page out of its frame; the last one to leave frees it, for others its bits stay with the frame. */
  detach(space: AddressSpace, id: number): void {
    const { mappings, frames, held } = this;
    const frame = mappings.frame[id];
    const isDirty = this.dirty(frame);
    mappings.detach(id);
    this.countResident(space, -(2 ** mappings.order[id]));
    this.owner.onLeave(space, id, frame);
    const heir = mappings.first(frame);
    if (heir < 0) {
      held.letGo(frame);
      this.leaveSlot(frame, isDirty);
      for (let k = 0; k < 2 ** mappings.order[id]; k++) frames.give(frame + k);
      return;
    }
    frames.keepBits(frame, mappings.flags[id] & usageBits);
    if (held.holderOf(frame) !== id) return;
    held.letGo(frame);
    held.hold(heir, frame, this.time);
  }

  /** A page of this frame was written: what its slot holds is stale, unless others wait for it there. */
  noteWrite(frame: number): void {
    const slot = this.frames.slotOf(frame);
    if (slot >= 0 && this.swap.usersOf(slot) === 0) this.forgetSlot(frame);
  }

  /**
   * Gives a page that is about to be written a frame of its own. Without other owners it keeps its frame; else the frame
   * is copied. False with the reason in `lastFailure`; then the page shares its frame as before. The caller writes the
   * page's entry and tells the policy by `refer`.
   */
  makePrivate(space: AddressSpace, id: number): boolean {
    const { mappings } = this;
    const source = mappings.frame[id];
    if (!mappings.isSharedFrame(source)) {
      // Owners whose page is swapped out keep the slot for themselves.
      this.leaveSlot(source, this.dirty(source));
    } else {
      this.detach(space, id);
      const frame = this.takeCopyTarget(space, id);
      if (frame < 0) {
        // Its bits stayed with the frame, where the policy may have cleared them meanwhile.
        mappings.flags[id] &= ~usageBits;
        this.attach(space, id, source);
        return false;
      }
      // Should the source have been evicted meanwhile, its bytes are where they were until this copy.
      if (frame !== source) this.copyBytes(frame, source, 2 ** mappings.order[id]);
      this.attach(space, id, frame);
      this.copies++;
      this.log.push(copyPageEvent, mappings.vpn[id], source, frame, space.id);
    }
    mappings.flags[id] &= ~pageFlags.copyOnWrite;
    return true;
  }

  /** The mapping that stands for a frame in its policy, or -1. */
  holderOf(frame: number): number {
    return this.held.holderOf(frame);
  }

  *mappingsOf(frame: number): IterableIterator<number> {
    for (let id = this.mappings.first(frame); id >= 0; id = this.mappings.next(id)) yield id;
  }

  /**
   * Gives a page the frame of another one with the same bytes. Its entry begins unused and clean, so that the bits of that
   * frame stay as they were: they say whether these bytes are in its slot, or are zeros without one.
   */
  moveTo(id: number, frame: number): void {
    const { mappings } = this;
    const space = this.owner.spaceById(mappings.space[id]);
    this.detach(space, id);
    mappings.flags[id] &= ~usageBits;
    this.attach(space, id, frame);
  }

  referenced(frame: number): boolean {
    return this.anyFlag(frame, pageFlags.accessed);
  }

  clearReferenced(frame: number): void {
    this.clearFlag(frame, pageFlags.accessed);
  }

  dirty(frame: number): boolean {
    return this.anyFlag(frame, pageFlags.dirty);
  }

  writeBack(frame: number): boolean {
    if (!this.saveBytes(frame)) return false;
    this.clearFlag(frame, pageFlags.dirty);
    return true;
  }

  /**
   * Where a page's bytes are in the store: in its frame, in the frame that holds its slot's page for others, or in the
   * slot; -1 for a page that was never touched.
   */
  bytesAddress(id: number): number {
    const slot = this.mappings.slot[id];
    const frame = slot >= 0 ? this.swap.frameOf(slot) : this.mappings.frame[id];
    if (frame >= 0) return frame * this.options.pageSize;
    return slot >= 0 ? this.slotAddress(slot) : -1;
  }

  slotAddress(slot: number): number {
    return (this.options.frames + slot) * this.options.pageSize;
  }

  save() {
    return {
      frames: this.frames.save(),
      mappings: this.mappings.save(),
      swap: this.swap.save(),
      compressed: this.compressed?.save() ?? null,
      holders: this.held.save(),
      counts: [this.evictions, this.writebacks, this.swapIns, this.swapOuts, this.copies, this.time],
      residency: this.residency.save(),
    };
  }

  load(saved: PagerSnapshot): void {
    this.frames.load(saved.frames);
    this.mappings.load(saved.mappings);
    this.swap.load(saved.swap);
    if (saved.compressed !== null) this.compressed?.load(saved.compressed);
    this.held.load(saved.holders);
    const [evictions = 0, writebacks = 0, swapIns = 0, swapOuts = 0, copies = 0, time = -1] = saved.counts;
    Object.assign(this, { evictions, writebacks, swapIns, swapOuts, copies, time });
    this.residency.load(saved.residency);
  }

  private countResident(space: AddressSpace, change: number): void {
    space.resident += change;
    this.residency.change(change, Math.max(0, this.time));
  }

  /** The frame that a policy gives up for a page, and forgets; -1 when it knows none but the pinned one. */
  private chooseVictim(policy: ReplacementPolicy, key: number, pinned: number): number {
    if (policy.size === 0) return -1;
    const first = policy.evict(key, this.time);
    if (first !== pinned) return first;
    const second = policy.size === 0 ? -1 : policy.evict(key, this.time);
    policy.insert(pinned, this.held.keyOfFrame(pinned), this.time);
    return second;
  }

  /** Moves every page of the frame out. False when a dirty page finds no room in swap space; then nothing has changed. */
  private empty(frame: number): boolean {
    const { mappings, swap, frames, held } = this;
    const mustWrite = this.dirty(frame) || this.isCommonWithoutSlot(frame);
    if (mustWrite && !this.saveBytes(frame)) return false;
    const slot = frames.slotOf(frame);
    const holder = held.holderOf(frame);
    this.evictedPage = mappings.vpn[holder];
    this.evictedSpace = mappings.space[holder];
    for (let id = mappings.first(frame); id >= 0; id = mappings.first(frame)) {
      mappings.detach(id);
      const space = this.owner.spaceById(mappings.space[id]);
      this.countResident(space, -1);
      mappings.flags[id] = (mappings.flags[id] & ~usageBits) | pageFlags.evicted;
      mappings.slot[id] = slot;
      if (slot >= 0) swap.addUser(slot);
      this.owner.onLeave(space, id, frame);
      if (id !== holder) this.log.push(pageOutEvent, mappings.vpn[id], frame, slot, space.id);
    }
    this.forgetSlot(frame);
    held.forget(frame);
    frames.give(frame);
    this.evictions++;
    this.log.push(evictEvent, this.evictedPage, frame, slot, mustWrite ? 1 : 0, this.evictedSpace);
    return true;
  }

  /**
   * Pages that stay common after a fork must find the same bytes again, so they need a slot even when nobody has written
   * them: Linux takes shared anonymous memory for dirty from its first touch on.
   */
  private isCommonWithoutSlot(frame: number): boolean {
    const { mappings } = this;
    return (
      this.frames.slotOf(frame) < 0 && mappings.isSharedFrame(frame) && this.hasMappingWith(frame, pageFlags.shared)
    );
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

  /** A number for a page that no page of another space has. */
  keyOf(space: AddressSpace, vpn: number): number {
    return this.held.keyOf(space, vpn);
  }

  private anyFlag(frame: number, flag: number): boolean {
    return (this.frames.keptBits(frame) & flag) !== 0 || this.hasMappingWith(frame, flag);
  }

  private hasMappingWith(frame: number, flag: number): boolean {
    const { mappings } = this;
    for (let id = mappings.first(frame); id >= 0; id = mappings.next(id)) {
      if ((mappings.flags[id] & flag) !== 0) return true;
    }
    return false;
  }

  private clearFlag(frame: number, flag: number): void {
    const { mappings, owner } = this;
    this.frames.dropBits(frame, flag);
    for (let id = mappings.first(frame); id >= 0; id = mappings.next(id)) {
      if ((mappings.flags[id] & flag) === 0) continue;
      mappings.flags[id] &= ~flag;
      owner.onClear(owner.spaceById(mappings.space[id]), id);
    }
  }

  /** The frame and its slot part. Who waits for the page in the slot must find there what was written since. */
  private leaveSlot(frame: number, isDirty: boolean): void {
    const slot = this.frames.slotOf(frame);
    if (slot >= 0 && isDirty && this.swap.usersOf(slot) > 0) this.writeSlot(frame, slot);
    this.forgetSlot(frame);
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
