import { eventKindNumber } from "../events";
import { FitSearch, type FitPolicy } from "./fit";
import { FreeList, type WaitingElsewhere } from "./FreeList";
import { checkFreeList, type Demand } from "./listInvariants";
import { Placement, type HeapParts } from "./Placement";
import type { HeapStructure } from "./structure";

const coalesceEvent = eventKindNumber("coalesce");

/**
 * One explicit free list, after Knuth (TAOCP vol. 1, 2.5), CS:APP chapter 9 and OSTEP chapter 17. Searches answer as a
 * walk of the list would, and say how many elements that walk would have looked at, but cost O(log n). What remains of a
 * block that is cut keeps the block's place in the list.
 */
export class ListPlacement extends Placement<FreeList> {
  private readonly fit: FitSearch;

  constructor(
    heap: HeapParts,
    policy: FitPolicy,
    private readonly apart: WaitingElsewhere | null = null,
  ) {
    const { table, geometry, options } = heap;
    const { order, coalesce, header } = options;
    const granule = policy === "best-fit" ? geometry.payloadGranule : null;
    super(heap, new FreeList(table, order, coalesce, granule, apart));
    this.fit = new FitSearch(table, this.free, policy, order, header);
  }

  find(need: number, align: number): number {
    const found = this.fit.find(need, align);
    this.searched = this.fit.searched;
    return found;
  }

  protected enter(id: number): void {
    this.free.enter(id);
    this.fit.settleInside(id);
  }

  protected override isAvailable(id: number): boolean {
    return this.table.isFree(id) && (this.apart === null || !this.apart.holds(id));
  }

  /** With `list-pass`, each free is followed by OSTEP's pass along the list. */
  override release(id: number): void {
    this.takeIn(id);
    if (this.options.coalesce === "list-pass") this.free.drainSeams((at) => this.mergeAlongList(at));
  }

  /** As freed, but without a pass along the list. */
  override grow(begins: number, end: number): void {
    this.fit.isGrowth = this.table.last >= 0;
    this.takeIn(this.table.insertAfter(this.table.last, begins, end - begins));
  }

  /** What the heap may have gained is served without a search, but not to a new block. */
  override extendUsed(id: number, need: number): number {
    const size = super.extendUsed(id, need);
    if (size > 0) this.fit.isGrowth = false;
    return size;
  }

  /**
   * Merges every run of free neighbours into its lowest block, which keeps its list place; size orders are sorted
   * afterwards when anything merged.
   */
  override mergeAll(): number {
    const { table } = this;
    let merges = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id)) continue;
      while (table.isFree(table.next(id))) {
        this.mergeInPlace(id, table.next(id));
        merges++;
      }
    }
    if (merges > 0) this.free.sort();
    this.unmerged = false;
    return merges;
  }

  structure(): HeapStructure {
    return { kind: "list", lists: [], order: this.options.order };
  }

  protected checkFree(demand: Demand, elsewhere = 0): void {
    checkFreeList(this.table, this.free, this.options, elsewhere, demand);
  }

  protected override cut(found: number, below: number, size: number, above: number): number {
    const address = this.table.address(found) + below;
    if (below === 0) this.fit.settle(address, found);
    const id = super.cut(found, below, size, above);
    if (below > 0) this.fit.settleAfter(address, found);
    return id;
  }

  protected override divide(found: number, below: number, size: number, above: number): number {
    return this.free.divide(found, below, size, above);
  }

  protected override resizeFree(id: number, address: number, size: number): void {
    this.free.resize(id, address, size);
  }

  /**
   * A merged block enters the list as a freed block does, as in CS:APP's explicit lists; in address order it stays at
   * the place of a neighbour.
   */
  private takeIn(id: number): void {
    const { table, free } = this;
    const next = table.next(id);
    const previous = table.previous(id);
    if (this.merges && free.isByAddress) this.mergeAtPlace(id, next, previous);
    else {
      const roverMerges = this.merges && free.rover >= 0 && (free.rover === next || free.rover === previous);
      const merged = this.isAvailable(previous) ? previous : id;
      super.release(id);
      if (roverMerges) free.rover = merged;
    }
  }

  private mergeAtPlace(freed: number, next: number, previous: number): void {
    const { table, free } = this;
    const merges = this.isAvailable(next);
    const start = table.address(freed);
    let size = table.size(freed);
    if (merges) {
      size += table.size(next);
      this.log.push(coalesceEvent, start, size, table.address(next), table.size(next));
    }
    if (!this.isAvailable(previous)) {
      if (!merges) {
        this.enter(freed);
        return;
      }
      table.remove(freed);
      this.widen(next, start, size);
      return;
    }
    if (merges) {
      free.leave(next);
      table.remove(next);
    }
    const whole = table.size(previous) + size;
    this.log.push(coalesceEvent, table.address(previous), whole, start, size);
    table.remove(freed);
    this.widen(previous, table.address(previous), whole);
  }

  /** OSTEP's pass: an element takes in its list successor for as long as that begins where it ends. */
  private mergeAlongList(id: number): void {
    const { table, free } = this;
    if (!this.isAvailable(id)) return;
    for (let after = free.after(id); after >= 0; after = free.after(id)) {
      if (table.end(id) !== table.address(after)) return;
      this.mergeInPlace(id, after);
    }
  }

  private mergeInPlace(id: number, absorbed: number): void {
    const { table, free } = this;
    const roverMerges = free.rover === absorbed;
    const size = table.size(id) + table.size(absorbed);
    free.leave(absorbed);
    this.log.push(coalesceEvent, table.address(id), size, table.address(absorbed), table.size(absorbed));
    table.remove(absorbed);
    this.widen(id, table.address(id), size);
    if (roverMerges) free.rover = id;
  }

  private widen(id: number, address: number, size: number): void {
    this.free.resize(id, address, size);
    this.fit.settleInside(id);
  }
}
