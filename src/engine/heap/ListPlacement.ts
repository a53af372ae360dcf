import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { Bins } from "./Bins";
import type { BlockTable } from "./BlockTable";
import { Coalescer } from "./Coalescer";
import type { HeapStructure } from "./contract";
import { compactBlocks, type CompactionMove } from "./defragment";
import { FitSearch, leadFor } from "./fit";
import { FreeList, type FreeListSnapshot } from "./FreeList";
import type { HeapGeometry } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import { checkFreeList, checkMerged } from "./invariants";
import type { CoalesceMode, FitPolicy, HeapOptions } from "./options";
import type { Demand, Placement } from "./Placement";

const splitEvent = eventKindNumber("split");

export interface SavedList {
  readonly list: FreeListSnapshot;
  readonly unmerged: boolean;
  readonly searched: number;
  readonly roverAddress: number;
}

/**
 * One explicit free list, after Knuth (TAOCP vol. 1, 2.5), CS:APP chapter 9 and OSTEP chapter 17. Searches answer as a
 * walk of the list would, and say how many elements that walk would have looked at, but cost O(log n).
 */
export class ListPlacement implements Placement {
  readonly list: FreeList;
  private readonly fit: FitSearch;
  private readonly coalescer: Coalescer;

  constructor(
    private readonly table: BlockTable,
    private readonly geometry: HeapGeometry,
    private readonly options: HeapOptions,
    private readonly log: EventLog,
    policy: FitPolicy,
    private readonly mode: CoalesceMode = options.coalesce,
    private readonly apart: Bins | null = null,
  ) {
    const { order, header, base } = options;
    this.list = new FreeList(table, order, mode, policy === "best-fit" ? geometry.payloadGranule : null, apart);
    this.fit = new FitSearch(table, this.list, policy, order, header);
    this.fit.roverAddress = base;
    this.coalescer = new Coalescer(table, this.list, this.fit, log, mode, apart);
  }

  get searched(): number {
    return this.fit.searched;
  }

  get length(): number {
    return this.list.length;
  }

  get freeBytes(): number {
    return this.list.freeBytes;
  }

  get largestSize(): number {
    return this.list.largestSize;
  }

  before(id: number): number {
    return this.list.order.before[id];
  }

  after(id: number): number {
    return this.list.order.after[id];
  }

  useHeaders(headers: HeaderBytes): void {
    this.list.headers = headers;
  }

  find(need: number, align: number): number {
    return this.fit.find(need, align);
  }

  relieve(): boolean {
    return this.mode === "deferred" && this.coalescer.unmerged && this.coalescer.mergeAll() > 0;
  }

  release(id: number): void {
    this.coalescer.enter(id);
  }

  growthEnd(begins: number, need: number, align: number): number {
    return this.servingEnd(begins, need, align);
  }

  growthEndFor(id: number, need: number): number {
    const { table } = this;
    const isAtEnd = id === table.last || (table.next(id) === table.last && this.mergesGrowth(table.last));
    return isAtEnd ? table.address(id) + need : -1;
  }

  servingEnd(start: number, need: number, align: number): number {
    return start + leadFor(start, this.options.header, align) + need;
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    const { last } = this.table;
    const start = this.mergesGrowth(last) ? this.table.address(last) : begins;
    return end - start >= need + leadFor(start, this.options.header, align);
  }

  grow(begins: number, end: number): void {
    this.fit.isGrowth = this.table.last >= 0;
    this.coalescer.enterGrown(this.table.insertAfter(this.table.last, begins, end - begins));
  }

  keptSize(id: number, need: number): number {
    const size = this.table.size(id);
    return size - need < this.geometry.min ? size : need;
  }

  freeTail(id: number, rest: number): void {
    this.coalescer.enter(this.table.insertAfter(id, this.table.end(id), rest));
  }

  extendUsed(id: number, need: number): number {
    const { table, list } = this;
    const next = table.next(id);
    if (!table.isFree(next)) return 0;
    const both = table.size(id) + table.size(next);
    if (both < need) return 0;
    // What the heap may have gained is served without a search, but not to a new block.
    this.fit.isGrowth = false;
    const rest = both - need;
    if (rest >= this.geometry.min) {
      list.resize(next, table.address(id) + need, rest);
      return need;
    }
    list.leave(next);
    table.remove(next);
    return both;
  }

  mergeAll(): number {
    return this.coalescer.mergeAll();
  }

  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table, list } = this;
    list.clear();
    const moves = compactBlocks(table, start, end, this.options, bytes);
    if (table.isFree(table.last)) list.enter(table.last);
    this.fit.roverAddress = this.options.base;
    this.coalescer.unmerged = false;
    return moves;
  }

  /**
   * Cuts the wanted block from the low end of a free one and returns its id. The remainder, if it is large enough to be
   * a block, keeps the list place; so does a gap left in front for the sake of alignment.
   */
  carve(found: number, need: number, align: number): number {
    const { table, list, geometry } = this;
    const start = table.address(found);
    const lead = align === 1 ? 0 : leadFor(start, this.options.header, align);
    const gap = lead >= geometry.min ? lead : 0;
    let size = lead - gap + need;
    let rest = table.size(found) - gap - size;
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

  nextFree(id: number): number {
    const { order } = this.list;
    return id < 0 ? order.head : order.after[id];
  }

  check(demand: Demand): void {
    checkFreeList(this.table, this.list, this.options, this.apart?.length ?? 0, demand);
    if (this.mode === "immediate") checkMerged(this.table, (id) => this.apart?.holds(id) !== true, demand);
  }

  structure(): HeapStructure {
    return { kind: "list", order: this.options.order };
  }

  save(): SavedList {
    const { fit, coalescer } = this;
    const { searched, roverAddress } = fit;
    return { list: this.list.save(), unmerged: coalescer.unmerged, searched, roverAddress };
  }

  load(saved: SavedList): void {
    this.list.load(saved.list);
    this.coalescer.unmerged = saved.unmerged;
    this.fit.searched = saved.searched;
    this.fit.roverAddress = saved.roverAddress;
  }

  /** Whether what the heap gains becomes part of this block, its last one. */
  private mergesGrowth(last: number): boolean {
    return this.mode === "immediate" && this.table.isFree(last) && this.apart?.holds(last) !== true;
  }

  private carveBehindGap(found: number, address: number, size: number, rest: number): number {
    const { table, list } = this;
    const start = table.address(found);
    list.resize(found, start, address - start);
    this.log.push(splitEvent, address, size, start, address - start);
    const id = table.insertAfter(found, address, size);
    if (rest > 0) {
      const remainder = table.insertAfter(id, address + size, rest);
      list.enterAfter(found, remainder);
      this.log.push(splitEvent, address, size, address + size, rest);
    }
    this.fit.settleAfter(address, found);
    return id;
  }
}
