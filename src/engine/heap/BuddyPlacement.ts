import { roundUp } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import { checkBuddies } from "./buddyInvariants";
import type { BuddyOrder, BuddyRoot, HeapStructure } from "./contract";
import { movePayload, type CompactionMove } from "./defragment";
import { leadFor } from "./fit";
import type { HeapGeometry } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import type { HeapOptions } from "./options";
import { OrderTree } from "./OrderTree";
import type { Demand, Placement } from "./Placement";
import { powerOfTwoFrom } from "./sizeClasses";

const splitEvent = eventKindNumber("split");
const coalesceEvent = eventKindNumber("coalesce");

interface SavedBuddies {
  readonly numbers: readonly [freeBytes: number, newest: number, searched: number];
  readonly unmerged: boolean;
}

/**
 * The binary buddy system (Knowlton, "A fast storage allocator", CACM 8(10), 1965; Knuth, TAOCP vol. 1, 2.5,
 * algorithms R and S). Every block is a power of two in size, header and footer included, and begins at a multiple of
 * its size counted from the first block. A request takes a block of the smallest size that suffices and halves it, the
 * upper half becoming free, until it is as small as it may be; a freed block merges with its buddy, the other half of
 * the block that both came from, for as long as that is free and whole.
 *
 * Among free blocks of one size the lowest goes first (`order=address`) or the one that became free last (`lifo`, as
 * in Knuth). A heap that is no power of two is a forest: the largest blocks that fit one after another from the start,
 * which merge on with what the heap gains when it grows. A last part below the smallest block stays unused.
 *
 * All lists are one search tree by size and then place, so that finding the next size costs O(log n).
 */
export class BuddyPlacement implements Placement {
  searched = 0;
  freeBytes = 0;
  private readonly free: OrderTree;
  private readonly merges: boolean;
  private headers: HeaderBytes | null = null;
  /** Last in, first out: the key of the block that became free last. */
  private newest = 0;
  /** Whether free buddies may lie unmerged since the last whole merge. */
  private unmerged = false;

  constructor(
    private readonly table: BlockTable,
    private readonly geometry: HeapGeometry,
    private readonly options: HeapOptions,
    private readonly log: EventLog,
  ) {
    this.free = new OrderTree(table, "place");
    this.merges = options.coalesce === "immediate";
  }

  get length(): number {
    return this.free.length;
  }

  get largestSize(): number {
    return this.free.largestSize;
  }

  before(id: number): number {
    return this.ofSameSize(id, this.free.before[id]);
  }

