import { roundUp } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import type { HeapStructure } from "./contract";
import { compactBlocks, type CompactionMove } from "./defragment";
import { FitSearch, leadFor } from "./fit";
import { FreeList, type FreeListSnapshot } from "./FreeList";
import type { HeapGeometry } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import { checkFreeList, checkMerged } from "./invariants";
import type { HeapOptions } from "./options";
import type { Demand, Placement } from "./Placement";

const splitEvent = eventKindNumber("split");
const coalesceEvent = eventKindNumber("coalesce");

/** A request whose block holds fewer bytes than this, header and footer not counted, is small: dlmalloc's limit too. */
const smallLimit = 256;
/** Bytes that a small request takes from the heap's end, the block itself included: two pages. */
const runBytes = 8192;

interface SavedRunFit {
  readonly list: FreeListSnapshot;
  readonly searched: number;
}

/**
 * Best fit with runs, a policy of MemScript's own. Small and large requests are kept apart, because blocks of like sizes
 * tend to die together (Wilson, Johnstone, Neely and Boles, "Dynamic storage allocation: a survey and critical review",
 * 1995): a small block in the middle of what a large one left keeps the whole place from large requests.
 *
 * - The smallest hole that suffices serves, the lowest among equals, as in best fit. A small request takes its high end,
 *   any other its low end, so that what is left between the two can be had by either.
 * - The free block at the heap's end, the wilderness (Korn and Vo, "In search of a better malloc", USENIX 1985), is no
 *   hole: it serves what no hole can, and a small request takes a run of {@link runBytes} from it: the high end for itself,
 *   and the rest becomes a hole where the small requests that follow fit best, as phkmalloc (Kamp, "Malloc(3)
 *   revisited", USENIX 1998) and jemalloc keep small blocks in runs of pages. These runs are no more than holes: large
 *   requests may use them, and they merge with their neighbours when they empty.
 * - A freed block merges with its free neighbours at once.
 *
 * Everything costs O(log n), but for requests with alignments of their own, which pass over holes one by one. A request for an alignment beyond
 * the heap's own counts as large.
 */
export class RunFitPlacement implements Placement {
  searched = 0;
  private readonly list: FreeList;
  private readonly fit: FitSearch;
  /** The free block that the heap ends with, in no list; -1 when the last block is used. */
  private wilderness = -1;
  private headers: HeaderBytes | null = null;
  private readonly overhead: number;
  /** What every block is a multiple of, so that payloads are aligned; 1 where they need not be. */
  private readonly granule: number;
  private readonly run: number;

  constructor(
    private readonly table: BlockTable,
    private readonly geometry: HeapGeometry,
    private readonly options: HeapOptions,
    private readonly log: EventLog,
  ) {
    const apart = { holds: (id: number): boolean => id === this.wilderness };
    this.list = new FreeList(table, "address", "immediate", geometry.payloadGranule, apart);
    this.fit = new FitSearch(table, this.list, "best-fit", "address", options.header);
    this.overhead = options.header + options.footer;
    this.granule = geometry.alignsPayloads ? options.align : 1;
    this.run = roundUp(runBytes, this.granule);
  }

  get length(): number {
    return this.list.length + (this.wilderness < 0 ? 0 : 1);
  }

  get freeBytes(): number {
    return this.list.freeBytes + this.wildBytes;
  }

  get largestSize(): number {
    return Math.max(this.list.largestSize, this.wildBytes);
  }

  before(id: number): number {
    return id === this.wilderness ? -1 : this.list.order.before[id];
  }

  after(id: number): number {
    return id === this.wilderness ? -1 : this.list.order.after[id];
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
    this.list.headers = headers;
  }

  find(need: number, align: number): number {
    const { fit, table, wilderness } = this;
    const hole = fit.find(need, align);
    this.searched = fit.searched;
    if (hole >= 0 || wilderness < 0) return hole;
    this.searched++;
    return table.end(wilderness) >= this.servingEnd(table.address(wilderness), need, align) ? wilderness : -1;
  }

  carve(found: number, need: number, align: number): number {
    const { table, geometry } = this;
    const start = table.address(found);
    const whole = table.size(found);
    if (this.isSmall(need, align)) {
      const taken = found === this.wilderness ? Math.min(whole, this.takenFor(need)) : whole;
      const above = whole - taken < geometry.min ? 0 : whole - taken;
      const spare = whole - above - need;
      const below = spare - (spare % this.granule);
      const isBlock = below >= geometry.min;
      return this.cut(found, isBlock ? below : 0, whole - above - (isBlock ? below : 0), above);
    }
    const lead = leadFor(start, this.options.header, align);
    const below = lead >= geometry.min ? lead : 0;
    const least = lead - below + need;
    const rest = whole - below - least;
    return rest < geometry.min ? this.cut(found, below, least + rest, 0) : this.cut(found, below, least, rest);
  }

  relieve(): boolean {
    return false;
  }

