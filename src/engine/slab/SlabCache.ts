import { asAddress, type Address } from "../address";
import { ByteStore, type ByteStoreContract, type ByteStoreSnapshot } from "../bytes/ByteStore";
import { eventKindNumber, type EventLog } from "../events";
import type { FixedSizeSnapshot, Gap, LinkDamage, PoolBlock, PoolFreeFailure } from "../pool/contract";
import type { Slab, SlabOptions, SlabState, SlabStats } from "./contract";
import { slabGeometry, type SlabGeometry } from "./geometry";
import { slabViolations } from "./invariants";
import { SlabBytes } from "./SlabBytes";
import {
  emptyList,
  fullList,
  partialList,
  returnedList,
  SlabLists,
  slabLists,
  type SlabListsSnapshot,
} from "./SlabLists";
import { none, SlabTable, type SlabTableSnapshot } from "./SlabTable";

const poolAllocate = eventKindNumber("pool-allocate");
const poolFree = eventKindNumber("pool-free");
const poolReset = eventKindNumber("pool-reset");
const slabCreate = eventKindNumber("slab-create");
const slabReturn = eventKindNumber("slab-return");

interface Counters {
  used: number;
  peakUsed: number;
  peakSlabs: number;
  /** Slabs ever made: the next one's colour follows from it. */
  created: number;
  allocations: number;
  deallocations: number;
}

interface Snapshot extends FixedSizeSnapshot {
  readonly counters: Counters;
  readonly lists: SlabListsSnapshot;
  readonly table: SlabTableSnapshot;
  readonly bytes: ByteStoreSnapshot | null;
}

/**
 * A cache of equal objects (Bonwick, "The Slab Allocator: An Object-Caching Kernel Memory Allocator", USENIX Summer
 * 1994), with the lists of Linux 2.4 (Gorman, "Understanding the Linux Virtual Memory Manager", chapter 8): an object
 * comes from the first partial slab, else from the first empty one, else from a new slab; a slab that gets its state
 * goes to the front of its list. Everything is O(1) but making a slab, which is linear in its objects. A new slab takes
 * the place given back last, else the next one in address order. Object k of slab s has the index s * objectsPerSlab + k.
 */
export class SlabCache {
  readonly kind = "slab";
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  readonly geometry: SlabGeometry;
  private readonly table: SlabTable;
  private readonly lists = new SlabLists();
  private readonly bookkeeping: SlabBytes | null;
  private counters: Counters = { used: 0, peakUsed: 0, peakSlabs: 0, created: 0, allocations: 0, deallocations: 0 };

  constructor(
    readonly options: SlabOptions,
    readonly log: EventLog,
  ) {
    this.base = asAddress(options.base);
    this.bytes = options.bytes ? new ByteStore() : null;
    this.geometry = slabGeometry(options);
    this.table = new SlabTable(this.geometry.objectsPerSlab);
    const hasBookkeeping = this.bytes !== null && this.geometry.bookkeeping > 0;
    this.bookkeeping = hasBookkeeping ? new SlabBytes(this.bytes, this.table) : null;
  }

  /** One past the last byte now. */
  get end(): Address {
    return this.slabAddress(this.lists.places);
  }

  /** One past the last byte that it may ever use. */
  get reservedEnd(): Address {
    return this.slabAddress(this.options.max);
  }

  /** Address of the block or -1 when all are used and no more may be made. */
  allocate(owner: number): number {
    const { lists, table, counters } = this;
    let place = lists.head(partialList);
    if (place === none) place = lists.head(emptyList);
    if (place === none) place = this.newSlab();
    if (place === none) return -1;
    const object = table.take(place, owner);
    const isFull = table.inUse[place] === table.objectsPerSlab;
    if (isFull) lists.move(place, fullList);
    else if (table.inUse[place] === 1) lists.move(place, partialList);
    counters.used++;
    counters.allocations++;
    if (counters.used > counters.peakUsed) counters.peakUsed = counters.used;
    const address = this.objectAddress(place, object);
    this.bookkeeping?.write(place, this.slabAddress(place), object);
    this.bytes?.forget(address, this.options.blockSize);
    this.log.push(poolAllocate, address, place * table.objectsPerSlab + object, 0, 0);
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
    const { lists, table, counters } = this;
    const place = Math.floor(index / table.objectsPerSlab);
    const object = index - place * table.objectsPerSlab;
    table.give(place, object);
    counters.used--;
    counters.deallocations++;
    this.bookkeeping?.write(place, this.slabAddress(place), object);
    this.log.push(poolFree, address, index, 0, 0);
    if (table.inUse[place] === 0) {
      lists.move(place, emptyList);
      if (lists.count(emptyList) > this.options.keep) this.giveBack(place);
    } else if (lists.listOf(place) === fullList) lists.move(place, partialList);
    return true;
  }

