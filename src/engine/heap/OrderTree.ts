import type { BlockTable } from "./BlockTable";
import { grownFloats, grownInts, initialCapacity } from "./growable";

/** By what the blocks of a tree are ordered: free-list place; size and then place; address. */
export type TreeOrder = "place" | "size" | "address";

const columns = ["left", "right", "parent", "before", "after", "count"] as const;

export interface OrderTreeSnapshot {
  readonly ints: readonly Int32Array[];
  readonly largest: Float64Array;
  readonly ends: readonly [root: number, head: number, tail: number];
}

/**
 * A treap of block ids (Seidel and Aragon, "Randomized Search Trees", 1996), threaded in order, in which each node
 * knows the number of nodes and the largest block of its subtree. The priority of a node is a hash of its id, so the
 * same operations always give the same tree. Everything costs expected O(log n) and allocates nothing.
 */
export class OrderTree {
  root = -1;
  head = -1;
  tail = -1;
  /** Neighbours in the tree's order, -1 at the ends. */
  before = new Int32Array(initialCapacity);
  after = new Int32Array(initialCapacity);
  private left = new Int32Array(initialCapacity);
  private right = new Int32Array(initialCapacity);
  private parent = new Int32Array(initialCapacity);
  private count = new Int32Array(initialCapacity);
  private largest = new Float64Array(initialCapacity);

  constructor(
    private readonly table: BlockTable,
    private readonly order: TreeOrder,
  ) {}

  get length(): number {
    return this.root < 0 ? 0 : this.count[this.root];
  }

  /** Size of the largest block, 0 when there is none. */
  get largestSize(): number {
    return this.root < 0 ? 0 : this.largest[this.root];
  }

  clear(): void {
    this.root = this.head = this.tail = -1;
  }

  insert(id: number): void {
    if (id >= this.count.length) this.enlarge(this.table.state.length);
    let parent = -1;
    let before = -1;
    let after = -1;
    for (let at = this.root; at >= 0;) {
      parent = at;
      if (this.precedes(id, at)) {
        after = at;
        at = this.left[at]!;
      } else {
        before = at;
        at = this.right[at]!;
      }
    }
    this.left[id] = this.right[id] = -1;
    this.parent[id] = parent;
    if (parent < 0) this.root = id;
    else if (parent === after) this.left[parent] = id;
    else this.right[parent] = id;
    this.before[id] = before;
    this.after[id] = after;
    if (before < 0) this.head = id;
    else this.after[before] = id;
    if (after < 0) this.tail = id;
    else this.before[after] = id;
    this.update(id);
    while (this.parent[id] >= 0 && priority(id) > priority(this.parent[id])) this.rotateUp(id);
    this.updateAbove(this.parent[id]);
  }

  /** Needs no keys, so the block's facts may have changed already. */
  remove(id: number): void {
    for (;;) {
      const left = this.left[id];
      const right = this.right[id];
      if (left < 0 || right < 0) break;
      this.rotateUp(priority(left) > priority(right) ? left : right);
    }
    const child = this.left[id] >= 0 ? this.left[id] : this.right[id];
    const parent = this.parent[id];
    this.replaceChild(parent, id, child);
    if (child >= 0) this.parent[child] = parent;
    this.updateAbove(parent);
    const before = this.before[id];
    const after = this.after[id];
    if (before < 0) this.head = after;
    else this.after[before] = after;
    if (after < 0) this.tail = before;
    else this.before[after] = before;
  }

  /** Must follow each change of the size of a block that stays at its place. */
  refresh(id: number): void {
    this.updateAbove(id);
  }

  /** Position in the order, counted from 0. */
  rank(id: number): number {
    let rank = this.left[id] < 0 ? 0 : this.count[this.left[id]];
    for (let at = id; this.parent[at] >= 0; at = this.parent[at]!) {
      const parent = this.parent[at];
      if (this.right[parent] === at) rank += this.count[parent] - this.count[at];
    }
    return rank;
  }

  /** The first block of at least `size` bytes, or -1. */
  firstAtLeast(size: number): number {
    return this.firstInSubtree(this.root, size);
  }

