import { roundUp } from "../address";
import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber } from "../events";
import { checkBuddies } from "./buddyInvariants";
import { BuddyLists } from "./BuddyLists";
import { movePayload, type CompactionMove } from "./defragment";
import { leadFor } from "./geometry";
import type { Demand } from "./listInvariants";
import { Placement, type HeapParts } from "./Placement";
import { powerOfTwoFrom } from "./sizeClasses";
import type { BuddyRoot, HeapStructure, SizeList } from "./structure";

const splitEvent = eventKindNumber("split");

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
 */
export class BuddyPlacement extends Placement<BuddyLists> {
  constructor(heap: HeapParts) {
    super(heap, new BuddyLists(heap.table, heap.options.order === "address"));
  }

  find(need: number, align: number): number {
    const found = this.free.tree.firstAtLeast(this.sizeFor(need, align));
    this.searched = found < 0 ? 0 : 1;
    return found;
  }

  protected enter(id: number): void {
    this.free.enter(id);
  }

  override carve(found: number, need: number, align: number): number {
    const { table } = this;
    const wanted = this.sizeFor(need, align);
    this.leave(found);
    const rest = table.size(found) - wanted;
    table.setSize(found, wanted);
    this.freeTail(found, rest);
    return found;
  }

  override release(id: number): void {
    if (this.merges) this.enterMerged(id);
    else super.release(id);
  }

  override blockSize(need: number): number {
    return Math.max(this.min, powerOfTwoFrom(need));
  }

  override growthEnd(begins: number, need: number, align: number): number {
    const size = this.sizeFor(need, align);
    const below = begins - ((begins - this.geometry.firstBlock) % size);
    const gainsAll = below === begins || (this.merges && this.isFreeFrom(below));
    return (gainsAll ? below : below + size) + size;
  }

  /** A block that is the lowest part of the wanted one doubles in place once the heap has gained the rest. */
  override growthEndFor(id: number, need: number): number {
    const { table, geometry } = this;
    const wanted = this.blockSize(need);
    const begins = (table.address(id) - geometry.firstBlock) % wanted === 0;
    const isAtEnd = id === table.last || (this.merges && this.isFreeFrom(table.end(id)));
    return begins && isAtEnd ? table.address(id) + wanted : -1;
  }

  override servingEnd(start: number, need: number, align: number): number {
    const { firstBlock } = this.geometry;
    const size = this.sizeFor(need, align);
    return firstBlock + roundUp(start - firstBlock, size) + size;
  }

  override growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.growthEnd(begins, need, align);
  }

  override grow(begins: number, end: number): void {
    for (let at = begins; at < end;) {
      const size = this.largestAt(at, end);
      this.release(this.table.insertAfter(this.table.last, at, size));
      at += size;
    }
  }

  /** What is left of a block is as many smaller ones as it takes. */
  override shrink(end: number): void {
    const { last } = this.table;
    const start = this.table.address(last);
    super.shrink(start);
    this.grow(start, end);
  }

  /** A block stays as large as its alignment, so that it keeps it wherever compaction puts it. */
  override keptSize(id: number, need: number): number {
    return Math.min(this.table.size(id), this.blockSize(Math.max(need, this.table.alignment(id))));
  }

  /** The tail is what halving left: upper halves, each the buddy of what lies below it. */
  override freeTail(id: number, rest: number): void {
    const { table } = this;
    const kept = table.size(id);
    const start = table.address(id);
    for (let half = (kept + rest) / 2; half >= kept; half /= 2) {
      this.enter(table.insertAfter(id, start + half, half));
      this.log.push(splitEvent, start, half, start + half, half);
    }
  }

  /** A block doubles in place while it is the lower half and its buddy is free and whole. */
  override extendUsed(id: number, need: number): number {
    const { table } = this;
    const wanted = this.blockSize(need);
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

  override mergeAll(): number {
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
  override compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.free.clear();
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

  /** As low as its size allows. */
  override slidEnd(cursor: number, id: number): number {
    const { firstBlock } = this.geometry;
    const size = this.table.size(id);
    return firstBlock + roundUp(cursor - firstBlock, size) + size;
  }

  override check(demand: Demand): void {
    this.checkFree(demand);
  }

  structure(): HeapStructure {
    const { table, free, geometry } = this;
    const lists: (SizeList & { blocks: number[] })[] = [];
    for (let id = free.next(-1); id >= 0; id = free.next(id)) {
      const size = table.size(id);
      const index = Math.log2(size / geometry.min);
      if (lists.at(-1)?.least !== size) lists.push({ index, least: size, below: size + 1, blocks: [] });
      lists[lists.length - 1].blocks.push(table.address(id));
    }
    const roots: BuddyRoot[] = [];
    const end = table.last < 0 ? geometry.firstBlock : table.end(table.last);
    for (let at = geometry.firstBlock; at < end;) {
      const size = this.largestAt(at, end);
      roots.push({ address: at, size });
      at += size;
    }
    return { kind: "buddy", lists, smallest: geometry.min, roots };
  }

  protected checkFree(demand: Demand): void {
    const { table, free, merges, geometry } = this;
    checkBuddies(table, free, geometry, merges ? (id) => this.buddyOf(id) : null, demand);
  }

  /**
   * The size of the block for a request. A block at least as large as the alignment begins at a multiple of it from the
   * first block, so that the padding in front of the payload is the same in all of them.
   */
  private sizeFor(need: number, align: number): number {
    if (align === 1) return this.blockSize(need);
    return this.blockSize(Math.max(align, need + leadFor(this.geometry.firstBlock, this.options.header, align)));
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
      this.absorb(id, upper);
    }
    this.enter(id);
    return id;
  }
}
