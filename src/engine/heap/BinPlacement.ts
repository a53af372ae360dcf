import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import { Bins, type BinsSnapshot } from "./Bins";
import { blockIsFree, Fact, rowBits, type BlockTable } from "./BlockTable";
import { checkBins } from "./binInvariants";
import type { HeapStructure } from "./contract";
import { compactBlocks, type CompactionMove } from "./defragment";
import { leadFor } from "./fit";
import type { HeapGeometry } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import { checkMerged } from "./invariants";
import type { HeapOptions } from "./options";
import type { Demand, Placement } from "./Placement";
import type { SizeClasses } from "./sizeClasses";

const splitEvent = eventKindNumber("split");
const coalesceEvent = eventKindNumber("coalesce");

interface SavedBins {
  readonly bins: BinsSnapshot;
  readonly searched: number;
  readonly unmerged: boolean;
}

/**
 * Free blocks in bins by size class, each last in, first out; a bitmap finds the next bin that is not empty, so that
 * everything costs O(1).
 *
 * A request first looks at up to `probes` blocks of the class that a block of exactly its size would wait in and takes
 * the first that is large enough; then it takes the head of the first non-empty class in which every block is. With 0
 * probes that is TLSF's good fit: a block of the request's own class is passed over even if it were large enough, and
 * may so be missed by a request that nothing else can serve.
 *
 * The low end of the block is handed out and the remainder enters the bin of its size. A payload that must be aligned
 * to more than the heap's own alignment needs `align` bytes more, so that it can be shifted wherever the block begins.
 */
export class BinPlacement implements Placement {
  searched = 0;
  private readonly bins: Bins;
  private readonly overhead: number;
  private readonly min: number;
  private readonly merges: boolean;
  /** Whether free neighbours may lie unmerged since the last whole merge. */
  private unmerged = false;

  constructor(
    private readonly table: BlockTable,
    private readonly geometry: HeapGeometry,
    private readonly options: HeapOptions,
    private readonly log: EventLog,
    private readonly classes: SizeClasses,
    private readonly probes: number,
  ) {
    this.bins = new Bins(table, classes.count);
    this.overhead = options.header + options.footer;
    this.min = geometry.min;
    this.merges = options.coalesce === "immediate";
  }

  get length(): number {
    return this.bins.length;
  }

  get freeBytes(): number {
    return this.bins.bytes;
  }

  get largestSize(): number {
    return this.bins.largestInLast();
  }

  before(id: number): number {
    return this.bins.before(id);
  }

  after(id: number): number {
    return this.bins.after(id);
  }

  useHeaders(headers: HeaderBytes): void {
    this.bins.headers = headers;
  }

  find(need: number, align: number): number {
    const { bins, classes } = this;
    const wanted = align === 1 ? need : need + this.geometry.slackFor(align);
    const capacity = wanted - this.overhead;
    this.searched = 0;
    if (this.probes > 0) {
      const found = this.probe(classes.classOf(capacity), wanted);
      if (found >= 0) return found;
    }
    const bin = bins.firstFrom(classes.sufficientClass(capacity));
    if (bin < 0) return -1;
    this.searched++;
    return bins.head(bin);
  }

  carve(found: number, need: number, align: number): number {
    this.bins.leave(found);
    if (align === 1) {
      this.trim(found, need);
      return found;
    }
    const { table, min } = this;
    const start = table.address(found);
    const lead = leadFor(start, this.options.header, align);
    if (lead < min) {
      this.trim(found, lead + need);
      return found;
    }
    const left = table.size(found) - lead;
    table.setSize(found, lead);
    const id = table.insertAfter(found, start + lead, left);
    this.enter(found);
    this.log.push(splitEvent, start + lead, left - need < min ? left : need, start, lead);
    this.trim(id, need);
    return id;
  }

  relieve(): boolean {
    return this.options.coalesce === "deferred" && this.unmerged && this.mergeAll() > 0;
  }

  release(id: number): void {
    let merged = id;
    if (this.merges) {
      const { rows } = this.table;
      const next = rows[(id << rowBits) | Fact.next];
      const previous = rows[(id << rowBits) | Fact.previous];
      if (next >= 0 && rows[(next << rowBits) | Fact.state] === blockIsFree) {
        this.absorb(id, next, next);
      }
      if (previous >= 0 && rows[(previous << rowBits) | Fact.state] === blockIsFree) {
        this.absorb(previous, id, previous);
        merged = previous;
      }
    } else this.unmerged = true;
    this.enter(merged);
  }

  growthEnd(begins: number, need: number, align: number): number {
    return begins + this.sufficientSize(need, align);
  }

  growthEndFor(id: number, need: number): number {
    const { table } = this;
    const isAtEnd = id === table.last || (table.next(id) === table.last && this.mergesGrowth(table.last));
    return isAtEnd ? table.address(id) + need : -1;
  }