  /** The first block of at least `size` bytes at `from` or after it, or -1. */
  firstAtLeastFrom(from: number, size: number): number {
    if (from < 0) return -1;
    const { size: sizes } = this.table;
    if (sizes[from] >= size) return from;
    const inRight = this.firstInSubtree(this.right[from], size);
    if (inRight >= 0) return inRight;
    for (let at = from; this.parent[at] >= 0; at = this.parent[at]!) {
      const parent = this.parent[at];
      if (this.left[parent] !== at) continue;
      if (sizes[parent] >= size) return parent;
      const found = this.firstInSubtree(this.right[parent], size);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** In a tree ordered by size: the smallest block of at least `size` bytes, the one nearest the list's head; or -1. */
  smallestAtLeast(size: number): number {
    let found = -1;
    for (let at = this.root; at >= 0;) {
      if (this.table.size[at] >= size) {
        found = at;
        at = this.left[at]!;
      } else at = this.right[at]!;
    }
    return found;
  }

  /** In a tree ordered by address: the last block that begins at or before the address, or -1. */
  lastNotAfter(address: number): number {
    let found = -1;
    for (let at = this.root; at >= 0;) {
      if (this.table.address[at] <= address) {
        found = at;
        at = this.right[at]!;
      } else at = this.left[at]!;
    }
    return found;
  }

  /** In a tree ordered by address, or by places that are addresses: the first block at or after the address, or -1. */
  firstAtAddress(address: number): number {
    let found = -1;
    for (let at = this.root; at >= 0;) {
      if (this.table.address[at] >= address) {
        found = at;
        at = this.left[at]!;
      } else at = this.right[at]!;
    }
    return found;
  }

  save(): OrderTreeSnapshot {
    const { count } = this.table;
    return {
      ints: columns.map((column) => this[column].slice(0, count)),
      largest: this.largest.slice(0, count),
      ends: [this.root, this.head, this.tail],
    };
  }

  load(saved: OrderTreeSnapshot): void {
    if (this.count.length < saved.largest.length) this.enlarge(saved.largest.length);
    columns.forEach((column, index) => this[column].set(saved.ints[index]));
    this.largest.set(saved.largest);
    [this.root, this.head, this.tail] = saved.ends;
  }

  private precedes(a: number, b: number): boolean {
    const { table } = this;
    if (this.order === "address") return table.address[a] < table.address[b];
    if (this.order === "size" && table.size[a] !== table.size[b]) return table.size[a] < table.size[b];
    if (table.place[a] !== table.place[b]) return table.place[a] < table.place[b];
    return table.rankKey[a] < table.rankKey[b];
  }

  private firstInSubtree(top: number, size: number): number {
    if (top < 0 || this.largest[top] < size) return -1;
    for (let at = top; ;) {
      const left = this.left[at];
      if (left >= 0 && this.largest[left] >= size) at = left;
      else if (this.table.size[at] >= size) return at;
      else at = this.right[at]!;
    }
  }

  private update(id: number): void {
    const left = this.left[id];
    const right = this.right[id];
    let count = 1;
    let largest = this.table.size[id];
    if (left >= 0) {
      count += this.count[left];
      if (this.largest[left] > largest) largest = this.largest[left]!;
    }
    if (right >= 0) {
      count += this.count[right];
      if (this.largest[right] > largest) largest = this.largest[right]!;
    }
    this.count[id] = count;
    this.largest[id] = largest;
  }

  private updateAbove(id: number): void {
    for (let at = id; at >= 0; at = this.parent[at]!) this.update(at);
  }

  private rotateUp(id: number): void {
    const parent = this.parent[id];
    const grandparent = this.parent[parent];
    if (this.left[parent] === id) {
      const middle = this.right[id];
      this.left[parent] = middle;
      if (middle >= 0) this.parent[middle] = parent;
      this.right[id] = parent;
    } else {
      const middle = this.left[id];
      this.right[parent] = middle;
      if (middle >= 0) this.parent[middle] = parent;
      this.left[id] = parent;
    }
    this.parent[parent] = id;
    this.parent[id] = grandparent;
    this.replaceChild(grandparent, parent, id);
    this.update(parent);
    this.update(id);
  }

  private replaceChild(parent: number, old: number, replacement: number): void {
    if (parent < 0) this.root = replacement;
    else if (this.left[parent] === old) this.left[parent] = replacement;
    else this.right[parent] = replacement;
  }

  private enlarge(capacity: number): void {
    for (const column of columns) this[column] = grownInts(this[column], capacity);
    this.largest = grownFloats(this.largest, capacity);
  }
}

/** A well mixed 32-bit number for each id (the finalizer of MurmurHash3, a bijection, so no two are equal). */
function priority(id: number): number {
  let mixed = id ^ 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
