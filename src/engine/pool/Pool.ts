import { asAddress, type Address } from "../address";
import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import { eventKindNumber, type EventLog } from "../events";
import type {
  LinkDamage,
  PoolBlock,
  PoolContract,
  PoolFreeFailure,
  PoolOptions,
  PoolSnapshot,
  PoolStats,
} from "./contract";
import { poolViolations } from "./invariants";

const poolAllocate = eventKindNumber("pool-allocate");
const poolFree = eventKindNumber("pool-free");
const poolReset = eventKindNumber("pool-reset");

/** The end of the free list in the tables; in the bytes it is address 0. */
const none = -1;

interface Snapshot extends PoolSnapshot {
  readonly next: Int32Array;
  readonly owners: Float64Array;
  readonly head: number;
  readonly tail: number;
  readonly used: number;
  readonly peakUsed: number;
  readonly allocations: number;
  readonly deallocations: number;
  readonly bytes: ByteStoreSnapshot | null;
}

/**
 * Fixed-size blocks on one singly linked free list, O(1) both ways (Kenwright, "Fast Efficient Fixed-Size Memory
 * Pool", 2012). The truth about blocks is in tables; the links are also written into the free blocks' first bytes
 * (8 bytes, or 4 in blocks of 4 to 7 bytes), where a script sees them and may damage them.
 */
export class Pool implements PoolContract {
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  readonly end: Address;
  /** Bytes of the link in a free block: 8, 4, or 0 when the blocks are too small to hold one. */
  readonly linkWidth: number;
  /** For a free block the index of the next free one. */
  private next: Int32Array;
  /** -1 for free blocks. */
  private owners: Float64Array;
  private head = none;
  private tail = none;
  private used = 0;
  private peakUsed = 0;
  private allocations = 0;
  private deallocations = 0;

  constructor(
    readonly options: PoolOptions,
    readonly log: EventLog,
  ) {
    const { base, blockSize, count } = options;
    this.base = asAddress(base);
    this.end = asAddress(base + blockSize * count);
    this.bytes = options.bytes ? new ByteStore() : null;
    this.linkWidth = blockSize >= 8 ? 8 : blockSize >= 4 ? 4 : 0;
    this.next = new Int32Array(count);
    this.owners = new Float64Array(count);
    this.linkAll();
  }

  allocate(owner: number): number {
    const index = this.head;
    if (index === none) return -1;
    this.head = this.next[index]!;
    if (this.head === none) this.tail = none;
    this.next[index] = none;
    this.owners[index] = owner;
    this.used++;
    this.allocations++;
    if (this.used > this.peakUsed) this.peakUsed = this.used;
    const address = this.addressOf(index);
    this.bytes?.forget(address, this.options.blockSize);
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

  reset(): number {
    const { used } = this;
    this.deallocations += used;
    this.used = 0;
    this.linkAll();
    this.log.push(poolReset, used, 0, 0, 0);
    return used;
  }

  stats(): PoolStats {
    return {
      blockSize: this.options.blockSize,
      usedBlocks: this.used,
      freeBlocks: this.options.count - this.used,
      peakUsed: this.peakUsed,
      allocations: this.allocations,
      deallocations: this.deallocations,
    };
  }

  blockAt(address: number): PoolBlock | undefined {
    const index = this.indexOf(address);
    return index === none ? undefined : this.block(index);
  }

  *blocks(from?: number): IterableIterator<PoolBlock> {
    const first = from === undefined || from < this.base ? 0 : this.indexOf(from);
    if (first === none) return;
    for (let index = first; index < this.options.count; index++) yield this.block(index);
  }

  *freeList(): IterableIterator<number> {
    for (let index = this.head; index !== none; index = this.next[index]!) yield index;
  }

  linkDamage(from: number, to: number): LinkDamage[] {
    const damage: LinkDamage[] = [];
    const { bytes, linkWidth } = this;
    const { blockSize, count } = this.options;
    if (bytes === null || linkWidth === 0 || to <= from) return damage;
    const first = Math.max(0, Math.floor((from - this.base) / blockSize));
    const last = Math.min(count - 1, Math.floor((to - 1 - this.base) / blockSize));
    for (let index = first; index <= last; index++) {
      if (!this.isFree(index)) continue;
      const address = this.addressOf(index);
      const expected = this.linkValue(index);
      const found = bytes.getInteger(address, linkWidth);
      if (found !== expected) damage.push({ block: this.block(index), address, expected, found });
    }
    return damage;
  }

  checkInvariants(): string[] {
    const { head, tail, used, next, owners } = this;
    return poolViolations({ head, tail, used, next, owners }, this.stats());
  }

  snapshot(): PoolSnapshot {
    const { head, tail, used, peakUsed, allocations, deallocations } = this;
    const snapshot: Snapshot = {
      kind: "pool",
      next: this.next.slice(),
      owners: this.owners.slice(),
      ...{ head, tail, used, peakUsed, allocations, deallocations },
      bytes: this.bytes?.snapshot() ?? null,
    };
    return snapshot;
  }

  restore(snapshot: PoolSnapshot): void {
    const saved = snapshot as Snapshot;
    this.next = saved.next.slice();
    this.owners = saved.owners.slice();
    this.head = saved.head;
    this.tail = saved.tail;
    this.used = saved.used;
    this.peakUsed = saved.peakUsed;
    this.allocations = saved.allocations;
    this.deallocations = saved.deallocations;
    if (saved.bytes !== null) this.bytes?.restore(saved.bytes);
  }

  private addressOf(index: number): Address {
    return asAddress(this.base + index * this.options.blockSize);
  }

  /** The block that contains the address, or `none` outside the pool. */
  private indexOf(address: number): number {
    // The comparisons are written so that NaN counts as outside.
    if (!(address >= this.base && address < this.end)) return none;
    return Math.floor((address - this.base) / this.options.blockSize);
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
    const { count } = this.options;
    this.owners.fill(-1);
    this.head = count > 0 ? 0 : none;
    this.tail = count - 1;
    for (let index = 0; index < count; index++) {
      this.next[index] = index + 1 < count ? index + 1 : none;
      this.writeLink(index);
    }
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
