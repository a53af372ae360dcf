import { checkBins } from "./binInvariants";
import { Bins } from "./Bins";
import type { HeaderBytes } from "./HeaderBytes";
import type { Demand } from "./listInvariants";
import { ListPlacement } from "./ListPlacement";
import type { HeapParts } from "./Placement";
import type { HeapStructure } from "./structure";

/** Blocks that hold up to this many bytes, header and footer not counted, wait in quick lists. */
const quickLimit = 256;

type SavedQuickFit = ReturnType<QuickFitPlacement["save"]>;

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
export class QuickFitPlacement extends ListPlacement {
  private readonly quick: Bins;

  constructor(heap: HeapParts) {
    const quick = new Bins(heap.table, quickLimit + 1);
    super(heap, "first-fit", quick);
    this.quick = quick;
  }

  override get length(): number {
    return this.quick.length + super.length;
  }

  override get freeBytes(): number {
    return this.quick.bytes + super.freeBytes;
  }

  override get largestSize(): number {
    const last = this.quick.last();
    return Math.max(super.largestSize, last < 0 ? 0 : last + this.overhead);
  }

  override before(id: number): number {
    return this.quick.holds(id) ? this.quick.before(id) : super.before(id);
  }

  override after(id: number): number {
    return this.quick.holds(id) ? this.quick.after(id) : super.after(id);
  }

  /** The quick lists by ascending size, then the main list. */
  override nextFree(id: number): number {
    if (id >= 0 && !this.quick.holds(id)) return super.nextFree(id);
    const next = this.quick.next(id);
    return next >= 0 ? next : super.nextFree(-1);
  }

  override useHeaders(headers: HeaderBytes): void {
    this.quick.useHeaders(headers);
    super.useHeaders(headers);
  }

  override find(need: number, align: number): number {
    const list = need - this.overhead;
    const head = list <= quickLimit && this.geometry.slackFor(align) === 0 ? this.quick.head(list) : -1;
    if (head < 0) return super.find(need, align);
    this.searched = 1;
    return head;
  }

  override carve(found: number, need: number, align: number): number {
    if (!this.quick.holds(found)) return super.carve(found, need, align);
    this.quick.leave(found);
    return found;
  }

  override relieve(): boolean {
    const flushed = this.quick.length > 0;
    this.flush();
    return super.relieve() || flushed;
  }

  override release(id: number): void {
    const capacity = this.table.size(id) - this.overhead;
    if (capacity >= 0 && capacity <= quickLimit) this.quick.enter(id, capacity);
    else super.release(id);
  }

  override mergeAll(): number {
    const before = this.table.blocks;
    this.flush();
    super.mergeAll();
    return before - this.table.blocks;
  }

  override compact(...range: Parameters<ListPlacement["compact"]>): ReturnType<ListPlacement["compact"]> {
    this.quick.clear();
    return super.compact(...range);
  }

  override structure(): HeapStructure {
    const { quick, overhead, options } = this;
    const lists = quick.lists((capacity) => capacity + overhead);
    return { kind: "quick", lists, limit: quickLimit + overhead, order: options.order };
  }

  override save() {
    return { ...super.save(), quick: this.quick.save() };
  }

  override load(saved: SavedQuickFit): void {
    this.quick.load(saved.quick);
    super.load(saved);
  }

  protected override checkFree(demand: Demand): void {
    const { table, quick, free, overhead } = this;
    checkBins(table, quick, (id) => table.size(id) - overhead, free.length, demand);
    super.checkFree(demand, quick.length);
  }

  private flush(): void {
    const { quick } = this;
    for (let id = quick.next(-1); id >= 0; id = quick.next(-1)) {
      quick.leave(id);
      super.release(id);
    }
  }
}
