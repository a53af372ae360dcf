import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import { Fact, rowBits, type BlockTable } from "./BlockTable";
import { compactBlocks, type CompactionMove } from "./defragment";
import type { FreeBlocks } from "./FreeBlocks";
import { leadFor, type HeapGeometry } from "./geometry";
import type { FreeLinks, HeaderBytes } from "./HeaderBytes";
import { checkMerged, type Demand } from "./listInvariants";
import type { PlacementOptions } from "./placementOptions";
import type { HeapStructure } from "./structure";

const splitEvent = eventKindNumber("split");
const coalesceEvent = eventKindNumber("coalesce");

/** What a placement shares with its heap. */
export interface HeapParts {
  readonly table: BlockTable;
  readonly geometry: HeapGeometry;
  /** Red zones count as header and footer. */
  readonly options: PlacementOptions;
  readonly log: EventLog;
}

type SavedPlacement = ReturnType<Placement["save"]>;

/**
 * What distinguishes one policy from another: where free blocks wait, which one serves a request, how it is cut and
 * which neighbours merge. The heap owns blocks, payloads and counts. Sizes are whole block sizes; blocks are ids of the
 * table, -1 is none.
 *
 * A policy says how it finds a block (`find`), where free blocks enter and leave (`enter`, `leave`) and what its
 * structure is. It inherits the rest, which is right for blocks of any size that are cut from the low end and that
 * merge with all free neighbours, and overrides what it does differently.
 */
export abstract class Placement<Free extends FreeBlocks = FreeBlocks> implements FreeLinks {
  /** Free blocks that the last `find` looked at. */
  searched = 0;
  /** Whether a hole between used blocks serves requests again. */
  readonly reusesHoles: boolean = true;
  protected readonly table: BlockTable;
  protected readonly geometry: HeapGeometry;
  protected readonly options: PlacementOptions;
  protected readonly log: EventLog;
  /** Bytes of a block that are header and footer. */
  protected readonly overhead: number;
  /** Smallest remainder that becomes a block. */
  protected readonly min: number;
  /** Whether a block merges with its neighbours as soon as it is free. */
  protected readonly merges: boolean;
  /** Whether free neighbours may lie unmerged since the last whole merge. */
  protected unmerged = false;

  protected constructor(
    { table, geometry, options, log }: HeapParts,
    protected readonly free: Free,
  ) {
    this.table = table;
    this.geometry = geometry;
    this.options = options;
    this.log = log;
    this.overhead = options.header + options.footer;
    this.min = geometry.min;
    this.merges = options.coalesce === "immediate";
  }

  get length(): number {
    return this.free.length;
  }

  get freeBytes(): number {
    return this.free.bytes;
  }

  /** Size of the largest block that can be handed out, 0 when there is none. */
  get largestSize(): number {
    return this.free.largestSize;
  }

  before(id: number): number {
    return this.free.before(id);
  }

  after(id: number): number {
    return this.free.after(id);
  }

  /** The free block after this one in the order of the policy's lists; -1 begins and ends. */
  nextFree(id: number): number {
    return this.free.next(id);
  }

  useHeaders(headers: HeaderBytes): void {
    this.free.useHeaders(headers);
  }

  /** The free block that serves the request, or -1. `need` is a size that the geometry gave. */
  abstract find(need: number, align: number): number;

  /** How free blocks are kept, as data for views. */
  abstract structure(): HeapStructure;

  /** Whether the free blocks are where they belong. */
  protected abstract checkFree(demand: Demand): void;

  /** Puts a free block where it waits. */
  protected abstract enter(id: number): void;

  /** Takes a free block out, which still has the size that it entered with. */
  protected leave(id: number): void {
    this.free.leave(id);
  }

  /** Whether the block is free and may be handed out, merged and grown into. */
  protected isAvailable(id: number): boolean {
    return this.table.isFree(id);
  }

  /**
   * Cuts the wanted block from the low end of the one found and returns its id. What an alignment leaves in front of it
   * stays free if it is large enough for a block; so does the remainder.
   */
  carve(found: number, need: number, align: number): number {
    const { table, min } = this;
    const lead = align === 1 ? 0 : leadFor(table.address(found), this.options.header, align);
    const below = lead >= min ? lead : 0;
    const size = lead - below + need;
    const above = table.size(found) - below - size;
    return above < min ? this.cut(found, below, size + above, 0) : this.cut(found, below, size, above);
  }

  /** Merges what is unmerged, if that may let a failed request succeed: whether to search again. */
  relieve(): boolean {
    return this.options.coalesce === "deferred" && this.unmerged && this.mergeAll() > 0;
  }

  /** Takes in a block that was freed. */
  release(id: number): void {
    if (!this.merges) {
      this.unmerged = true;
      this.enter(id);
      return;
    }
    const { rows } = this.table;
    const next = rows[(id << rowBits) | Fact.next];
    const previous = rows[(id << rowBits) | Fact.previous];
    if (this.isAvailable(next)) {
      this.leave(next);
      this.absorb(id, next);
    }
    if (this.isAvailable(previous)) {
      this.leave(previous);
      this.absorb(previous, id);
      this.enter(previous);
    } else this.enter(id);
  }

  /** The size of the block that serves a request for `need` bytes. */
  blockSize(need: number): number {
    return need;
  }

  /** Where a free block that begins at `start` must end to serve the request; never falls as `start` grows. */
  servingEnd(start: number, need: number, align: number): number {
    return start + leadFor(start, this.options.header, align) + need;
  }

  /** Where blocks must end, now ending at `begins`, so that a block gained there serves the request. */
  growthEnd(begins: number, need: number, align: number): number {
    return this.servingEnd(begins, need, align);
  }

