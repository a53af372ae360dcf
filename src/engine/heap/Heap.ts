import { asAddress, type Address } from "../address";
import { ByteStore } from "../bytes/ByteStore";
import type { ByteStoreContract } from "../bytes/contract";
import { EventLog, eventKindNumber } from "../events";
import { BlockCursor } from "./BlockCursor";
import { BlockTable, blockIsUsed } from "./BlockTable";
import type { GuardDamage, HeaderDamage, HeapBlock, HeapMove } from "./blocks";
import type { AllocFailure, FreeFailure, HeapBlocks, HeapStats, Shortage } from "./contract";
import { HeapGeometry, isValidAlign, isValidSize, leadFor } from "./geometry";
import { GuardBytes } from "./GuardBytes";
import { HeaderBytes } from "./HeaderBytes";
import { HeapExtent } from "./HeapExtent";
import { brokenInvariants } from "./invariants";
import { effectiveOptions, layoutOptions, type HeapOptions } from "./options";
import { OrderTree } from "./OrderTree";
import { createPayloadMap, type PayloadMap } from "./PayloadMap";
import type { Placement } from "./Placement";
import { policies } from "./policies";
import { Quarantine } from "./Quarantine";
import { Resizer } from "./Resizer";
import { shortageOf } from "./shortage";
import type { HeapStructure } from "./structure";
import { Totals } from "./Totals";

const searchEvent = eventKindNumber("search");
const allocateEvent = eventKindNumber("allocate");
const freeEvent = eventKindNumber("free");
const moveEvent = eventKindNumber("move");
const resetEvent = eventKindNumber("reset");

/** Walks through the blocks that together take about as long as to make an index of them. */
const mostWalks = 16;

/** What the payload map says of an address that was never handed out. */
const unknown = -1;

/** The state of a heap, which the heap it was taken of can go back to. */
export type HeapSnapshot = ReturnType<Heap["snapshot"]>;

/**
 * A heap whose {@link Placement} decides which free block serves a request, how it is cut and what is merged.
 *
 * The truth about blocks lives in a {@link BlockTable}; headers, links and footers are also written into the bytes,
 * where a script may damage them without misleading the engine. Payload addresses identify blocks. Results that are
 * numbers are -1 when refused, with the reason in `lastFailure`; nothing throws for a caller's mistake.
 */
export class Heap {
  readonly options: HeapOptions;
  readonly log: EventLog;
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  /**
   * Of the last allocation: the list position found by first and next fit, the whole list's length for best and worst
   * fit. Where the search failed and free blocks were merged for a second one, the sum of both.
   */
  lastSearched = 0;
  lastFailure: AllocFailure = "none";

  private readonly table = new BlockTable();
  private readonly geometry: HeapGeometry;
  private readonly placement: Placement;
  private readonly headers: HeaderBytes | null;
  private readonly guards: GuardBytes | null;
  private readonly quarantine: Quarantine | null;
  private readonly extent: HeapExtent;
  private readonly resizer: Resizer;
  /** Whether memory is given back. */
  private readonly trims: boolean;
  /** Bytes from a block's start to its payload, and from the payload's room to the block's end. */
  private readonly front: number;
  private readonly back: number;
  /** Blocks by address; made when somebody has asked for some, kept up to date from then on. */
  private starts: OrderTree | null = null;
  /** Blocks that were looked for without it. */
  private walks = 0;
  /** Every address ever handed out, with the id that its block had then: see {@link Heap.liveAt}. */
  private readonly payloads: PayloadMap;
  private readonly totals = new Totals();

