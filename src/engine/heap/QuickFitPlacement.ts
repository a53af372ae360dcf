import type { ByteStoreContract } from "../bytes/contract";
import type { EventLog } from "../events";
import { Bins, type BinsSnapshot } from "./Bins";
import { checkBins } from "./binInvariants";
import type { BlockTable } from "./BlockTable";
import type { HeapBin, HeapStructure } from "./contract";
import type { CompactionMove } from "./defragment";
import type { HeapGeometry } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import { ListPlacement, type SavedList } from "./ListPlacement";
import type { HeapOptions } from "./options";
import type { Demand, Placement } from "./Placement";

/** Blocks that hold up to this many bytes, header and footer not counted, wait in quick lists. */
export const quickLimit = 256;

interface SavedQuickFit {
  readonly quick: BinsSnapshot;
  readonly main: SavedList;
  readonly searched: number;
}

/**
 * Quick fit (Weinstock and Wulf, "Quick Fit: an efficient algorithm for heap storage allocation", SIGPLAN Notices
 * 23(10), 1988). A freed block that holds at most {@link quickLimit} bytes waits, unmerged, in a list for exactly its
 * size, last in, first out; a request of that size takes the head in O(1). Everything else lives in one list searched
 * first fit, with the order and the coalescing of the heap's options. When that list cannot serve, the quick lists are
 * flushed into it, from the smallest size up and each from its head, every block as if freed then, and it is searched
 * again; only then does the heap grow.
 *
 * A request for an alignment beyond the heap's own goes to the main list. A block does not grow into a neighbour that
 * waits in a quick list.
 */
export class QuickFitPlacement implements Placement {
  searched = 0;
  private readonly quick: Bins;
  private readonly main: ListPlacement;
  private readonly overhead: number;

  constructor(
    private readonly table: BlockTable,
    private readonly geometry: HeapGeometry,
    private readonly options: HeapOptions,
    log: EventLog,
  ) {
    this.quick = new Bins(table, quickLimit + 1);
    this.main = new ListPlacement(table, geometry, options, log, "first-fit", options.coalesce, this.quick);
    this.overhead = options.header + options.footer;
  }

  get length(): number {
    return this.quick.length + this.main.length;
  }

  get freeBytes(): number {
    return this.quick.bytes + this.main.freeBytes;
  }

  get largestSize(): number {
    const last = this.quick.last();
    return Math.max(this.main.largestSize, last < 0 ? 0 : last + this.overhead);
  }

  before(id: number): number {
    return this.quick.holds(id) ? this.quick.before(id) : this.main.before(id);
  }

  after(id: number): number {
    return this.quick.holds(id) ? this.quick.after(id) : this.main.after(id);
  }

  useHeaders(headers: HeaderBytes): void {
    this.quick.headers = headers;
    this.main.useHeaders(headers);
  }

  find(need: number, align: number): number {
    const list = need - this.overhead;
    const head = list <= quickLimit && this.geometry.slackFor(align) === 0 ? this.quick.head(list) : -1;
    if (head >= 0) {
      this.searched = 1;
      return head;
    }
    const found = this.main.find(need, align);
    this.searched = this.main.searched;
    return found;
  }

  carve(found: number, need: number, align: number): number {
    if (!this.quick.holds(found)) return this.main.carve(found, need, align);
    this.quick.leave(found);
    return found;
  }

  relieve(): boolean {
    const flushed = this.quick.length > 0;
    this.flush();
    return this.main.relieve() || flushed;
  }

  release(id: number): void {
    const capacity = this.table.size(id) - this.overhead;
    if (capacity >= 0 && capacity <= quickLimit) this.quick.enter(id, capacity);
    else this.main.release(id);
  }

  growthEnd(begins: number, need: number, align: number): number {
    return this.main.growthEnd(begins, need, align);
  }

  growthEndFor(id: number, need: number): number {
    return this.main.growthEndFor(id, need);
  }

  servingEnd(start: number, need: number, align: number): number {
    return this.main.servingEnd(start, need, align);
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    return this.main.growthServes(begins, end, need, align);
  }

  grow(begins: number, end: number): void {
    this.main.grow(begins, end);
  }

  keptSize(id: number, need: number): number {
    return this.main.keptSize(id, need);
  }

  freeTail(id: number, rest: number): void {
    this.release(this.table.insertAfter(id, this.table.end(id), rest));
  }

  extendUsed(id: number, need: number): number {
    return this.quick.holds(this.table.next(id)) ? 0 : this.main.extendUsed(id, need);
  }

  mergeAll(): number {
    const before = this.table.blocks;
    this.flush();
    this.main.mergeAll();
    return before - this.table.blocks;
  }

  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    this.quick.clear();
    return this.main.compact(start, end, bytes);
  }

  /** The quick lists by ascending size, then the main list. */
  nextFree(id: number): number {
    if (id >= 0 && !this.quick.holds(id)) return this.main.nextFree(id);
    const next = this.quick.next(id);
    return next >= 0 ? next : this.main.nextFree(-1);
  }

  check(demand: Demand): void {
    checkBins(this.table, this.quick, (id) => this.table.size(id) - this.overhead, this.main.length, demand);
    this.main.check(demand);
  }

  structure(): HeapStructure {
    const { quick, table, overhead } = this;
    const lists: HeapBin[] = [];
    for (let list = quick.firstFrom(0); list >= 0; list = quick.firstFrom(list + 1)) {
      const blocks: number[] = [];
      for (let id = quick.head(list); id >= 0; id = quick.after(id)) blocks.push(table.address(id));
      lists.push({ index: list, least: list + overhead, below: list + overhead + 1, blocks });
    }
    return { kind: "quick", lists, limit: quickLimit + overhead, order: this.options.order };
  }

  save(): SavedQuickFit {
    return { quick: this.quick.save(), main: this.main.save(), searched: this.searched };
  }

  load(saved: SavedQuickFit): void {
    this.quick.load(saved.quick);
    this.main.load(saved.main);
    this.searched = saved.searched;
  }

  private flush(): void {
    const { quick } = this;
    for (let id = quick.next(-1); id >= 0; id = quick.next(-1)) {
      quick.leave(id);
      this.main.release(id);
    }
  }
}