  /** All slabs become empty, the first in address order at the front; those beyond `keep` go back, the last first. */
  reset(): number {
    const { lists, table, counters } = this;
    const { used } = counters;
    counters.deallocations += used;
    counters.used = 0;
    this.log.push(poolReset, used, 0, 0, 0);
    for (let place = lists.places - 1; place >= 0; place--) {
      if (lists.listOf(place) === returnedList) continue;
      table.reset(place);
      this.bookkeeping?.writeAll(place, this.slabAddress(place));
      lists.move(place, emptyList);
    }
    for (let place = lists.places - 1; lists.count(emptyList) > this.options.keep; place--) {
      if (lists.listOf(place) === emptyList) this.giveBack(place);
    }
    return used;
  }

  /** Gives all empty slabs back; returns how many there were. */
  shrink(): number {
    const { lists } = this;
    const count = lists.count(emptyList);
    while (lists.head(emptyList) !== none) this.giveBack(lists.head(emptyList));
    return count;
  }

  stats(): SlabStats {
    const { lists, counters } = this;
    const { objectsPerSlab, slabBytes } = this.geometry;
    const slabs = this.slabCount();
    return {
      blockSize: this.options.blockSize,
      usedBlocks: counters.used,
      freeBlocks: slabs * objectsPerSlab - counters.used,
      peakUsed: counters.peakUsed,
      poolBytes: slabs * slabBytes,
      peakPoolBytes: counters.peakSlabs * slabBytes,
      allocations: counters.allocations,
      deallocations: counters.deallocations,
      slabs,
      fullSlabs: lists.count(fullList),
      partialSlabs: lists.count(partialList),
      emptySlabs: lists.count(emptyList),
      peakSlabs: counters.peakSlabs,
      objectsPerSlab,
    };
  }

  /** Whether the address of every block is a multiple of `align`. */
  isAligned(align: number): boolean {
    const { first, stride, slabBytes, colours, colourStep } = this.geometry;
    const steps = [this.base + first, stride, slabBytes, colours > 1 ? colourStep : 0];
    return steps.every((step) => step % align === 0);
  }

  blockAt(address: number): PoolBlock | undefined {
    const index = this.indexOf(address);
    return index === none ? undefined : this.block(index);
  }

  /** What lies at an address in the region that `blockAt` finds no block at. */
  gapAt(address: number): Gap | undefined {
    const place = this.placeOf(address);
    if (place === none || this.indexOf(address) !== none) return undefined;
    if (this.lists.listOf(place) === returnedList) return { kind: "returned", beside: null };
    const { bookkeeping, stride, objectsPerSlab } = this.geometry;
    if (address - this.slabAddress(place) < bookkeeping) return { kind: "bookkeeping", beside: null };
    const object = Math.floor((address - this.objectAddress(place, 0)) / stride);
    const isBehind = object >= 0 && object < objectsPerSlab;
    return { kind: "padding", beside: isBehind ? this.block(place * objectsPerSlab + object) : null };
  }

  /** Slabs that exist now, in address order. */
  *slabs(): IterableIterator<Slab> {
    const { lists, table } = this;
    for (let place = 0; place < lists.places; place++) {
      const list = lists.listOf(place);
      if (list === returnedList) continue;
      yield {
        index: place,
        address: this.slabAddress(place),
        state: slabLists[list] as SlabState,
        used: table.inUse[place],
        colour: table.colour[place],
        first: place * table.objectsPerSlab,
      };
    }
  }

  /** In address order, from the one that holds `from` (default: the first) or the next one after it. */
  *blocks(from?: number): IterableIterator<PoolBlock> {
    const { objectsPerSlab } = this.table;
    const start = from === undefined || from < this.base ? 0 : this.placeOf(from);
    if (start === none) return;
    for (let place = start; place < this.lists.places; place++) {
      if (this.lists.listOf(place) === returnedList) continue;
      for (let index = place * objectsPerSlab; index < (place + 1) * objectsPerSlab; index++) {
        const block = this.block(index);
        if (from === undefined || block.address + block.size > from) yield block;
      }
    }
  }

  /** Indices of free blocks in the order in which they are handed out. */
  *freeList(): IterableIterator<number> {
    const { table } = this;
    for (const list of [partialList, emptyList]) {
      for (const place of this.lists.walk(list)) {
        const first = place * table.objectsPerSlab;
        for (let object = table.firstFree[place]; object !== none; object = table.nextFree[first + object]) {
          yield first + object;
        }
      }
    }
  }

