import { roundUp } from "../address";
import { FitSearch } from "./fit";
import { checkFreeList, type Demand } from "./listInvariants";
import { Placement, type HeapParts } from "./Placement";
import type { HeapStructure } from "./structure";
import { Wilderness } from "./Wilderness";

/** A request whose block holds fewer bytes than this, header and footer not counted, is small: dlmalloc's limit too. */
const smallLimit = 256;
/** Bytes that a small request takes from the heap's end, the block itself included: two pages. */
const runBytes = 8192;

/**
 * Best fit with runs, a policy of MemScript's own. Small and large requests are kept apart, because blocks of like sizes
 * tend to die together (Wilson, Johnstone, Neely and Boles, "Dynamic storage allocation: a survey and critical review",
 * 1995): a small block in the middle of what a large one left keeps the whole place from large requests.
 *
 * - The smallest hole that suffices serves, the lowest among equals, as in best fit. A small request takes its high end,
 *   any other its low end, so that what is left between the two can be had by either.
 * - The wilderness is no hole: it serves what no hole can, and a small request takes a run of {@link runBytes} from it:
 *   the high end for itself, and the rest becomes a hole where the small requests that follow fit best, as phkmalloc
 *   (Kamp, "Malloc(3) revisited", USENIX 1998) and jemalloc keep small blocks in runs of pages. These runs are no more
 *   than holes: large requests may use them, and they merge with their neighbours when they empty.
 * - A freed block merges with its free neighbours at once.
 *
 * Everything costs O(log n), except requests with alignments of their own, which pass over holes one by one. A request
 * for an alignment beyond the heap's own counts as large.
 */
export class RunFitPlacement extends Placement<Wilderness> {
  private readonly fit: FitSearch;
  /** What every block is a multiple of, so that payloads are aligned; 1 where they need not be. */
  private readonly granule: number;
  private readonly run: number;

  constructor(heap: HeapParts) {
    const { table, geometry, options } = heap;
    super(heap, new Wilderness(table, geometry.payloadGranule));
    this.fit = new FitSearch(table, this.free.holes, "best-fit", "address", options.header);
    this.granule = geometry.alignsPayloads ? options.align : 1;
    this.run = roundUp(runBytes, this.granule);
  }

  find(need: number, align: number): number {
    const { fit, table } = this;
    const { last } = this.free;
    const hole = fit.find(need, align);
    this.searched = fit.searched;
    if (hole >= 0 || last < 0) return hole;
    this.searched++;
    return table.end(last) >= this.servingEnd(table.address(last), need, align) ? last : -1;
  }

  protected enter(id: number): void {
    this.free.enter(id);
  }

  override carve(found: number, need: number, align: number): number {
    if (!this.isSmall(need, align)) return super.carve(found, need, align);
    const { min } = this;
    const whole = this.table.size(found);
    const taken = found === this.free.last ? Math.min(whole, this.takenFor(need)) : whole;
    const above = whole - taken < min ? 0 : whole - taken;
    const spare = whole - above - need;
    const below = spare - (spare % this.granule);
    return below < min
      ? this.cut(found, 0, whole - above, above)
      : this.cut(found, below, whole - above - below, above);
  }

  override growthEnd(begins: number, need: number, align: number): number {
    const start = this.growthStart(begins);
    return this.isSmall(need, align) ? start + this.takenFor(need) : this.servingEnd(start, need, align);
  }

  structure(): HeapStructure {
    return { kind: "list", lists: [], order: "address" };
  }

  protected checkFree(demand: Demand): void {
    const { table, free, options } = this;
    checkFreeList(table, free.holes, options, free.last < 0 ? 0 : 1, demand);
    demand(free.isRight(), "The wilderness is not the free block that the heap ends with.");
  }

  /** What remains of a hole keeps its place in the list. */
  protected override divide(found: number, below: number, size: number, above: number): number {
    if (found === this.free.last) return super.divide(found, below, size, above);
    return this.free.holes.divide(found, below, size, above);
  }

  private isSmall(need: number, align: number): boolean {
    return need - this.overhead < smallLimit && (align === 1 || this.geometry.slackFor(align) === 0);
  }

  /** What a small request takes from the wilderness, if that has as much. */
  private takenFor(need: number): number {
    return Math.max(this.run, need);
  }
}
