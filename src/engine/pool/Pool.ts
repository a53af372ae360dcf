import { asAddress, type Address } from "../address";
import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import { eventKindNumber, type EventLog } from "../events";
import { grownFloats, grownInts } from "../heap/growable";
import type {
  FixedSizeSnapshot,
  Gap,
  LinkDamage,
  PoolBlock,
  PoolFreeFailure,
  PoolOptions,
  PoolStats,
  ZoneDamage,
} from "./contract";
import { poolGeometry } from "./geometry";
import { poolViolations } from "./invariants";
import { PoolZones } from "./PoolZones";

const poolAllocate = eventKindNumber("pool-allocate");
const poolFree = eventKindNumber("pool-free");
const poolReset = eventKindNumber("pool-reset");
const poolGrow = eventKindNumber("pool-grow");

/** The end of the free list in the tables; in the bytes it is address 0. */
const none = -1;

interface Snapshot extends FixedSizeSnapshot {
  readonly base: Address;
  readonly next: Int32Array;
  readonly owners: Float64Array;
  readonly head: number;
  readonly tail: number;
  readonly used: number;
  readonly peakUsed: number;
  readonly leastFree: number;
  readonly allocations: number;
  readonly deallocations: number;
  readonly bytes: ByteStoreSnapshot | null;
}

/**
 * Fixed-size blocks on one singly linked free list, O(1) both ways (Kenwright, "Fast Efficient Fixed-Size Memory
 * Pool", 2012). The truth about blocks is in tables; the links are also written into the free blocks' first bytes
 * (8 bytes, or 4 in blocks of 4 to 7 bytes), where a script sees them and may damage them. A pool that grows adds its
 * blocks at the end, in address order, when the last free one is gone.
 */
export class Pool {
  readonly kind = "pool";
  readonly bytes: ByteStoreContract | null;
  base: Address;
  /** Blocks now. */
  count: number;
  /** Bytes of the link in a free block: 8, 4, or 0 when the blocks are too small to hold one. */
  readonly linkWidth: number;
  private readonly lead: number;
  private readonly stride: number;
  /** Null without red zones. */
  private readonly zones: PoolZones | null;
  /** For a free block the index of the next free one. */
  private next: Int32Array;
  /** -1 for free blocks. */
  private owners: Float64Array;
  private head = none;
  private tail = none;
  private used = 0;
  private peakUsed = 0;
  private leastFree: number;
  private allocations = 0;
  private deallocations = 0;

  constructor(
    readonly options: PoolOptions,
    readonly log: EventLog,
  ) {
    const { base, blockSize, count } = options;
    const { lead, stride } = poolGeometry(options);
    this.lead = lead;
    this.stride = stride;
    this.base = asAddress(base);
    this.count = count;
    this.leastFree = count;
    this.bytes = options.bytes ? (options.store ?? new ByteStore()) : null;
    this.zones = this.bytes !== null && options.redzone > 0 ? new PoolZones(this.bytes, { lead, stride }) : null;
    this.linkWidth = blockSize >= 8 ? 8 : blockSize >= 4 ? 4 : 0;
    this.next = new Int32Array(count);
    this.owners = new Float64Array(count);
    this.linkAll();
  }

  /** One past the last byte now. */
  get end(): Address {
    return asAddress(this.base + this.count * this.stride);
  }

  /** One past the last byte that it may ever use. */
  get reservedEnd(): Address {
    const { grow, max } = this.options;
    return asAddress(this.base + (grow > 0 ? Math.max(max, this.count) : this.count) * this.stride);
  }

  /** Address of the block or -1 when all are used and no more may be made. */
  allocate(owner: number): number {
    if (this.head === none && !this.grow()) return -1;
    const index = this.head;
    this.head = this.next[index]!;
    if (this.head === none) this.tail = none;
    this.next[index] = none;
    this.owners[index] = owner;
    this.used++;
    this.allocations++;
    if (this.used > this.peakUsed) this.peakUsed = this.used;
    if (this.count - this.used < this.leastFree) this.leastFree = this.count - this.used;
    const address = this.addressOf(index);
    if (this.options.zeroed) this.bytes?.fill(address, this.options.blockSize, 0);
    else this.bytes?.forget(address, this.options.blockSize);
    this.zones?.paint(address, this.options.blockSize);
    this.log.push(poolAllocate, address, index, 0, 0);
    return address;
  }

