import { asAddress, type Address } from "../address";
import { ByteStore } from "../bytes/ByteStore";
import type { ByteStoreContract, ByteStoreSnapshot } from "../bytes/contract";
import { EventLog, eventKindNumber } from "../events";
import { AddressMap, type AddressMapSnapshot } from "./AddressMap";
import { BlockTable, blockIsUsed, type BlockTableSnapshot } from "./BlockTable";
import { Coalescer } from "./Coalescer";
import type {
  AllocFailure,
  FreeFailure,
  HeaderDamage,
  HeapBlock,
  HeapContract,
  HeapMove,
  HeapSnapshot,
  HeapStats,
} from "./contract";
import { compactBlocks } from "./defragment";
import { FitSearch, leadFor } from "./fit";
import { FreeList, type FreeListSnapshot } from "./FreeList";
import { HeapGeometry, isValidAlign, isValidSize } from "./geometry";
import { HeaderBytes } from "./HeaderBytes";
import { brokenInvariants } from "./invariants";
import type { HeapOptions } from "./options";
import { OrderTree } from "./OrderTree";
import { Totals } from "./Totals";

const searchEvent = eventKindNumber("search");
const splitEvent = eventKindNumber("split");
const allocateEvent = eventKindNumber("allocate");
const freeEvent = eventKindNumber("free");
const resizeEvent = eventKindNumber("resize");
const moveEvent = eventKindNumber("move");
const growEvent = eventKindNumber("grow");

/** Values of the payload map that are no block ids. */
const unknown = -1;
const freedBefore = -2;

class SavedHeap implements HeapSnapshot {
  readonly kind = "heap";
  constructor(
    readonly table: BlockTableSnapshot,
    readonly list: FreeListSnapshot,
    readonly payloads: AddressMapSnapshot,
    readonly bytes: ByteStoreSnapshot | null,
    readonly totals: readonly number[],
    readonly failure: AllocFailure,
    readonly unmerged: boolean,
    readonly numbers: readonly [end: number, searched: number, lastSearched: number, roverAddress: number],
  ) {}
}

/**
 * A heap with an explicit free list, after Knuth (TAOCP vol. 1, 2.5), CS:APP chapter 9 and OSTEP chapter 17.
 *
 * The truth about blocks lives in a {@link BlockTable}; headers, links and footers are also written into the bytes,
 * where a script may damage them without misleading the engine. Searches answer as a walk of the list would, and say
 * how many elements that walk would have looked at, but cost O(log n).
 */
export class Heap implements HeapContract {
  readonly log: EventLog;
  readonly bytes: ByteStoreContract | null;
  readonly base: Address;
  lastSearched = 0;
  lastFailure: AllocFailure = "none";

  private readonly table = new BlockTable();
  private readonly list: FreeList;
  private readonly fit: FitSearch;
  private readonly geometry: HeapGeometry;
  private readonly coalescer: Coalescer;
  private readonly headers: HeaderBytes | null;
  /** Blocks by address; made when somebody first asks, kept up to date from then on. */
  private starts: OrderTree | null = null;
  /** Live payloads to their blocks, freed ones to `freedBefore` until they are handed out again. */
  private readonly payloads = new AddressMap();
  private readonly totals = new Totals();
  private heapEnd: number;

  constructor(
    readonly options: HeapOptions,
    log: EventLog = new EventLog(),
    bytes: ByteStoreContract | null = options.bytes ? new ByteStore() : null,
  ) {
    const { policy, order, coalesce, header, footer } = options;
    this.log = log;
    this.bytes = options.bytes ? bytes : null;
    this.base = asAddress(options.base);
    this.heapEnd = options.base + options.size;
    this.geometry = new HeapGeometry(options);
    this.list = new FreeList(this.table, order, coalesce, policy === "best-fit");
    this.fit = new FitSearch(this.table, this.list, policy, order, header);
    this.fit.roverAddress = options.base;
    this.coalescer = new Coalescer(this.table, this.list, this.fit, log, coalesce);
    this.headers = this.bytes && new HeaderBytes(this.bytes, this.table, this.list.order, header, footer);
    this.list.headers = this.headers;
    const { firstBlock } = this.geometry;
    const size = this.blocksEnd - firstBlock;
    if (size > 0) this.list.enter(this.table.insertAfter(-1, firstBlock, size));
  }

  private get blocksEnd(): number {
    return this.geometry.blocksEnd(this.heapEnd);
  }

  get end(): Address {
    return asAddress(this.heapEnd);
  }

