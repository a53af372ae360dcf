import { checkBins } from "./binInvariants";
import { Bins } from "./Bins";
import type { Demand } from "./listInvariants";
import { Placement, type HeapParts } from "./Placement";
import type { SizeClasses } from "./sizeClasses";
import type { HeapStructure } from "./structure";

/**
 * Free blocks in bins by size class, each last in, first out; a bitmap finds the next bin that is not empty, so that
 * everything costs O(1).
 *
 * A request first looks at up to `probes` blocks of the class that a block of exactly its size would wait in and takes
 * the first that is large enough; then it takes the head of the first non-empty class in which every block is. With 0
 * probes no block of the request's own class is looked at.
 *
 * A payload that must be aligned to more than the heap's own alignment needs `align` bytes more, so that it can be
 * shifted wherever the block begins.
 */
export class BinPlacement extends Placement<Bins> {
  constructor(
    heap: HeapParts,
    private readonly classes: SizeClasses,
    private readonly probes: number,
  ) {
    super(heap, new Bins(heap.table, classes.count));
  }

  find(need: number, align: number): number {
    const { free, classes } = this;
    const wanted = align === 1 ? need : this.wantedSize(need, align);
    const capacity = wanted - this.overhead;
    this.searched = 0;
    if (this.probes > 0) {
      const found = this.probe(classes.classOf(capacity), wanted);
      if (found >= 0) return found;
    }
    const bin = free.firstFrom(classes.sufficientClass(capacity));
    if (bin < 0) return -1;
    this.searched++;
    return free.head(bin);
  }

  protected enter(id: number): void {
    this.free.enter(id, this.classOf(id));
  }

  override growthEnd(begins: number, need: number, align: number): number {
    return begins + this.sufficientSize(need, align);
  }

  override growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.growthEnd(this.growthStart(begins), need, align);
  }

  /** A block that has just become free heads its list, so that a probe finds it. */
  override servingEnd(start: number, need: number, align: number): number {
    const size = this.probes > 0 ? this.wantedSize(need, align) : this.sufficientSize(need, align);
    return start + size;
  }

  structure(): HeapStructure {
    const { free, classes, overhead } = this;
    const words = Array.from({ length: (free.last() >> 5) + 1 }, (_, word) => ({
      bits: free.bitmap(word),
      least: classes.leastOf(32 * word),
    }));
    return { kind: "bins", lists: free.lists((bin) => classes.leastOf(bin) + overhead), words };
  }

  protected checkFree(demand: Demand): void {
    checkBins(this.table, this.free, (id) => this.classOf(id), 0, demand);
  }

  /** The least size of a free block that has room for the request wherever it begins. */
  protected wantedSize(need: number, align: number): number {
    return need + this.geometry.slackFor(align);
  }

  private classOf(id: number): number {
    return this.classes.classOf(this.table.size(id) - this.overhead);
  }

  private probe(bin: number, wanted: number): number {
    const { free, table } = this;
    for (let id = free.head(bin); id >= 0 && this.searched < this.probes; id = free.after(id)) {
      this.searched++;
      if (table.size(id) >= wanted) return id;
    }
    return -1;
  }

  /** The least size of a block that a request finds for certain. */
  private sufficientSize(need: number, align: number): number {
    const wanted = this.wantedSize(need, align);
    return Math.max(wanted, this.overhead + this.classes.leastOf(this.classes.sufficientClass(wanted - this.overhead)));
  }
}