  whyNotFree(address: number): PoolFreeFailure {
    const index = this.indexOf(address);
    if (index === none) return { reason: "outside" };
    const start = this.addressOf(index);
    if (address !== start) return { reason: "interior", payload: start, offset: address - start };
    return { reason: this.isFree(index) ? "double-free" : "none" };
  }

  free(address: number): boolean {
    const index = this.indexOf(address);
    if (index === none || address !== this.addressOf(index) || this.isFree(index)) return false;
    this.owners[index] = -1;
    this.used--;
    this.deallocations++;
    if (this.options.order === "lifo") this.pushFront(index);
    else this.pushBack(index);
    this.log.push(poolFree, address, index, 0, 0);
    return true;
  }

  /** Frees every block and puts the free blocks back into their first order; returns how many were used. */
  reset(): number {
    const { used } = this;
    this.deallocations += used;
    this.used = 0;
    this.linkAll();
    this.log.push(poolReset, used, 0, 0, 0);
    return used;
  }

  stats(): PoolStats {
    const poolBytes = this.count * this.stride;
    return {
      blockSize: this.options.blockSize,
      usedBlocks: this.used,
      freeBlocks: this.count - this.used,
      peakUsed: this.peakUsed,
      leastFree: this.leastFree,
      poolBytes,
      peakPoolBytes: poolBytes,
      allocations: this.allocations,
      deallocations: this.deallocations,
    };
  }

  /** Whether the address of every block is a multiple of `align`. */
  isAligned(align: number): boolean {
    return (
      this.addressOf(0) % align === 0 && (this.stride % align === 0 || this.reservedEnd <= this.base + this.stride)
    );
  }

  blockAt(address: number): PoolBlock | undefined {
    const index = this.indexOf(address);
    if (index === none) return undefined;
    const offset = address - this.addressOf(index);
    return offset >= 0 && offset < this.options.blockSize ? this.block(index) : undefined;
  }

  /** What lies at an address in the region that `blockAt` finds no block at. */
  gapAt(address: number): Gap | undefined {
    const index = this.indexOf(address);
    if (index === none || this.blockAt(address) !== undefined) return undefined;
    return { kind: this.options.redzone > 0 ? "red-zone" : "padding", beside: this.block(index) };
  }

  /** In address order, from the one that holds `from` (default: the first) or the next one after it. */
  *blocks(from?: number): IterableIterator<PoolBlock> {
    const first = from === undefined || from < this.base ? 0 : this.indexOf(from);
    if (first === none) return;
    for (let index = first; index < this.count; index++) yield this.block(index);
  }

  /** Indices of free blocks in the order in which they are handed out. */
  *freeList(): IterableIterator<number> {
    for (let index = this.head; index !== none; index = this.next[index]!) yield index;
  }

  /** Compares the bookkeeping bytes that touch the half-open range with the truth. */
  linkDamage(from: number, to: number): LinkDamage[] {
    const damage: LinkDamage[] = [];
    const { bytes, linkWidth } = this;
    if (bytes === null || linkWidth === 0 || to <= from) return damage;
    for (const index of this.indicesWithin(from, to)) {
      if (!this.isFree(index)) continue;
      const address = this.addressOf(index);
      const expected = this.linkValue(index);
      const found = bytes.getInteger(address, linkWidth);
      if (found !== expected) damage.push({ field: "link", index, address, width: linkWidth, expected, found });
    }
    return damage;
  }

  /** Compares the red zones of the used blocks that touch the half-open range with what they were filled with. */
  zoneDamage(from: number, to: number): ZoneDamage[] {
    const { zones } = this;
    if (zones === null || to <= from) return [];
    const used = [...this.indicesWithin(from, to)].filter((index) => !this.isFree(index));
    return used.flatMap((index) => zones.damage(this.block(index)));
  }

  /** The memory below the pool has moved, bytes and all: the blocks move with it, and the links are written anew. */
  relocate(distance: number): void {
    this.base = asAddress(this.base + distance);
    for (const index of this.freeList()) this.writeLink(index);
  }

  /** Sentences, one for each broken invariant of the tables; damaged bytes break none. */
  checkInvariants(): string[] {
    const { head, tail, used, count } = this;
    const next = this.next.subarray(0, count);
    const owners = this.owners.subarray(0, count);
    return poolViolations({ head, tail, used, next, owners }, this.stats());
  }