  allocate(requested: number, owner: number, align = 1): number {
    if (!isValidSize(requested)) return this.refuse("invalid-size");
    if (!isValidAlign(align)) return this.refuse("invalid-align");
    const id = this.take(requested, owner, align);
    if (id < 0) return this.refuse("out-of-memory");
    this.lastFailure = "none";
    this.totals.countAllocation(requested);
    return this.table.payload[id];
  }

  whyNotFree(address: number): FreeFailure {
    const known = this.payloads.get(address, unknown);
    if (known >= 0) return { reason: "none" };
    const id = this.idAt(address);
    if (id >= 0 && this.table.state[id] === blockIsUsed) {
      const payload = this.table.payload[id];
      return { reason: "interior", payload: asAddress(payload), offset: address - payload };
    }
    if (known === freedBefore) return { reason: "double-free" };
    return address >= this.base && address < this.heapEnd ? { reason: "never-allocated" } : { reason: "outside" };
  }

  free(address: number): boolean {
    const id = this.payloads.get(address, unknown);
    if (id < 0) return false;
    this.totals.countDeallocation(this.table.requested[id]);
    this.release(id);
    return true;
  }

  reallocate(address: number, requested: number, owner: number): number {
    const id = this.payloads.get(address, unknown);
    if (!isValidSize(requested)) return this.refuse("invalid-size");
    this.lastFailure = "none";
    if (id < 0) return -1;
    const { table } = this;
    const before = table.requested[id];
    const padding = address - table.address[id] - this.options.header;
    const need = padding + this.geometry.blockSize(requested);
    if (need <= table.size[id]) this.shrink(id, need, requested);
    else if (!this.growIntoNext(id, need, requested)) {
      const moved = this.moveTo(id, requested, owner);
      if (moved < 0) return this.refuse("out-of-memory");
      this.totals.countResize(before, requested);
      return moved;
    }
    table.owner[id] = owner;
    this.totals.countResize(before, requested);
    return address;
  }

  coalesce(): number {
    return this.coalescer.mergeAll();
  }

  defragment(): HeapMove[] {
    const { table, list, payloads } = this;
    for (let id = table.first; id >= 0; id = table.next[id]!) {
      if (table.state[id] === blockIsUsed) payloads.delete(table.payload[id]);
    }
    list.clear();
    const moves = compactBlocks(table, this.geometry.firstBlock, this.blocksEnd, this.options, this.bytes);
    for (let id = table.first; id >= 0; id = table.next[id]!) {
      if (table.isFree(id)) continue;
      payloads.set(table.payload[id], id);
      this.headers?.writeAll(id);
    }
    if (table.isFree(table.last)) list.enter(table.last);
    this.fit.roverAddress = this.base;
    this.coalescer.unmerged = false;
    for (const move of moves) this.log.push(moveEvent, move.from, move.to, move.bytes, 0);
    return moves;
  }

  stats(): HeapStats {
    const { totals, list, table } = this;
    const heapBytes = this.heapEnd - this.base;
    const { freeBytes } = list;
    const largestFree = list.order.largestSize;
    const usedBlockBytes = this.blocksEnd - this.geometry.firstBlock - freeBytes;
    return {
      allocations: totals.allocations,
      deallocations: totals.deallocations,
      totalAllocated: totals.totalAllocated,
      totalFreed: totals.totalFreed,
      currentUsed: totals.currentUsed,
      peakUsed: totals.peakUsed,
      heapBytes,
      // A heap never gives memory back, so its size is its peak.
      peakHeapBytes: heapBytes,
      freeBytes,
      freeBlocks: list.length,
      usedBlocks: table.blocks - list.length,
      largestFree,
      utilization: heapBytes === 0 ? 0 : totals.peakUsed / heapBytes,
      externalFragmentation: freeBytes === 0 ? 0 : 1 - largestFree / freeBytes,
      internalFragmentation: usedBlockBytes === 0 ? 0 : 1 - totals.currentUsed / usedBlockBytes,
      searched: totals.searched,
    };
  }

  blockAt(address: number): HeapBlock | undefined {
    const id = this.idAt(address);
    return id < 0 ? undefined : this.view(id);
  }

  *blocks(from?: number): IterableIterator<HeapBlock> {
    for (let id = this.firstIdFrom(from ?? -Infinity); id >= 0; id = this.table.next[id]!) yield this.view(id);
  }

  *freeList(): IterableIterator<HeapBlock> {
    const { order } = this.list;
    for (let id = order.head; id >= 0; id = order.after[id]!) yield this.view(id);
  }