  /** A block that has just become free heads its list, so that a probe finds it. */
  servingEnd(start: number, need: number, align: number): number {
    const size = this.probes > 0 ? need + this.geometry.slackFor(align) : this.sufficientSize(need, align);
    return start + size;
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    const { last } = this.table;
    const start = this.mergesGrowth(last) ? this.table.address(last) : begins;
    return end - start >= this.sufficientSize(need, align);
  }

  grow(begins: number, end: number): void {
    this.release(this.table.insertAfter(this.table.last, begins, end - begins));
  }

  keptSize(id: number, need: number): number {
    const size = this.table.size(id);
    return size - need < this.geometry.min ? size : need;
  }

  freeTail(id: number, rest: number): void {
    this.release(this.table.insertAfter(id, this.table.end(id), rest));
  }

  extendUsed(id: number, need: number): number {
    const { table } = this;
    const next = table.next(id);
    if (!table.isFree(next)) return 0;
    const both = table.size(id) + table.size(next);
    if (both < need) return 0;
    this.bins.leave(next);
    const rest = both - need;
    if (rest < this.geometry.min) {
      table.remove(next);
      return both;
    }
    table.setAddress(next, table.address(id) + need);
    table.setSize(next, rest);
    this.enter(next);
    return need;
  }

  mergeAll(): number {
    const { table, bins } = this;
    let merges = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id) || !table.isFree(table.next(id))) continue;
      bins.leave(id);
      while (table.isFree(table.next(id))) {
        this.absorb(id, table.next(id), table.next(id));
        merges++;
      }
      this.enter(id);
    }
    this.unmerged = false;
    return merges;
  }

  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.bins.clear();
    const moves = compactBlocks(table, start, end, this.options, bytes);
    if (table.isFree(table.last)) this.enter(table.last);
    this.unmerged = false;
    return moves;
  }

  nextFree(id: number): number {
    return this.bins.next(id);
  }

  check(demand: Demand): void {
    const { table, classes, overhead } = this;
    checkBins(table, this.bins, (id) => classes.classOf(table.size(id) - overhead), 0, demand);
    if (this.merges) checkMerged(table, () => true, demand);
  }

  structure(): HeapStructure {
    const { bins, classes, table, overhead } = this;
    const shown: { index: number; least: number; below: number; blocks: number[] }[] = [];
    for (let bin = bins.firstFrom(0); bin >= 0; bin = bins.firstFrom(bin + 1)) {
      const blocks: number[] = [];
      for (let id = bins.head(bin); id >= 0; id = bins.after(id)) blocks.push(table.address(id));
      shown.push({
        index: bin,
        least: classes.leastOf(bin) + overhead,
        below: classes.leastOf(bin + 1) + overhead,
        blocks,
      });
    }
    const words = Array.from({ length: (bins.last() >> 5) + 1 }, (_, word) => bins.bitmap(word));
    return { kind: "bins", bins: shown, bitmaps: words };
  }

  save(): SavedBins {
    return { bins: this.bins.save(), searched: this.searched, unmerged: this.unmerged };
  }

  load(saved: SavedBins): void {
    this.bins.load(saved.bins);
    this.searched = saved.searched;
    this.unmerged = saved.unmerged;
  }

  /** Whether what the heap gains becomes part of this block, its last one. */
  private mergesGrowth(last: number): boolean {
    return this.merges && this.table.isFree(last);
  }

  private probe(bin: number, wanted: number): number {
    const { bins, table } = this;
    for (let id = bins.head(bin); id >= 0 && this.searched < this.probes; id = bins.after(id)) {
      this.searched++;
      if (table.size(id) >= wanted) return id;
    }
    return -1;
  }

  private enter(id: number): void {
    this.bins.enter(id, this.classes.classOf(this.table.size(id) - this.overhead));
  }

  /** Frees what a block that is in no bin has beyond `need` bytes, if that is enough for a block. */
  private trim(id: number, need: number): void {
    const { rows } = this.table;
    const row = id << rowBits;
    const rest = rows[row | Fact.size] - need;
    if (rest < this.min) return;
    const start = rows[row];
    rows[row | Fact.size] = need;
    this.enter(this.table.insertAfter(id, start + need, rest));
    this.log.push(splitEvent, start, need, start + need, rest);
  }

  /** Joins two free neighbours, of which `waiting` is in a bin and the other one is not. */
  private absorb(id: number, absorbed: number, waiting: number): void {
    this.bins.leave(waiting);
    const { rows } = this.table;
    const row = id << rowBits;
    const upper = absorbed << rowBits;
    const size = rows[row | Fact.size] + rows[upper | Fact.size];
    rows[row | Fact.size] = size;
    this.log.push(coalesceEvent, rows[row], size, rows[upper], rows[upper | Fact.size]);
    this.table.remove(absorbed);
  }

  /** The least size of a block that a request finds for certain. */
  private sufficientSize(need: number, align: number): number {
    const wanted = need + this.geometry.slackFor(align);
    return Math.max(wanted, this.overhead + this.classes.leastOf(this.classes.sufficientClass(wanted - this.overhead)));
  }
}