  /** Whether blocks from `begins` to `end`, gained, would serve the request. */
  growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.servingEnd(this.growthStart(begins), need, align);
  }

  /** Where blocks must end so that `extendUsed` gives the used block `need` bytes; -1 where growth does not help it. */
  growthEndFor(id: number, need: number): number {
    const { table } = this;
    const isAtEnd = id === table.last || (table.next(id) === table.last && this.mergesGrowth());
    return isAtEnd ? table.address(id) + need : -1;
  }

  /** Takes in the bytes that the heap gained; also those that it begins with. */
  grow(begins: number, end: number): void {
    this.release(this.table.insertAfter(this.table.last, begins, end - begins));
  }

  /** The free block that the heap ends with and that may be given back, or -1. */
  get freeLast(): number {
    const { last } = this.table;
    return this.isAvailable(last) ? last : -1;
  }

  /** Gives up the bytes from `end` on, all of them in {@link freeLast}. */
  shrink(end: number): void {
    const { last } = this.table;
    const start = this.table.address(last);
    if (start < end) this.resizeFree(last, start, end - start);
    else {
      this.leave(last);
      this.table.remove(last);
    }
  }

  /** The size that a used block keeps of which `need` bytes suffice. */
  keptSize(id: number, need: number): number {
    const size = this.table.size(id);
    return size - need < this.min ? size : need;
  }

  /** Takes in the `rest` bytes after a used block that shrank. */
  freeTail(id: number, rest: number): void {
    this.release(this.table.insertAfter(id, this.table.end(id), rest));
  }

  /** Gives a used block free neighbours above it: its new size, of at least `need`, or 0 when they do not suffice. */
  extendUsed(id: number, need: number): number {
    const { table } = this;
    const next = table.next(id);
    if (!this.isAvailable(next)) return 0;
    const both = table.size(id) + table.size(next);
    if (both < need) return 0;
    if (both - need < this.min) {
      this.leave(next);
      table.remove(next);
      return both;
    }
    this.resizeFree(next, table.address(id) + need, both - need);
    return need;
  }

  /** Merges all free neighbours; returns the number of merges. */
  mergeAll(): number {
    const { table } = this;
    let merges = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!this.isAvailable(id) || !this.isAvailable(table.next(id))) continue;
      this.leave(id);
      for (let next = table.next(id); this.isAvailable(next); next = table.next(id)) {
        this.leave(next);
        this.absorb(id, next);
        merges++;
      }
      this.enter(id);
    }
    this.unmerged = false;
    return merges;
  }

  /** Slides used blocks down and takes in what is free then. */
  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.free.clear();
    const moves = compactBlocks(table, start, end, this.options, bytes);
    if (table.isFree(table.last)) this.enter(table.last);
    this.unmerged = false;
    return moves;
  }

  /** Where a used block ends that compaction puts as low as it can from `cursor` on. */
  slidEnd(cursor: number, id: number): number {
    const { table } = this;
    const { header } = this.options;
    return cursor + header + leadFor(cursor, header, table.alignment(id)) + table.end(id) - table.payload(id);
  }

  check(demand: Demand): void {
    this.checkFree(demand);
    if (this.merges) checkMerged(this.table, (id) => this.isAvailable(id), demand);
  }

  save() {
    return { free: this.free.save(), searched: this.searched, unmerged: this.unmerged };
  }

  /** Takes what `save` of the same placement returned. */
  load(saved: SavedPlacement): void {
    this.free.load(saved.free);
    this.searched = saved.searched;
    this.unmerged = saved.unmerged;
  }

  /** Whether the bytes that the heap gains become part of its last block. */
  protected mergesGrowth(): boolean {
    return this.merges && this.isAvailable(this.table.last);
  }

  /** Where the free block begins that the heap ends with once it has gained bytes from `begins` on. */
  protected growthStart(begins: number): number {
    return this.mergesGrowth() ? this.table.address(this.table.last) : begins;
  }

  /**
   * Divides a free block into free bytes `below`, a block of `size` bytes for use, whose id it returns, and free bytes
   * `above`.
   */
  protected cut(found: number, below: number, size: number, above: number): number {
    const { log } = this;
    const address = this.table.address(found) + below;
    const id = this.divide(found, below, size, above);
    if (below > 0) log.push(splitEvent, address, size, address - below, below);
    if (above > 0) log.push(splitEvent, address, size, address + size, above);
    return id;
  }

  /** As {@link cut}, without an event. */
  protected divide(found: number, below: number, size: number, above: number): number {
    const { table } = this;
    const address = table.address(found) + below;
    this.leave(found);
    table.setSize(found, below > 0 ? below : size);
    let id = found;
    if (below > 0) {
      id = table.insertAfter(found, address, size);
      this.enter(found);
    }
    if (above > 0) this.enter(table.insertAfter(id, address + size, above));
    return id;
  }

  /** Gives a free block different bounds. */
  protected resizeFree(id: number, address: number, size: number): void {
    this.leave(id);
    this.table.setAddress(id, address);
    this.table.setSize(id, size);
    this.enter(id);
  }

  /** Joins two neighbours that wait nowhere. */
  protected absorb(id: number, absorbed: number): void {
    const { rows } = this.table;
    const row = id << rowBits;
    const upper = absorbed << rowBits;
    const size = rows[row | Fact.size] + rows[upper | Fact.size];
    rows[row | Fact.size] = size;
    this.log.push(coalesceEvent, rows[row], size, rows[upper], rows[upper | Fact.size]);
    this.table.remove(absorbed);
  }
}
