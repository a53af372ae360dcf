import { Bitmap } from "./Bitmap";
import type { BlockTable } from "./BlockTable";
import { grownInts, initialCapacity } from "./growable";
import { OrderTree, placePrecedes, type ListKey } from "./OrderTree";

const bins = 2048;
/** Values of `bin` that name no bin: a block that is not in the index, one that is in the tree. */
const nowhere = -1;
const inTree = -2;

/**
 * Free blocks by size and, among equals, by their place in the free list: what best fit asks for.
 *
 * As in dlmalloc (Lea, "A Memory Allocator", 1996) small sizes have a bin each, which a bitmap finds, and larger ones
 * share a search tree. The blocks of a bin form a pairing heap (Fredman, Sedgewick, Sleator and Tarjan, "The pairing
 * heap: a new form of self-adjusting heap", 1986) whose root is the one nearest the list's head: entering costs O(1),
 * leaving O(log n) amortized over the blocks of one size.
 */
export class SizeIndex {
  length = 0;
  private readonly limit: number;
  private readonly binsPerByte: number;
  private readonly filled = new Bitmap();
  private readonly roots = new Int32Array(bins).fill(-1);
  private readonly large: OrderTree;
  /** By block: its bin; its first child; its next sibling; the sibling before it, the parent of a first child. */
  private bin = new Int32Array(initialCapacity).fill(nowhere);
  private child = new Int32Array(initialCapacity);
  private next = new Int32Array(initialCapacity);
  private back = new Int32Array(initialCapacity);

  /** Sizes asked for are multiples of `granule`, a power of two; blocks of other sizes lie between. */
  constructor(
    private readonly table: BlockTable,
    private readonly key: ListKey,
    granule: number,
  ) {
    this.limit = bins * granule;
    this.binsPerByte = 1 / granule;
    this.large = new OrderTree(table, key, true);
  }

  /** Size of the largest block, 0 when there is none. */
  get largestSize(): number {
    const { table, large } = this;
    if (large.tail >= 0) return table.size(large.tail);
    const bin = this.filled.last();
    let largest = 0;
    if (bin >= 0) this.visit(this.roots[bin], (id) => (largest = Math.max(largest, table.size(id))));
    return largest;
  }

  holds(id: number): boolean {
    return id < this.bin.length && this.bin[id] !== nowhere;
  }

  insert(id: number): void {
    if (id >= this.bin.length) this.enlarge(this.table.capacity);
    this.length++;
    const size = this.table.size(id);
    if (size >= this.limit) {
      this.bin[id] = inTree;
      this.large.insert(id);
      return;
    }
    const bin = (size * this.binsPerByte) | 0;
    this.bin[id] = bin;
    this.child[id] = this.next[id] = this.back[id] = -1;
    const root = this.roots[bin];
    if (root < 0) {
      this.roots[bin] = id;
      this.filled.add(bin);
    } else this.roots[bin] = this.link(root, id);
  }

  /** Must come before its size or its place in the list changes. */
  remove(id: number): void {
    const bin = this.bin[id];
    this.length--;
    this.bin[id] = nowhere;
    if (bin === inTree) {
      this.large.remove(id);
      return;
    }
    const below = this.child[id] < 0 ? -1 : this.linkPairs(this.child[id]);
    const root = this.roots[bin];
    if (root === id) {
      this.roots[bin] = below;
      if (below < 0) this.filled.remove(bin);
      return;
    }
    const { next, back } = this;
    const before = back[id];
    const after = next[id];
    if (this.child[before] === id) this.child[before] = after;
    else next[before] = after;
    if (after >= 0) back[after] = before;
    if (below >= 0) this.roots[bin] = this.link(root, below);
  }

  /** Makes the index anew of these blocks. */
  fill(ids: readonly number[]): void {
    this.length = 0;
    this.filled.clear();
    this.large.clear();
    this.roots.fill(-1);
    this.bin.fill(nowhere);
    for (const id of ids) this.insert(id);
  }

