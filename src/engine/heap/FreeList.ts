import type { BlockTable } from "./BlockTable";
import type { FreeBlocks } from "./FreeBlocks";
import type { HeaderBytes } from "./HeaderBytes";
import { OrderTree, type ListKey } from "./OrderTree";
import type { CoalesceMode, ListOrder } from "./placementOptions";
import { SizeIndex } from "./SizeIndex";

/** With half as many free blocks as used ones (Knuth's fifty-percent rule) most have a free one this near. */
const mostSteps = 12;

type FreeListSnapshot = ReturnType<FreeList["save"]>;

/** Which free blocks are not in the list, because they wait elsewhere. */
export interface WaitingElsewhere {
  holds(id: number): boolean;
}

/**
 * The explicit free list. A block's place in it is its address or, in the other orders, a pair of numbers (`place`,
 * `rankKey`), so that the list is a search tree whatever its order: a counter running down (lifo) or up (fifo); or the
 * size at the last sort and a counter. Blocks whose size changed since the last sort are `stale`: they keep their place
 * until the next free, exactly as in OSTEP's malloc.py, where a split leaves a size-sorted list unsorted.
 */
export class FreeList implements FreeBlocks {
  /** Only kept for best fit, which then needs no search tree by place: that one is made on demand. */
  readonly sizes: SizeIndex | null;
  length = 0;
  bytes = 0;
  /** Next fit in a list not in address order: the block where the next search begins, -1 for the head. */
  rover = -1;
  /** Next fit in address order: the address where the next search begins. */
  roverAddress = 0;
  private headers: HeaderBytes | null = null;
  private front = 0;
  private back = 0;
  private stale: number[] = [];
  /** Blocks that may touch their successor in the list since the last pass; only kept for list-pass. */
  private seams: number[] = [];
  private readonly key: ListKey;
  private tree: OrderTree | null;
  private readonly sign: number;
  private readonly keepsSeams: boolean;

  constructor(
    private readonly table: BlockTable,
    private readonly listOrder: ListOrder,
    coalesce: CoalesceMode,
    /** The unit of the sizes that best fit asks for; null for other policies. */
    sizeGranule: number | null,
    private readonly apart: WaitingElsewhere | null = null,
  ) {
    this.key = listOrder === "address" ? "address" : "place";
    this.sizes = sizeGranule === null ? null : new SizeIndex(table, this.key, sizeGranule);
    this.tree = this.sizes === null ? new OrderTree(table, this.key) : null;
    this.sign = listOrder === "size-asc" ? 1 : listOrder === "size-desc" ? -1 : 0;
    this.keepsSeams = coalesce === "list-pass";
  }

  get isByAddress(): boolean {
    return this.key === "address";
  }

  /** The list as a search tree by place. */
  get order(): OrderTree {
    return this.tree ?? this.makeOrder();
  }