  headerDamage(from: number, to: number): HeaderDamage[] {
    const damage: HeaderDamage[] = [];
    const { headers, table } = this;
    if (!headers) return damage;
    for (let id = this.firstIdFrom(from); id >= 0 && table.address[id] < to; id = table.next[id]!) {
      headers.collectDamage(id, this.view(id), damage);
    }
    return damage;
  }

  checkInvariants(): string[] {
    return brokenInvariants({
      table: this.table,
      list: this.list,
      starts: this.starts,
      geometry: this.geometry,
      options: this.options,
      end: this.blocksEnd,
      currentUsed: this.totals.currentUsed,
      idOfPayload: (payload) => this.payloads.get(payload, unknown),
    });
  }

  snapshot(): HeapSnapshot {
    return new SavedHeap(
      this.table.save(),
      this.list.save(),
      this.payloads.save(),
      this.bytes?.snapshot() ?? null,
      this.totals.save(),
      this.lastFailure,
      this.coalescer.unmerged,
      [this.heapEnd, this.fit.searched, this.lastSearched, this.fit.roverAddress],
    );
  }

  restore(snapshot: HeapSnapshot): void {
    if (!(snapshot instanceof SavedHeap)) throw new TypeError("This snapshot was not made by a Heap.");
    this.table.load(snapshot.table);
    this.list.load(snapshot.list);
    this.payloads.load(snapshot.payloads);
    if (snapshot.bytes) this.bytes?.restore(snapshot.bytes);
    this.totals.load(snapshot.totals);
    this.lastFailure = snapshot.failure;
    this.coalescer.unmerged = snapshot.unmerged;
    [this.heapEnd, this.fit.searched, this.lastSearched, this.fit.roverAddress] = snapshot.numbers;
    // Cheaper to make again, if anybody asks, than to keep in every snapshot.
    this.starts = this.table.index = null;
  }

  private refuse(failure: AllocFailure): -1 {
    this.lastFailure = failure;
    return -1;
  }

  /** Finds, carves and marks a block; counts nothing but the search. Returns its id or -1. */
  private take(requested: number, owner: number, align: number): number {
    const need = this.geometry.blockSize(requested);
    let found = this.search(need, align);
    if (found < 0 && this.options.coalesce === "deferred" && this.coalescer.unmerged) {
      if (this.coalescer.mergeAll() > 0) found = this.search(need, align);
    }
    if (found < 0 && this.extend(need, align)) found = this.search(need, align);
    if (found < 0) return -1;
    const id = this.carve(found, need, align);
    const { table } = this;
    const start = table.address[id] + this.options.header;
    const payload = start + (align === 1 ? 0 : leadFor(start, 0, align));
    table.markUsed(id, payload, requested, owner, align);
    this.payloads.set(payload, id);
    this.bytes?.forget(payload, table.end(id) - this.options.footer - payload);
    this.headers?.writeAll(id);
    this.log.push(allocateEvent, table.address[id], table.size[id], payload, requested);
    return id;
  }

  private search(need: number, align: number): number {
    const found = this.fit.find(need, align);
    this.lastSearched = this.fit.searched;
    this.totals.searched += this.fit.searched;
    this.log.push(searchEvent, this.fit.searched, found < 0 ? -1 : this.table.address[found], need, 0);
    return found;
  }

  /** Extends the heap as sbrk does by a multiple of `grow` that serves the request, if `max` allows it. */
  private extend(need: number, align: number): boolean {
    const { grow, max, coalesce, header } = this.options;
    if (grow <= 0) return false;
    const { table, geometry, heapEnd: oldEnd } = this;
    const begins = this.blocksEnd;
    const start = coalesce === "immediate" && table.isFree(table.last) ? table.address[table.last] : begins;
    const wanted = begins + leadFor(begins, header, align) + need - oldEnd;
    const newEnd = Math.min(oldEnd + Math.ceil(wanted / grow) * grow, this.base + max);
    const gained = geometry.blocksEnd(newEnd) - begins;
    if (gained <= 0 || begins + gained - start < need + leadFor(start, header, align)) return false;
    this.heapEnd = newEnd;
    this.log.push(growEvent, oldEnd, newEnd, 0, 0);
    this.coalescer.enterGrown(table.insertAfter(table.last, begins, gained));
    return true;
  }