  /** The smallest block of at least `size` bytes, the one nearest the list's head; or -1. */
  smallestAtLeast(size: number): number {
    if (size < this.limit) {
      const bin = this.filled.firstFrom((size * this.binsPerByte) | 0);
      if (bin >= 0) return this.roots[bin];
    }
    return this.large.smallestAtLeast(size);
  }

  /** The same among the blocks that `suits` is true of. Passes over the others one by one. */
  smallestSuitable(size: number, suits: (id: number) => boolean): number {
    let found = -1;
    if (size < this.limit) {
      let bin = this.filled.firstFrom((size * this.binsPerByte) | 0);
      for (; bin >= 0 && found < 0; bin = this.filled.firstFrom(bin + 1)) {
        this.visit(this.roots[bin], (id) => {
          if (suits(id) && (found < 0 || this.precedes(id, found))) found = id;
        });
      }
      if (found >= 0) return found;
    }
    found = this.large.smallestAtLeast(size);
    while (found >= 0 && !suits(found)) found = this.large.after[found];
    return found;
  }

  /** What is wrong with the index, or null. */
  brokenInvariant(): string | null {
    let length = this.large.length;
    for (let bin = 0; bin < bins; bin++) {
      const root = this.roots[bin];
      const marked = ((this.filled.word(bin >>> 5) >>> (bin & 31)) & 1) === 1;
      if (marked !== root >= 0) return "The size index marks a bin wrongly.";
      let broken = null as string | null;
      this.visit(root, (id) => {
        length++;
        const expected = Math.floor(this.table.size(id) * this.binsPerByte);
        if (this.bin[id] !== bin || expected !== bin) broken = "A block is in the wrong bin of the size index.";
        for (let child = this.child[id], back = id; child >= 0; back = child, child = this.next[child]) {
          if (!this.precedes(id, child) || this.back[child] !== back) broken = "A pairing heap is out of order.";
        }
      });
      if (broken !== null) return broken;
    }
    for (let id = this.large.head; id >= 0; id = this.large.after[id]) {
      if (this.bin[id] !== inTree || this.table.size(id) < this.limit) return "The size tree holds a small block.";
    }
    if (length !== this.length) return "The size index does not hold as many blocks as it says.";
    return this.large.brokenInvariant();
  }

  private precedes(a: number, b: number): boolean {
    const { table, key } = this;
    return table.size(a) !== table.size(b) ? table.size(a) < table.size(b) : placePrecedes(table, key, a, b);
  }

  /** Joins two heaps, one of which precedes; returns its root. */
  private link(a: number, b: number): number {
    const bFirst = this.precedes(b, a);
    const root = bFirst ? b : a;
    const below = bFirst ? a : b;
    const first = this.child[root];
    this.next[below] = first;
    if (first >= 0) this.back[first] = below;
    this.back[below] = root;
    this.child[root] = below;
    this.next[root] = -1;
    return root;
  }

  /** Joins the heaps of siblings two by two, then the results from the last to the first. */
  private linkPairs(from: number): number {
    const { next } = this;
    let pairs = -1;
    for (let first = from; first >= 0;) {
      const second = next[first];
      const rest = second < 0 ? -1 : next[second];
      const pair = second < 0 ? first : this.link(first, second);
      next[pair] = pairs;
      pairs = pair;
      first = rest;
    }
    let root = pairs;
    for (let pair = next[pairs]; pair >= 0;) {
      const rest = next[pair];
      root = this.link(root, pair);
      pair = rest;
    }
    next[root] = -1;
    return root;
  }

  private visit(root: number, see: (id: number) => void): void {
    const waiting = root < 0 ? [] : [root];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      see(id);
      for (let child = this.child[id]; child >= 0; child = this.next[child]) waiting.push(child);
    }
  }

  private enlarge(capacity: number): void {
    const old = this.bin.length;
    this.bin = grownInts(this.bin, capacity);
    this.bin.fill(nowhere, old);
    this.child = grownInts(this.child, capacity);
    this.next = grownInts(this.next, capacity);
    this.back = grownInts(this.back, capacity);
  }
}