  constructor(
    options: HeapOptions,
    log: EventLog = new EventLog(),
    bytes: ByteStoreContract | null = options.bytes ? new ByteStore() : null,
  ) {
    this.options = effectiveOptions(options);
    const { header, footer, redzone, fresh, freed, quarantine } = this.options;
    const layout = layoutOptions(this.options);
    this.front = layout.header;
    this.back = layout.footer;
    this.log = log;
    this.bytes = options.bytes ? bytes : null;
    this.base = asAddress(options.base);
    const policy = policies[options.policy];
    this.geometry = new HeapGeometry(layout, policy.powersOfTwo);
    this.payloads = createPayloadMap(this.geometry);
    const placement = policy.create({ table: this.table, geometry: this.geometry, options: layout, log });
    this.placement = placement;
    this.headers = this.bytes && new HeaderBytes(this.bytes, this.table, placement, header, footer);
    if (this.headers) placement.useHeaders(this.headers);
    const guarded = redzone > 0 || fresh !== null || freed !== null;
    this.guards = this.bytes && guarded ? new GuardBytes(this.bytes, this.table, this.options) : null;
    this.quarantine = quarantine > 0 ? new Quarantine(this.table, quarantine, log) : null;
    this.extent = new HeapExtent(this.options, this.geometry, this.table, placement, this.bytes, log);
    this.trims = this.options.trim !== null;
    this.resizer = new Resizer(this.table, placement, this.extent, this.bytes, this.headers, this.guards, log);
    const { firstBlock } = this.geometry;
    const end = this.blocksEnd;
    if (end > firstBlock) placement.grow(firstBlock, end);
    this.totals.noteFree(placement.freeBytes);
  }

  private get blocksEnd(): number {
    return this.extent.blocksEnd;
  }

  /** One past the last byte now. */
  get end(): Address {
    return asAddress(this.extent.end);
  }

  /** Returns the payload address or -1. `align` (power of two) asks for a payload address beyond the heap's own. */
  allocate(requested: number, owner: number, align = 1): number {
    if (!isValidSize(requested)) return this.refuse("invalid-size");
    if (!isValidAlign(align)) return this.refuse("invalid-align");
    const id = this.take(requested, owner, align);
    if (id < 0) return this.refuse("out-of-memory");
    this.lastFailure = "none";
    this.totals.countAllocation(requested);
    this.totals.noteFree(this.placement.freeBytes);
    return this.table.payload(id);
  }

  /** Whether free would be refused, and why. Changes nothing. */
  whyNotFree(address: number): FreeFailure {
    if (this.liveAt(address) >= 0) return { reason: "none" };
    const id = this.idAt(address);
    if (id >= 0 && this.table.state(id) === blockIsUsed) {
      const payload = this.table.payload(id);
      return { reason: "interior", payload: asAddress(payload), offset: address - payload };
    }
    if (this.payloads.get(address, unknown) !== unknown) return { reason: "double-free" };
    return address >= this.base && address < this.extent.end ? { reason: "never-allocated" } : { reason: "outside" };
  }

  /** Frees and returns true, or changes nothing and returns false. */
  free(address: number): boolean {
    const id = this.liveAt(address);
    if (id < 0) return false;
    this.totals.countDeallocation(this.table.requested(id));
    this.release(id);
    if (this.trims) this.extent.trim();
    return true;
  }

  /**
   * Shrinks or grows in place where it can (the next block is free, or the block is at the end of a heap that grows)
   * unless the heap always moves (options.realloc), else allocates, copies and frees. Returns the payload address or -1 (then the old block stays as it was). `owner` marks the resulting block.
   */
  reallocate(address: number, requested: number, owner: number): number {
    const id = this.liveAt(address);
    if (!isValidSize(requested)) return this.refuse("invalid-size");
    this.lastFailure = "none";
    if (id < 0) return -1;
    const { table } = this;
    const before = table.requested(id);
    const padding = address - table.address(id) - this.front;
    const need = padding + this.geometry.blockSize(requested);
    const stays = this.options.realloc === "in-place";
    if (!stays || !this.resizer.resize(id, need, requested)) {
      const moved = this.moveTo(id, requested, owner);
      if (moved < 0) return this.refuse("out-of-memory");
      this.totals.countResize(before, requested);
      if (this.trims) this.extent.trim();
      return moved;
    }
    table.setOwner(id, owner);
    this.totals.countResize(before, requested);
    this.totals.noteFree(this.placement.freeBytes);
    if (this.trims) this.extent.trim();
    return address;
  }