  /** Compares the bookkeeping bytes that touch the half-open range with the truth. */
  linkDamage(from: number, to: number): LinkDamage[] {
    const damage: LinkDamage[] = [];
    if (this.bookkeeping === null || to <= from) return damage;
    const { slabBytes } = this.geometry;
    const last = Math.min(this.lists.places - 1, Math.floor((to - 1 - this.base) / slabBytes));
    for (let place = Math.max(0, Math.floor((from - this.base) / slabBytes)); place <= last; place++) {
      if (this.lists.listOf(place) === returnedList) continue;
      for (const field of this.bookkeeping.damage(place, this.slabAddress(place), from, to)) damage.push(field);
    }
    return damage;
  }

  /** Compares the red zones of the used blocks that touch the half-open range with what they were filled with. */
  zoneDamage(): [] {
    return [];
  }

  /** Sentences, one for each broken invariant of the tables; damaged bytes break none. */
  checkInvariants(): string[] {
    return slabViolations(this.table, this.lists, this.stats(), this.options);
  }

  snapshot(): FixedSizeSnapshot {
    const snapshot: Snapshot = {
      kind: "slab",
      counters: { ...this.counters },
      lists: this.lists.snapshot(),
      table: this.table.snapshot(this.lists.places),
      bytes: this.bytes?.snapshot() ?? null,
    };
    return snapshot;
  }

  restore(snapshot: FixedSizeSnapshot): void {
    const saved = snapshot as Snapshot;
    this.counters = { ...saved.counters };
    this.lists.restore(saved.lists);
    this.table.restore(saved.table);
    if (saved.bytes !== null) this.bytes?.restore(saved.bytes);
  }

  /** A slab of free objects, on the list of empty ones; -1 when there may be no more. */
  private newSlab(): number {
    const { lists, table, counters, geometry } = this;
    let place = lists.head(returnedList);
    if (place === none && lists.places >= this.options.max) return none;
    if (place === none) place = lists.add(emptyList);
    else lists.move(place, emptyList);
    table.reset(place);
    const colour = (counters.created % geometry.colours) * geometry.colourStep;
    table.colour[place] = colour;
    counters.created++;
    counters.peakSlabs = Math.max(counters.peakSlabs, this.slabCount());
    const address = this.slabAddress(place);
    this.bytes?.forget(address, geometry.slabBytes);
    this.bookkeeping?.writeAll(place, address);
    this.log.push(slabCreate, address, place, colour, 0);
    return place;
  }

  private giveBack(place: number): void {
    this.lists.move(place, returnedList);
    this.log.push(slabReturn, this.slabAddress(place), place, 0, 0);
  }

  private slabCount(): number {
    return this.lists.places - this.lists.count(returnedList);
  }

  private slabAddress(place: number): Address {
    return asAddress(this.base + place * this.geometry.slabBytes);
  }

  private objectAddress(place: number, object: number): Address {
    const { first, stride } = this.geometry;
    return asAddress(this.slabAddress(place) + first + this.table.colour[place] + object * stride);
  }

  private addressOf(index: number): Address {
    const place = Math.floor(index / this.table.objectsPerSlab);
    return this.objectAddress(place, index - place * this.table.objectsPerSlab);
  }

  /** The place that contains the address, be its slab there or given back, or -1 outside the cache. */
  private placeOf(address: number): number {
    // The comparisons are written so that NaN counts as outside.
    if (!(address >= this.base && address < this.end)) return none;
    return Math.floor((address - this.base) / this.geometry.slabBytes);
  }

  /** The object that contains the address, or -1 between objects and where no slab is. */
  private indexOf(address: number): number {
    const place = this.placeOf(address);
    if (place === none || this.lists.listOf(place) === returnedList) return none;
    const { stride, objectsPerSlab } = this.geometry;
    const offset = address - this.objectAddress(place, 0);
    const object = Math.floor(offset / stride);
    if (object < 0 || object >= objectsPerSlab || offset - object * stride >= this.options.blockSize) return none;
    return place * objectsPerSlab + object;
  }

  private isFree(index: number): boolean {
    return this.table.owners[index] === none;
  }

  private block(index: number): PoolBlock {
    return {
      index,
      address: this.addressOf(index),
      size: this.options.blockSize,
      state: this.isFree(index) ? "free" : "used",
      owner: this.table.owners[index],
    };
  }
}

/** A slab cache for readers: nothing that changes it. */
export type SlabCacheReader = Omit<SlabCache, "allocate" | "free" | "reset" | "shrink" | "snapshot" | "restore">;