  get largestSize(): number {
    return this.sizes === null ? this.order.largestSize : this.sizes.largestSize;
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  before(id: number): number {
    return this.order.before[id];
  }

  after(id: number): number {
    return this.order.after[id];
  }

  next(id: number): number {
    return id < 0 ? this.order.head : this.order.after[id];
  }

  clear(): void {
    this.length = 0;
    this.tree?.clear();
    this.sizes?.fill([]);
    this.stale.length = this.seams.length = 0;
    this.bytes = 0;
    this.rover = -1;
    this.roverAddress = 0;
  }

  /** Puts a freed block where the order of the list says. Size orders are sorted stably, the freed block last. */
  enter(id: number): void {
    const { table } = this;
    if (this.sign !== 0) this.sort();
    if (this.listOrder !== "address") {
      table.place[id] = this.sign * table.size(id);
      table.rankKey[id] = this.listOrder === "lifo" ? --this.front : ++this.back;
    }
    this.link(id, this.isByAddress && this.tree !== null ? this.freeBefore(id) : -1);
  }

  /** Puts a free block right after another one, whatever the order. */
  enterAfter(before: number, id: number): void {
    const { table } = this;
    if (this.listOrder !== "address") {
      table.place[id] = table.place[before];
      let key = this.keyAfter(before);
      if (key === table.rankKey[before]) {
        this.renumber();
        key = this.keyAfter(before);
      }
      table.rankKey[id] = key;
      if (key > this.back) this.back = key;
    }
    this.noteStale(id);
    this.link(id, before);
  }

  /** A rover on the block moves to its successor. */
  leave(id: number): void {
    const { table, headers } = this;
    const tellsNeighbours = this.keepsSeams || headers !== null;
    const before = tellsNeighbours ? this.order.before[id] : -1;
    const after = tellsNeighbours ? this.order.after[id] : -1;
    if (this.rover === id) this.rover = this.order.after[id];
    this.length--;
    this.bytes -= table.size(id);
    if (this.tree !== null) this.tree.remove(id);
    if (this.sizes !== null) this.sizes.remove(id);
    if (this.sign !== 0) table.place[id] = NaN;
    if (!tellsNeighbours) return;
    this.noteSeam(before);
    headers?.writeNext(before);
    headers?.writePrevious(after);
  }

  /** Gives a block of the list new bounds; it keeps its place. Address order survives as blocks never overtake others. */
  resize(id: number, address: number, size: number): void {
    const { table, headers } = this;
    const moved = table.address(id) !== address;
    if (this.sizes !== null) this.sizes.remove(id);
    this.bytes += size - table.size(id);
    table.setAddress(id, address);
    table.setSize(id, size);
    if (this.tree !== null) this.tree.refresh(id);
    if (this.sizes !== null) this.sizes.insert(id);
    this.noteStale(id);
    if (!headers) return;
    if (!moved) {
      headers.writeSize(id);
      return;
    }
    headers.writeAll(id);
    headers.writeNext(this.order.before[id]);
    headers.writePrevious(this.order.after[id]);
  }

  /**
   * Divides a block into free bytes `below`, a block of `size` bytes for use, whose id it returns, and free bytes
   * `above`. What remains free keeps the place in the list.
   */
  divide(found: number, below: number, size: number, above: number): number {
    const { table } = this;
    const start = table.address(found);
    if (below > 0) {
      this.resize(found, start, below);
      const id = table.insertAfter(found, start + below, size);
      if (above > 0) this.enterAfter(found, table.insertAfter(id, start + below + size, above));
      return id;
    }
    if (above > 0) {
      const id = table.insertBefore(found, start, size, start + size);
      this.resize(found, start + size, above);
      return id;
    }
    this.leave(found);
    return found;
  }

  /** Sorts a size-ordered list stably: only blocks whose size changed since the last sort have to move. */
  sort(): void {
    const { table, sign } = this;
    if (sign === 0 || this.stale.length === 0) return;
    const moving = [...new Set(this.stale)].filter(
      (id) => table.isFree(id) && !Number.isNaN(table.place[id]) && table.place[id] !== sign * table.size(id),
    );
    this.stale.length = 0;
    if (moving.length === 0) return;
    const { rover } = this;
    moving.sort((a, b) => table.place[a] - table.place[b] || table.rankKey[a] - table.rankKey[b]);
    // Blocks from further back come after their equals, in list order; those from further ahead come before them.
    const fromBehind = moving.filter((id) => table.place[id] > sign * table.size(id));
    const fromAhead = moving.filter((id) => table.place[id] < sign * table.size(id)).reverse();
    for (const id of moving) this.leave(id);
    for (const id of fromBehind) table.rankKey[id] = ++this.back;
    for (const id of fromAhead) table.rankKey[id] = --this.front;
    for (const id of moving) {
      table.place[id] = sign * table.size(id);
      this.link(id, -1);
    }
    this.rover = rover;
  }

  /** Hands the blocks that may touch their list successor to `visit` and forgets them. */
  drainSeams(visit: (id: number) => void): void {
    // Visiting may note further blocks. The order does not matter: blocks that touch are joined in the end.
    for (let id = this.seams.pop(); id !== undefined; id = this.seams.pop()) visit(id);
  }

  save() {
    return {
      stale: [...this.stale],
      seams: [...this.seams],
      numbers: [this.front, this.back, this.bytes, this.rover, this.roverAddress] as const,
    };
  }

  /** What waits elsewhere must be that of the same moment, too. */
  load(saved: FreeListSnapshot): void {
    this.fillFromTable();
    this.stale = [...saved.stale];
    this.seams = [...saved.seams];
    [this.front, this.back, this.bytes, this.rover, this.roverAddress] = saved.numbers;
  }

  /** Makes the indexes again, which is cheaper than keeping them in every snapshot. */
  private fillFromTable(): void {
    const ids = this.table.freeIds().filter((id) => this.apart?.holds(id) !== true);
    this.length = ids.length;
    this.sizes?.fill(ids);
    if (this.sizes === null) this.tree?.fill(ids);
    else this.tree = null;
  }

  /** Makes the tree by place of the blocks in the index by size. */
  private makeOrder(): OrderTree {
    const { table, sizes } = this;
    this.tree = new OrderTree(table, this.key);
    this.tree.fill(table.freeIds().filter((id) => sizes?.holds(id)));
    return this.tree;
  }

  /** A block of the list that precedes this one in address order and is at most a few blocks away, or -1. */
  private freeBefore(id: number): number {
    const { table, apart } = this;
    let at = table.previous(id);
    for (let steps = 0; at >= 0 && steps < mostSteps; steps++) {
      if (table.isFree(at) && apart?.holds(at) !== true) return at;
      at = table.previous(at);
    }
    return -1;
  }

  /** Puts a block into the indexes; `after`, if known (not -1), is the block that it comes right after. */
  private link(id: number, after: number): void {
    const { headers } = this;
    this.length++;
    this.bytes += this.table.size(id);
    if (this.tree !== null) {
      if (after >= 0) this.tree.insertAfter(after, id);
      else this.tree.insert(id);
    }
    if (this.sizes !== null) this.sizes.insert(id);
    if (!this.keepsSeams && headers === null) return;
    const before = this.order.before[id];
    this.noteSeam(id);
    this.noteSeam(before);
    if (headers === null) return;
    headers.writeAll(id);
    headers.writeNext(before);
    headers.writePrevious(this.order.after[id]);
  }

  private noteSeam(id: number): void {
    if (!this.keepsSeams || id < 0) return;
    this.seams.push(id);
    if (this.seams.length > 2 * this.table.count + 64) this.seams = [...new Set(this.seams)];
  }

  private noteStale(id: number): void {
    const { table, sign, stale } = this;
    if (sign === 0 || table.place[id] === sign * table.size(id)) return;
    if (stale[stale.length - 1] !== id) stale.push(id);
    // Only frees drain the notes, so repeated ones must not pile up.
    if (stale.length > 2 * table.count + 64) this.stale = [...new Set(stale)];
  }

  /** A key strictly between a block and its successor, or the block's own key when no number lies between. */
  private keyAfter(id: number): number {
    const { table } = this;
    const own = table.rankKey[id];
    const after = this.order.after[id];
    if (after < 0 || table.place[after] !== table.place[id]) return own + 1;
    const key = (own + table.rankKey[after]) / 2;
    return key > own && key < table.rankKey[after] ? key : own;
  }

  /** Makes all keys whole numbers in the same order: needed once in some fifty insertions at one place. */
  private renumber(): void {
    this.front = 0;
    this.back = 0;
    for (let id = this.order.head; id >= 0; id = this.order.after[id]!) this.table.rankKey[id] = ++this.back;
  }
}