  after(id: number): number {
    return this.ofSameSize(id, this.free.after[id]);
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  find(need: number, align: number): number {
    const found = this.free.firstAtLeast(this.sizeFor(need, align));
    this.searched = found < 0 ? 0 : 1;
    return found;
  }

  carve(found: number, need: number, align: number): number {
    const { table } = this;
    const wanted = this.sizeFor(need, align);
    this.leave(found);
    const rest = table.size(found) - wanted;
    table.setSize(found, wanted);
    this.freeTail(found, rest);
    return found;
  }

  relieve(): boolean {
    return this.options.coalesce === "deferred" && this.unmerged && this.mergeAll() > 0;
  }

  release(id: number): void {
    if (this.merges) this.enterMerged(id);
    else {
      this.unmerged = true;
      this.enter(id);
    }
  }

  growthEnd(begins: number, need: number, align: number): number {
    const size = this.sizeFor(need, align);
    const below = begins - ((begins - this.geometry.firstBlock) % size);
    const gainsAll = below === begins || (this.merges && this.isFreeFrom(below));
    return (gainsAll ? below : below + size) + size;
  }

  /** A block that is the lowest part of the wanted one doubles in place once the heap has gained the rest. */
  growthEndFor(id: number, need: number): number {
    const { table, geometry } = this;
    const wanted = this.powerFor(need);
    const begins = (table.address(id) - geometry.firstBlock) % wanted === 0;
    const isAtEnd = id === table.last || (this.merges && this.isFreeFrom(table.end(id)));
    return begins && isAtEnd ? table.address(id) + wanted : -1;
  }

  servingEnd(start: number, need: number, align: number): number {
    const { firstBlock } = this.geometry;
    const size = this.sizeFor(need, align);
    return firstBlock + roundUp(start - firstBlock, size) + size;
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.growthEnd(begins, need, align);
  }

  grow(begins: number, end: number): void {
    for (let at = begins; at < end;) {
      const size = this.largestAt(at, end);
      this.release(this.table.insertAfter(this.table.last, at, size));
      at += size;
    }
  }

  /** A block stays as large as its alignment, so that it keeps it wherever compaction puts it. */
  keptSize(id: number, need: number): number {
    return Math.min(this.table.size(id), this.powerFor(Math.max(need, this.table.alignment(id))));
  }

  /** The tail is what halving left: upper halves, each the buddy of what lies below it. */
  freeTail(id: number, rest: number): void {
    const { table } = this;
    const kept = table.size(id);
    const start = table.address(id);
    for (let half = (kept + rest) / 2; half >= kept; half /= 2) {
      this.enter(table.insertAfter(id, start + half, half));
      this.log.push(splitEvent, start, half, start + half, half);
    }
  }

  /** A block doubles in place while it is the lower half and its buddy is free and whole. */
  extendUsed(id: number, need: number): number {
    const { table } = this;
    const wanted = this.powerFor(need);
    let size = table.size(id);
    for (let next = table.next(id); size < wanted; next = table.next(next)) {
      if (!this.isLower(table.address(id), size) || !table.isFree(next) || table.size(next) !== size) return 0;
      size *= 2;
    }
    for (let taken = table.size(id); taken < wanted; taken *= 2) {
      const buddy = table.next(id);
      this.leave(buddy);
      table.remove(buddy);
    }
    return wanted;
  }

  mergeAll(): number {
    const { table } = this;
    const before = table.blocks;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id) || this.buddyOf(id) < 0) continue;
      this.leave(id);
      id = this.enterMerged(id);
    }
    this.unmerged = false;
    return before - table.blocks;
  }

  /**
   * Slides used blocks down in address order, each to the next multiple of its size; holes of less than a block's size
   * may so remain in front of it.
   */
  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.free.clear();
    this.freeBytes = 0;
    for (let id = table.first; id >= 0;) {
      const next = table.next(id);
      if (table.isFree(id)) table.remove(id);
      id = next;
    }
    const moves: CompactionMove[] = [];
    let cursor = start;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      const to = start + roundUp(cursor - start, table.size(id));
      const shift = table.address(id) - to;
      if (shift > 0) {
        const payload = table.payload(id);
        const length = table.end(id) - this.options.footer - payload;
        table.setAddress(id, to);
        moves.push(movePayload(table, id, payload - shift, length, bytes));
      }
      this.enterBetween(table.previous(id), cursor, to);
      cursor = table.end(id);
    }
    this.enterBetween(table.last, cursor, end);
    this.unmerged = false;
    return moves;
  }

  nextFree(id: number): number {
    return id < 0 ? this.free.head : this.free.after[id];
  }

  check(demand: Demand): void {
    const { table, free, freeBytes, merges, geometry } = this;
    checkBuddies(table, free, freeBytes, geometry, merges ? (id) => this.buddyOf(id) : null, demand);
  }

  structure(): HeapStructure {
    const { table, free, geometry } = this;
    const orders: { size: number; blocks: number[] }[] = [];
    for (let id = free.head; id >= 0; id = free.after[id]) {
      const size = table.size(id);
      if (orders.at(-1)?.size !== size) orders.push({ size, blocks: [] });
      orders[orders.length - 1].blocks.push(table.address(id));
    }
    const roots: BuddyRoot[] = [];
    const end = table.last < 0 ? geometry.firstBlock : table.end(table.last);
    for (let at = geometry.firstBlock; at < end;) {
      const size = this.largestAt(at, end);
      roots.push({ address: at, size });
      at += size;
    }
    const found: readonly BuddyOrder[] = orders;
    return { kind: "buddy", smallest: geometry.min, orders: found, roots };
  }

  save(): SavedBuddies {
    const { freeBytes, newest, searched, unmerged } = this;
    return { numbers: [freeBytes, newest, searched], unmerged };
  }

  load(saved: SavedBuddies): void {
    this.free.fill(this.table.freeIds());
    [this.freeBytes, this.newest, this.searched] = saved.numbers;
    this.unmerged = saved.unmerged;
  }

  private powerFor(need: number): number {
    return Math.max(this.geometry.min, powerOfTwoFrom(need));
  }

  /**
   * The size of the block for a request. A block at least as large as the alignment begins at a multiple of it from the
   * first block, so that the padding in front of the payload is the same in all of them.
   */
  private sizeFor(need: number, align: number): number {
    if (align === 1) return this.powerFor(need);
    return this.powerFor(Math.max(align, need + leadFor(this.geometry.firstBlock, this.options.header, align)));
  }

  private ofSameSize(id: number, neighbour: number): number {
    return neighbour >= 0 && this.table.size(neighbour) === this.table.size(id) ? neighbour : -1;
  }

  private isLower(address: number, size: number): boolean {
    return ((address - this.geometry.firstBlock) / size) % 2 === 0;
  }

  /** The block's buddy if it is free and whole, else -1. */
  private buddyOf(id: number): number {
    const { table } = this;
    const size = table.size(id);
    const other = this.isLower(table.address(id), size) ? table.next(id) : table.previous(id);
    return table.isFree(other) && table.size(other) === size ? other : -1;
  }

  /** Whether a free block begins at the address and everything after it is free. */
  private isFreeFrom(address: number): boolean {
    const { table } = this;
    let id = table.last;
    while (table.isFree(id) && table.address(id) > address) id = table.previous(id);
    return table.isFree(id) && table.address(id) === address;
  }

  /** Size of the largest block that may begin at the address and ends by `end`. */
  private largestAt(address: number, end: number): number {
    let size = this.geometry.min;
    while (this.isLower(address, size) && address + 2 * size <= end) size *= 2;
    return size;
  }

  private enterBetween(after: number, begins: number, end: number): void {
    let last = after;
    for (let at = begins; at < end;) {
      last = this.table.insertAfter(last, at, this.largestAt(at, end));
      this.enter(last);
      at = this.table.end(last);
    }
  }

  private enterMerged(freed: number): number {
    const { table } = this;
    let id = freed;
    for (let buddy = this.buddyOf(id); buddy >= 0; buddy = this.buddyOf(id)) {
      this.leave(buddy);
      const upper = table.address(buddy) > table.address(id) ? buddy : id;
      id = upper === id ? buddy : id;
      const half = table.size(id);
      table.setSize(id, 2 * half);
      this.log.push(coalesceEvent, table.address(id), 2 * half, table.address(upper), half);
      table.remove(upper);
    }
    this.enter(id);
    return id;
  }

  private enter(id: number): void {
    const { table, headers } = this;
    table.place[id] = table.size(id);
    table.rankKey[id] = this.options.order === "address" ? table.address(id) : --this.newest;
    this.free.insert(id);
    this.freeBytes += table.size(id);
    if (headers === null) return;
    headers.writeAll(id);
    headers.writeNext(this.before(id));
    headers.writePrevious(this.after(id));
  }

  private leave(id: number): void {
    const before = this.before(id);
    const after = this.after(id);
    this.free.remove(id);
    this.freeBytes -= this.table.size(id);
    this.table.place[id] = NaN;
    this.headers?.writeNext(before);
    this.headers?.writePrevious(after);
  }
}