  /**
   * Cuts the wanted block from the low end of a free one and returns its id. The remainder, if it is large enough to be
   * a block, keeps the list place; so does a gap left in front for the sake of alignment.
   */
  private carve(found: number, need: number, align: number): number {
    const { table, list, geometry } = this;
    const start = table.address[found];
    const lead = align === 1 ? 0 : leadFor(start, this.options.header, align);
    const gap = lead >= geometry.min ? lead : 0;
    let size = lead - gap + need;
    let rest = table.size[found] - gap - size;
    if (rest < geometry.min) {
      size += rest;
      rest = 0;
    }
    const address = start + gap;
    if (gap > 0) return this.carveBehindGap(found, address, size, rest);
    if (rest === 0) {
      this.fit.settle(address, found);
      list.leave(found);
      return found;
    }
    const id = table.insertBefore(found, address, size, address + size);
    list.resize(found, address + size, rest);
    this.fit.settle(address, found);
    this.log.push(splitEvent, address, size, address + size, rest);
    return id;
  }

  private carveBehindGap(found: number, address: number, size: number, rest: number): number {
    const { table, list } = this;
    const start = table.address[found];
    list.resize(found, start, address - start);
    this.log.push(splitEvent, address, size, start, address - start);
    const id = table.insertAfter(found, address, size);
    if (rest > 0) {
      const remainder = table.insertAfter(id, address + size, rest);
      list.enterAfter(found, remainder);
      this.log.push(splitEvent, address, size, address + size, rest);
    }
    this.fit.settle(address, list.order.after[found]);
    return id;
  }

  private release(id: number): void {
    const { table } = this;
    const payload = table.payload[id];
    this.payloads.set(payload, freedBefore);
    this.log.push(freeEvent, table.address[id], table.size[id], payload, table.requested[id]);
    table.markFree(id);
    this.coalescer.enter(id);
  }

  /** Resizes within the block; a remainder that is large enough to be a block is freed. */
  private shrink(id: number, need: number, requested: number): void {
    const rest = this.table.size[id] - need;
    if (rest < this.geometry.min) {
      this.resizeTo(id, this.table.size[id], requested);
      return;
    }
    this.resizeTo(id, need, requested);
    this.coalescer.enter(this.table.insertAfter(id, this.table.end(id), rest));
  }

  private growIntoNext(id: number, need: number, requested: number): boolean {
    const { table, list } = this;
    const next = table.next[id];
    if (!table.isFree(next)) return false;
    const both = table.size[id] + table.size[next];
    if (both < need) return false;
    const rest = both - need;
    if (rest >= this.geometry.min) {
      list.resize(next, table.address[id] + need, rest);
      this.resizeTo(id, need, requested);
    } else {
      list.leave(next);
      table.remove(next);
      this.resizeTo(id, both, requested);
    }
    return true;
  }

  private resizeTo(id: number, size: number, requested: number): void {
    const { table, bytes } = this;
    const oldRequested = table.requested[id];
    const oldSize = table.size[id];
    table.size[id] = size;
    table.requested[id] = requested;
    if (bytes && requested > oldRequested) {
      bytes.forget(table.payload[id] + oldRequested, requested - oldRequested);
    }
    if (size !== oldSize) this.headers?.writeSize(id);
    this.log.push(resizeEvent, table.address[id], size, oldSize, requested);
  }

  private moveTo(id: number, requested: number, owner: number): number {
    const { table } = this;
    const from = table.payload[id];
    const copied = Math.min(table.requested[id], requested);
    const target = this.take(requested, owner, 1);
    if (target < 0) return -1;
    const to = table.payload[target];
    this.bytes?.copy(to, from, copied);
    this.log.push(moveEvent, from, to, copied, 0);
    this.release(id);
    return to;
  }

  private idAt(address: number): number {
    if (!(address >= this.geometry.firstBlock && address < this.blocksEnd)) return -1;
    return this.startIndex().lastNotAfter(address);
  }

  /** The block that contains the address, the first one for addresses before it, -1 past the end. */
  private firstIdFrom(address: number): number {
    return address < this.geometry.firstBlock ? this.table.first : this.idAt(address);
  }

  private startIndex(): OrderTree {
    if (!this.starts) {
      this.starts = new OrderTree(this.table, "address");
      for (let id = this.table.first; id >= 0; id = this.table.next[id]!) this.starts.insert(id);
      this.table.index = this.starts;
    }
    return this.starts;
  }

  private view(id: number): HeapBlock {
    const { table } = this;
    const used = table.state[id] === blockIsUsed;
    const address = table.address[id];
    return {
      address: asAddress(address),
      size: table.size[id],
      payload: asAddress(used ? table.payload[id] : Math.min(address + this.options.header, table.end(id))),
      requested: table.requested[id],
      state: used ? "used" : "free",
      owner: table.owner[id],
    };
  }
}