  release(id: number): void {
    const { table } = this;
    const next = table.next(id);
    const previous = table.previous(id);
    if (table.isFree(next)) {
      this.leave(next);
      this.absorb(id, next);
    }
    if (table.isFree(previous)) {
      this.leave(previous);
      this.absorb(previous, id);
      this.enter(previous);
    } else this.enter(id);
  }

  growthEnd(begins: number, need: number, align: number): number {
    const start = this.growthStart(begins);
    return this.isSmall(need, align) ? start + this.takenFor(need) : this.servingEnd(start, need, align);
  }

  growthEndFor(id: number, need: number): number {
    const { table } = this;
    const isAtEnd = id === table.last || (this.wilderness >= 0 && table.next(id) === this.wilderness);
    return isAtEnd ? table.address(id) + need : -1;
  }

  servingEnd(start: number, need: number, align: number): number {
    return start + leadFor(start, this.options.header, align) + need;
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.servingEnd(this.growthStart(begins), need, align);
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
    this.leave(next);
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

  /** Nothing is ever left unmerged. */
  mergeAll(): number {
    return 0;
  }

  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.list.clear();
    this.wilderness = -1;
    const moves = compactBlocks(table, start, end, this.options, bytes);
    if (table.isFree(table.last)) this.enter(table.last);
    return moves;
  }

  /** In address order, so that the wilderness comes last. */
  nextFree(id: number): number {
    if (id === this.wilderness && id >= 0) return -1;
    const { order } = this.list;
    const next = id < 0 ? order.head : order.after[id];
    return next < 0 ? this.wilderness : next;
  }

  check(demand: Demand): void {
    const { table, wilderness } = this;
    checkFreeList(table, this.list, this.options, wilderness < 0 ? 0 : 1, demand);
    checkMerged(table, () => true, demand);
    demand(wilderness === this.freeLast(), "The wilderness is not the free block that the heap ends with.");
  }

  structure(): HeapStructure {
    return { kind: "list", order: "address" };
  }

  save(): SavedRunFit {
    return { list: this.list.save(), searched: this.searched };
  }

  load(saved: SavedRunFit): void {
    this.wilderness = this.freeLast();
    this.list.load(saved.list);
    this.searched = saved.searched;
  }

  private get wildBytes(): number {
    return this.wilderness < 0 ? 0 : this.table.size(this.wilderness);
  }

  private isSmall(need: number, align: number): boolean {
    return need - this.overhead < smallLimit && (align === 1 || this.geometry.slackFor(align) === 0);
  }

  /** What a small request takes from the wilderness, if that has as much. */
  private takenFor(need: number): number {
    return Math.max(this.run, need);
  }

  /** Where the wilderness begins once the heap, whose blocks end at `end`, has grown. */
  private growthStart(end: number): number {
    return this.wilderness < 0 ? end : this.table.address(this.wilderness);
  }

  private freeLast(): number {
    const { last } = this.table;
    return this.table.isFree(last) ? last : -1;
  }

  /** Divides a free block into free bytes `below`, a block of `size` bytes for use, whose id it returns, and free bytes `above`. */
  private cut(found: number, below: number, size: number, above: number): number {
    const { table, log } = this;
    const start = table.address(found);
    const address = start + below;
    const isWild = found === this.wilderness;
    const id = isWild ? this.cutWilderness(below, size, above) : this.cutHole(found, below, size, above);
    if (below > 0) log.push(splitEvent, address, size, start, below);
    if (above > 0) log.push(splitEvent, address, size, address + size, above);
    return id;
  }

  private cutHole(found: number, below: number, size: number, above: number): number {
    const { table, list } = this;
    const start = table.address(found);
    if (below > 0) {
      list.resize(found, start, below);
      const id = table.insertAfter(found, start + below, size);
      if (above > 0) list.enterAfter(found, table.insertAfter(id, start + below + size, above));
      return id;
    }
    if (above > 0) {
      const id = table.insertBefore(found, start, size, start + size);
      list.resize(found, start + size, above);
      return id;
    }
    list.leave(found);
    return found;
  }

  private cutWilderness(below: number, size: number, above: number): number {
    const { table, wilderness } = this;
    let id = wilderness;
    this.wilderness = -1;
    table.setSize(id, below > 0 ? below : size);
    if (below > 0) {
      this.list.enter(id);
      id = table.insertAfter(id, table.end(id), size);
    }
    if (above > 0) this.enter(table.insertAfter(id, table.end(id), above));
    return id;
  }

  private enter(id: number): void {
    if (id !== this.table.last) {
      this.list.enter(id);
      return;
    }
    this.wilderness = id;
    this.headers?.writeAll(id);
  }

  private leave(id: number): void {
    if (id === this.wilderness) this.wilderness = -1;
    else this.list.leave(id);
  }

  private absorb(id: number, absorbed: number): void {
    const { table } = this;
    table.setSize(id, table.size(id) + table.size(absorbed));
    this.log.push(coalesceEvent, table.address(id), table.size(id), table.address(absorbed), table.size(absorbed));
    table.remove(absorbed);
  }
}