  /** Marks the used block at a payload address with another owner. */
  setOwner(address: number, owner: number): void {
    const id = this.liveAt(address);
    if (id >= 0) this.table.setOwner(id, owner);
  }

  /** Why a request that was refused for want of memory cannot be served. O(n). */
  shortage(requested: number, align = 1): Shortage {
    const { table, placement, geometry, blocksEnd: end } = this;
    const view = (id: number): HeapBlock => this.view(id);
    return shortageOf({ table, placement, geometry, end, view }, requested, align);
  }

  /** Frees every block and merges everything, as a heap begins; returns how many blocks were in use. */
  reset(): number {
    const { table, totals } = this;
    this.emptyQuarantine();
    let used = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (table.state(id) !== blockIsUsed) continue;
      totals.countDeallocation(table.requested(id));
      this.guards?.freed(id);
      table.markFree(id);
      used++;
    }
    // With nothing in use, compaction leaves the heap as it begins.
    this.placement.compact(this.geometry.firstBlock, this.blocksEnd, null);
    this.log.push(resetEvent, used, this.geometry.firstBlock, 0, 0);
    if (this.trims) this.extent.trim();
    return used;
  }

  /** Merges all neighbouring free blocks; returns how many merges there were. */
  coalesce(): number {
    const merges = this.placement.mergeAll();
    if (this.trims) this.extent.trim();
    return merges;
  }

  /**
   * Empties the quarantine, slides every used block towards the base and leaves one free block at the end; returns the
   * moves in address order.
   */
  defragment(): HeapMove[] {
    const { table, placement, payloads } = this;
    this.emptyQuarantine();
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (table.state(id) === blockIsUsed) payloads.delete(table.payload(id));
    }
    const moves = placement.compact(this.geometry.firstBlock, this.blocksEnd, this.bytes);
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (table.isFree(id)) continue;
      payloads.set(table.payload(id), id);
      this.headers?.writeAll(id);
      this.guards?.paintZones(id);
    }
    for (const move of moves) this.log.push(moveEvent, move.from, move.to, move.bytes, 0);
    if (this.trims) this.extent.trim();
    return moves;
  }

  stats(): HeapStats {
    const { totals, placement, table } = this;
    const heapBytes = this.extent.end - this.base;
    const peakHeapBytes = this.extent.highestEnd - this.base;
    const { freeBytes } = placement;
    const largestFree = placement.largestSize;
    const quarantinedBytes = this.quarantine?.bytes ?? 0;
    const quarantinedBlocks = this.quarantine?.length ?? 0;
    const usedBlockBytes = this.blocksEnd - this.geometry.firstBlock - freeBytes - quarantinedBytes;
    return {
      allocations: totals.allocations,
      deallocations: totals.deallocations,
      totalAllocated: totals.totalAllocated,
      totalFreed: totals.totalFreed,
      currentUsed: totals.currentUsed,
      peakUsed: totals.peakUsed,
      heapBytes,
      peakHeapBytes,
      freeBytes,
      freeBlocks: placement.length,
      leastFree: totals.leastFree,
      usedBlocks: table.blocks - placement.length - quarantinedBlocks,
      quarantinedBytes,
      quarantinedBlocks,
      largestFree,
      utilization: peakHeapBytes === 0 ? 0 : totals.peakUsed / peakHeapBytes,
      externalFragmentation: freeBytes === 0 ? 0 : 1 - largestFree / freeBytes,
      internalFragmentation: usedBlockBytes === 0 ? 0 : 1 - totals.currentUsed / usedBlockBytes,
      searched: totals.searched,
    };
  }

  /** The block that contains the address, or undefined outside the heap. O(log n). */
  blockAt(address: number): HeapBlock | undefined {
    const id = this.idAt(address);
    return id < 0 ? undefined : this.view(id);
  }

  /** Blocks in address order, from the one that contains `from` (default: the first). */
  *blocks(from?: number): IterableIterator<HeapBlock> {
    for (let id = this.firstIdFrom(from ?? -Infinity); id >= 0; id = this.table.next(id)) yield this.view(id);
  }

  /** The same from the first block on, for who looks at very many. */
  walkBlocks(): HeapBlocks {
    return new BlockCursor(this.table, this.table.first, (id) => this.view(id));
  }

  /** Free blocks in list order. */
  *freeList(): IterableIterator<HeapBlock> {
    const { placement } = this;
    for (let id = placement.nextFree(-1); id >= 0; id = placement.nextFree(id)) yield this.view(id);
  }

  /** Compares the header and footer bytes of every block that touches the half-open range with the truth. */
  headerDamage(from: number, to: number): HeaderDamage[] {
    const damage: HeaderDamage[] = [];
    const { headers, table } = this;
    if (!headers) return damage;
    for (let id = this.firstIdFrom(from); id >= 0 && table.address(id) < to; id = table.next(id)) {
      headers.collectDamage(id, this.view(id), damage);
    }
    return damage;
  }

  /** Compares the guard bytes of every block that touches the half-open range with their patterns. */
  guardDamage(from: number, to: number): GuardDamage[] {
    const damage: GuardDamage[] = [];
    const { guards, table } = this;
    if (!guards) return damage;
    for (let id = this.firstIdFrom(from); id >= 0 && table.address(id) < to; id = table.next(id)) {
      if (!table.isFree(id)) guards.collectDamage(id, this.view(id), damage);
    }
    return damage;
  }

  /** Sentences, one for each broken invariant; empty when all hold. */
  checkInvariants(): string[] {
    return brokenInvariants({
      table: this.table,
      placement: this.placement,
      quarantine: this.quarantine,
      starts: this.starts,
      geometry: this.geometry,
      options: layoutOptions(this.options),
      end: this.blocksEnd,
      currentUsed: this.totals.currentUsed,
      idOfPayload: (payload) => this.liveAt(payload),
    });
  }

  /** How the policy keeps its free blocks. */
  structure(): HeapStructure {
    return this.placement.structure();
  }

  snapshot() {
    return {
      kind: "heap" as const,
      table: this.table.save(),
      placement: this.placement.save(),
      payloads: this.payloads.save(),
      bytes: this.bytes?.snapshot() ?? null,
      quarantine: this.quarantine?.save() ?? null,
      totals: this.totals.save(),
      failure: this.lastFailure,
      numbers: [this.extent.end, this.extent.highestEnd, this.lastSearched] as const,
    };
  }

  restore(saved: HeapSnapshot): void {
    this.table.load(saved.table);
    this.placement.load(saved.placement);
    this.payloads.load(saved.payloads);
    if (saved.bytes) this.bytes?.restore(saved.bytes);
    if (saved.quarantine) this.quarantine?.load(saved.quarantine);
    this.totals.load(saved.totals);
    this.lastFailure = saved.failure;
    [this.extent.end, this.extent.highestEnd, this.lastSearched] = saved.numbers;
    // The index is cheaper to make again on demand than to keep in every snapshot.
    this.starts = this.table.index = null;
    this.walks = 0;
  }

  /** The used block whose payload begins at the address, or -1. A block freed since, or its id, may serve another one now. */
  private liveAt(address: number): number {
    const id = this.payloads.get(address, unknown);
    const { table } = this;
    return id >= 0 && table.state(id) === blockIsUsed && table.payload(id) === address ? id : -1;
  }

  private refuse(failure: AllocFailure): -1 {
    this.lastFailure = failure;
    return -1;
  }

  /** Finds, carves and marks a block; counts nothing but the search. Returns its id or -1. */
  private take(requested: number, owner: number, align: number): number {
    const need = this.geometry.blockSize(requested);
    let found = this.search(need, align);
    if (found < 0 && this.placement.relieve()) {
      const failed = this.lastSearched;
      found = this.search(need, align);
      this.lastSearched += failed;
    }
    if (found < 0 && this.extent.serve(need, align)) found = this.search(need, align);
    if (found < 0) return -1;
    const id = this.placement.carve(found, need, align);
    const { table } = this;
    const start = table.address(id) + this.front;
    const payload = start + (align === 1 ? 0 : leadFor(start, 0, align));
    table.markUsed(id, payload, requested, owner, align);
    this.payloads.set(payload, id);
    this.bytes?.forget(payload, table.end(id) - this.back - payload);
    this.guards?.allocated(id);
    this.headers?.writeAll(id);
    this.log.push(allocateEvent, table.address(id), table.size(id), payload, requested);
    return id;
  }

  private search(need: number, align: number): number {
    const { placement } = this;
    const found = placement.find(need, align);
    const { searched } = placement;
    this.lastSearched = searched;
    this.totals.searched += searched;
    this.log.push(searchEvent, searched, found < 0 ? -1 : this.table.address(found), need, 0);
    return found;
  }

  private release(id: number): void {
    const { table } = this;
    const payload = table.payload(id);
    this.log.push(freeEvent, table.address(id), table.size(id), payload, table.requested(id));
    this.guards?.freed(id);
    if (this.quarantine) this.detain(id, this.quarantine);
    else this.enterFree(id);
  }

  /** Puts a freed block into quarantine, which lets out what it has no room for. */
  private detain(id: number, quarantine: Quarantine): void {
    this.table.markQuarantined(id);
    this.headers?.writeAll(id);
    quarantine.enter(id);
    while (quarantine.isOver) this.enterFree(quarantine.leave());
  }

  private emptyQuarantine(): void {
    const { quarantine } = this;
    for (let id = quarantine?.leave() ?? -1; id >= 0; id = quarantine?.leave() ?? -1) this.enterFree(id);
  }

  private enterFree(id: number): void {
    this.table.markFree(id);
    this.placement.release(id);
  }

  private moveTo(id: number, requested: number, owner: number): number {
    const { table } = this;
    const from = table.payload(id);
    const copied = Math.min(table.requested(id), requested);
    const target = this.take(requested, owner, 1);
    if (target < 0) return -1;
    this.totals.noteFree(this.placement.freeBytes);
    const to = table.payload(target);
    this.bytes?.copy(to, from, copied);
    this.log.push(moveEvent, from, to, copied, 0);
    this.release(id);
    return to;
  }

  private idAt(address: number): number {
    if (!(address >= this.geometry.firstBlock && address < this.blocksEnd)) return -1;
    const id = this.liveAt(address);
    if (id >= 0) return id;
    if (this.starts === null && this.walks++ < mostWalks) return this.walkTo(address);
    return this.startIndex().lastNotAfter(address);
  }

  /** The block that contains an address of the heap, without an index. */
  private walkTo(address: number): number {
    const { table } = this;
    let id = table.first;
    for (let next = table.next(id); next >= 0 && table.address(next) <= address; next = table.next(next)) id = next;
    return id;
  }

  /** The block that contains the address, the first one for addresses before it, -1 past the end. */
  private firstIdFrom(address: number): number {
    return address < this.geometry.firstBlock ? this.table.first : this.idAt(address);
  }

  private startIndex(): OrderTree {
    if (!this.starts) {
      this.starts = new OrderTree(this.table, "address");
      for (let id = this.table.first; id >= 0; id = this.table.next(id)) this.starts.insert(id);
      this.table.index = this.starts;
    }
    return this.starts;
  }

  private view(id: number): HeapBlock {
    const { table } = this;
    const free = table.isFree(id);
    const address = table.address(id);
    return {
      address: asAddress(address),
      size: table.size(id),
      payload: asAddress(free ? Math.min(address + this.options.header, table.end(id)) : table.payload(id)),
      requested: free ? 0 : table.requested(id),
      state: free ? "free" : table.isQuarantined(id) ? "quarantined" : "used",
      owner: free ? -1 : table.owner(id),
    };
  }
}