  snapshot(): FixedSizeSnapshot {
    const { base, head, tail, used, peakUsed, leastFree, allocations, deallocations } = this;
    const snapshot: Snapshot = {
      kind: "pool",
      next: this.next.slice(0, this.count),
      owners: this.owners.slice(0, this.count),
      ...{ base, head, tail, used, peakUsed, leastFree, allocations, deallocations },
      // Bytes that belong to another region are in that region's picture.
      bytes: this.options.store === undefined ? (this.bytes?.snapshot() ?? null) : null,
    };
    return snapshot;
  }

  restore(snapshot: FixedSizeSnapshot): void {
    const saved = snapshot as Snapshot;
    this.base = saved.base;
    this.count = saved.next.length;
    this.next = saved.next.slice();
    this.owners = saved.owners.slice();
    this.head = saved.head;
    this.tail = saved.tail;
    this.used = saved.used;
    this.peakUsed = saved.peakUsed;
    this.leastFree = saved.leastFree;
    this.allocations = saved.allocations;
    this.deallocations = saved.deallocations;
    if (saved.bytes !== null) this.bytes?.restore(saved.bytes);
  }

  private addressOf(index: number): Address {
    return asAddress(this.base + this.lead + index * this.stride);
  }

  /** The block in whose stretch the address lies, red zones and padding included, or `none` outside the pool. */
  private indexOf(address: number): number {
    // The comparisons are written so that NaN counts as outside.
    if (!(address >= this.base && address < this.end)) return none;
    return Math.floor((address - this.base) / this.stride);
  }

  /** The blocks whose stretches touch the half-open range, which is not empty. */
  private *indicesWithin(from: number, to: number): IterableIterator<number> {
    const last = Math.min(this.count - 1, Math.floor((to - 1 - this.base) / this.stride));
    for (let index = Math.max(0, Math.floor((from - this.base) / this.stride)); index <= last; index++) yield index;
  }

  private isFree(index: number): boolean {
    return this.owners[index] === -1;
  }

  private block(index: number): PoolBlock {
    return {
      index,
      address: this.addressOf(index),
      size: this.options.blockSize,
      state: this.isFree(index) ? "free" : "used",
      owner: this.owners[index],
    };
  }

  private linkAll(): void {
    this.owners.fill(-1);
    this.head = none;
    this.tail = none;
    this.linkFrom(0);
  }

  /** Puts the blocks from `first` on, all of them free, on an empty free list in address order. */
  private linkFrom(first: number): void {
    const { count } = this;
    if (first >= count) return;
    this.head = first;
    this.tail = count - 1;
    for (let index = first; index < count; index++) {
      this.next[index] = index + 1 < count ? index + 1 : none;
      this.writeLink(index);
    }
  }

  /** Adds blocks to a pool whose blocks are all used, as far as it may. */
  private grow(): boolean {
    const before = this.count;
    const count = Math.min(before + this.options.grow, Math.max(this.options.max, before));
    if (count === before) return false;
    if (count > this.next.length) {
      const capacity = Math.max(count, 2 * this.next.length);
      this.next = grownInts(this.next, capacity);
      this.owners = grownFloats(this.owners, capacity);
    }
    this.owners.fill(-1, before, count);
    this.count = count;
    this.log.push(poolGrow, before, count, 0, 0);
    this.linkFrom(before);
    return true;
  }

  private pushFront(index: number): void {
    this.next[index] = this.head;
    this.head = index;
    if (this.tail === none) this.tail = index;
    this.writeLink(index);
  }

  private pushBack(index: number): void {
    const last = this.tail;
    this.next[index] = none;
    this.tail = index;
    this.writeLink(index);
    if (last === none) {
      this.head = index;
    } else {
      this.next[last] = index;
      this.writeLink(last);
    }
  }

  /** What a free block's link must read: the next free block's address (its low half in a 4-byte link), 0 at the end. */
  private linkValue(index: number): number {
    const next = this.next[index];
    if (next === none) return 0;
    const address = this.addressOf(next);
    return this.linkWidth === 4 ? address % 2 ** 32 : address;
  }

  private writeLink(index: number): void {
    if (this.linkWidth > 0) this.bytes?.setInteger(this.addressOf(index), this.linkWidth, this.linkValue(index));
  }
}

/** A pool for readers: nothing that changes it. */
export type PoolReader = Omit<Pool, "allocate" | "free" | "reset" | "relocate" | "snapshot" | "restore">;
