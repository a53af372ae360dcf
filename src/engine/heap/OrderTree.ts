import type { BlockTable } from "./BlockTable";
import { grownInts, initialCapacity } from "./growable";
import { fanOut, OrderNodes } from "./OrderNodes";

/** What a block's place in a list is told by: its address, or the pair `place` and `rankKey`. */
export type ListKey = "address" | "place";

export function placePrecedes(table: BlockTable, key: ListKey, a: number, b: number): boolean {
  if (key === "address") return table.address(a) < table.address(b);
  if (table.place[a] !== table.place[b]) return table.place[a] < table.place[b];
  return table.rankKey[a] < table.rankKey[b];
}

const half = fanOut / 2;
/** A node with fewer entries joins a neighbour if both fit well into one. */
const sparse = fanOut / 4;
const full = (fanOut * 3) / 4;

/**
 * A B+-tree of block ids (Bayer and McCreight 1972; Comer, "The Ubiquitous B-Tree", 1979), threaded in order, in which
 * each entry of a node knows the number of blocks and the size of the largest one below it (order statistics and
 * interval maxima as in Cormen et al., "Introduction to Algorithms", chapter 14). Everything costs O(log n) and
 * allocates nothing but room for more nodes. Wide nodes keep the sizes that a search compares side by side in memory.
 */
export class OrderTree extends OrderNodes {
  length = 0;
  head = -1;
  tail = -1;
  /** Blocks before the one that {@link firstAtLeast} returned last. */
  passed = 0;
  /** Neighbours in the tree's order by block, -1 at the ends. */
  before = new Int32Array(initialCapacity);
  after = new Int32Array(initialCapacity);
  /** By block: its leaf. */
  private leaf = new Int32Array(initialCapacity);

  private root = 0;
  private levels = 1;

  constructor(
    private readonly table: BlockTable,
    private readonly key: ListKey,
    /** Whether blocks are ordered by size first. */
    private readonly bySize = false,
  ) {
    super();
    if (key === "place") table.keepsPlaces = true;
  }

  /** Size of the largest block, 0 when there is none. */
  get largestSize(): number {
    return this.length === 0 ? 0 : this.mostOf(this.root);
  }

  clear(): void {
    this.length = this.root = 0;
    this.levels = this.nodes = 1;
    this.head = this.tail = this.spare = -1;
    this.used[0] = 0;
    this.parent[0] = -1;
  }

  /** Makes the tree anew of these blocks, which it sorts. */
  fill(ids: number[]): void {
    this.clear();
    ids.sort((a, b) => (this.precedes(a, b) ? -1 : 1));
    for (const id of ids) {
      const node = this.tail < 0 ? this.root : this.leaf[this.tail];
      this.enter(node, this.used[node], id);
    }
  }

  insert(id: number): void {
    let node = this.root;
    for (let level = this.levels; level > 1; level--) {
      const at = this.lastNotAfterIn(node, id);
      node = this.child[node * fanOut + (at < 0 ? 0 : at)];
    }
    this.enter(node, this.lastNotAfterIn(node, id) + 1, id);
  }

  /** Takes in a block that comes right after `before` in the tree's order. */
  insertAfter(before: number, id: number): void {
    const node = this.leaf[before];
    this.enter(node, this.indexIn(node, before) + 1, id);
  }

  /** Needs no keys, so the block's facts may have changed already. */
  remove(id: number): void {
    const before = this.before[id];
    const after = this.after[id];
    if (before < 0) this.head = after;
    else this.after[before] = after;
    if (after < 0) this.tail = before;
    else this.before[after] = before;
    this.length--;
    const node = this.leaf[id];
    this.takeOut(node, 1, this.indexIn(node, id));
  }

  /** Must follow each change of the size of a block that stays at its place. */
  refresh(id: number): void {
    const node = this.leaf[id];
    this.changeMost(node, node * fanOut + this.indexIn(node, id), this.table.size(id));
  }

  /** Position in the order, counted from 0. */
  rank(id: number): number {
    const leaf = this.leaf[id];
    let rank = this.indexIn(leaf, id);
    for (let node = leaf; this.parent[node] >= 0; node = this.parent[node]) {
      const start = this.parent[node] * fanOut;
      const end = start + this.slot[node];
      for (let entry = start; entry < end; entry++) rank += this.count[entry];
    }
    return rank;
  }

  /** The first block of at least `size` bytes, or -1; `passed` tells its position. */
  firstAtLeast(size: number): number {
    this.passed = 0;
    const entry = this.entryAtLeast(this.root * fanOut, this.root, size);
    return entry < 0 ? -1 : this.descend(entry, this.levels - 1, size);
  }

  /** The first block of at least `size` bytes at `from` or after it, or -1. */
  firstAtLeastFrom(from: number, size: number): number {
    if (from < 0) return -1;
    let node = this.leaf[from];
    let start = node * fanOut + this.indexIn(node, from);
    for (let above = 0; ; above++) {
      const entry = this.entryAtLeast(start, node, size);
      if (entry >= 0) return this.descend(entry, above, size);
      if (this.parent[node] < 0) return -1;
      start = this.parent[node] * fanOut + this.slot[node] + 1;
      node = this.parent[node];
    }
  }

  /** In a tree ordered by size: the smallest block of at least `size` bytes, the one nearest the list's head; or -1. */
  smallestAtLeast(size: number): number {
    const last = this.lastBelow(size);
    return last < 0 ? this.head : this.after[last];
  }

  /** In a tree ordered by address: the last block that begins at or before the address, or -1. */
  lastNotAfter(address: number): number {
    const id = this.firstAtAddress(address);
    if (id >= 0 && this.table.address(id) === address) return id;
    return id < 0 ? this.tail : this.before[id];
  }

  /** In a tree ordered by address, or by places that are addresses: the first block at or after the address, or -1. */
  firstAtAddress(address: number): number {
    const last = this.lastBelow(address);
    return last < 0 ? this.head : this.after[last];
  }

  /** What is wrong with the tree, or null. Its user may have let blocks change their sizes without {@link refresh}. */
  brokenInvariant(knowsSizes = true): string | null {
    let id = this.head;
    let length = 0;
    const walk = (node: number, level: number): string | null => {
      if (this.used[node] > fanOut || (this.used[node] < 1 && level < this.levels)) return "A node has no entries.";
      for (let k = 0; k < this.used[node]; k++) {
        const entry = node * fanOut + k;
        const child = this.child[entry];
        const largestBelow = level === 1 ? this.table.size(child) : this.mostOf(child);
        if (knowsSizes && this.most[entry] !== largestBelow) return "An entry has the wrong largest size.";
        if (this.before[child] >= 0 && level === 1 && !this.precedes(this.before[child], child))
          return "Blocks are out of order.";
        if (this.first[entry] !== id) return "An entry does not know its first block.";
        const passed = length;
        if (level === 1) {
          if (this.leaf[child] !== node) return "A block does not know its leaf.";
          length++;
          id = this.after[id];
        } else {
          if (this.parent[child] !== node || this.slot[child] !== k) return "A node does not know its parent.";
          const broken = walk(child, level - 1);
          if (broken !== null) return broken;
        }
        if (this.count[entry] !== length - passed) return "An entry has the wrong number of blocks.";
      }
      return null;
    };
    const broken = walk(this.root, this.levels);
    if (broken !== null) return broken;
    return length === this.length && id < 0 ? null : "The tree does not hold as many blocks as it says.";
  }

  private precedes(a: number, b: number): boolean {
    if (this.bySize) {
      const { table } = this;
      if (table.size(a) !== table.size(b)) return table.size(a) < table.size(b);
    }
    return placePrecedes(this.table, this.key, a, b);
  }

  /** The last entry of the node whose first block does not come after `id`, or -1. */
  private lastNotAfterIn(node: number, id: number): number {
    const start = node * fanOut;
    let low = 0;
    let high = this.used[node];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.precedes(id, this.first[start + middle])) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** The last block whose size or address, whichever the tree is ordered by, is below the bound, or -1. */
  private lastBelow(bound: number): number {
    const { table, bySize } = this;
    let node = this.root;
    for (let level = this.levels; ; level--) {
      const start = node * fanOut;
      let low = 0;
      let high = this.used[node];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const first = this.first[start + middle];
        if ((bySize ? table.size(first) : table.address(first)) < bound) low = middle + 1;
        else high = middle;
      }
      if (low === 0) return -1;
      node = this.child[start + low - 1];
      if (level === 1) return node;
    }
  }

  /** The first entry of the node from `start` on with a block of at least `size` bytes, or -1. Counts what it passes. */
  private entryAtLeast(start: number, node: number, size: number): number {
    const { most, count } = this;
    const end = node * fanOut + this.used[node];
    let passed = 0;
    for (let entry = start; entry < end; entry++) {
      if (most[entry] >= size) {
        this.passed += passed;
        return entry;
      }
      passed += count[entry];
    }
    return -1;
  }

  private descend(from: number, above: number, size: number): number {
    let entry = from;
    for (let level = above; level > 0; level--) {
      const node = this.child[entry];
      entry = this.entryAtLeast(node * fanOut, node, size);
    }
    return this.child[entry];
  }

  private indexIn(node: number, child: number): number {
    const start = node * fanOut;
    let entry = start;
    while (this.child[entry] !== child) entry++;
    return entry - start;
  }

  /** Gives an entry another largest size, and those above it as far as that changes theirs. */
  private changeMost(from: number, changed: number, size: number): void {
    const { most } = this;
    let node = from;
    let entry = changed;
    let largest = size;
    for (;;) {
      const old = most[entry];
      most[entry] = largest;
      const above = this.parent[node];
      if (above < 0) return;
      entry = above * fanOut + this.slot[node];
      const known = most[entry];
      if (largest < known) {
        if (old < known) return;
        largest = this.mostOf(node);
      }
      if (largest === known) return;
      node = above;
    }
  }

  /** Puts a block into a leaf as its entry `index`. */
  private enter(leaf: number, index: number, id: number): void {
    if (id >= this.leaf.length) this.enlargeBlocks(this.table.capacity);
    const start = leaf * fanOut;
    const after =
      index < this.used[leaf] ? this.child[start + index] : index > 0 ? this.after[this.child[start + index - 1]] : -1;
    const before = index > 0 ? this.child[start + index - 1] : after >= 0 ? this.before[after] : -1;
    this.before[id] = before;
    this.after[id] = after;
    if (before < 0) this.head = id;
    else this.after[before] = id;
    if (after < 0) this.tail = id;
    else this.before[after] = id;
    this.length++;
    this.putIn(leaf, 1, index, id, id, 1, this.table.size(id));
  }

  /** Puts an entry into a node, which stands `level` levels high (leaves: 1), and divides the node if it is full. */
  private putIn(
    node: number,
    level: number,
    index: number,
    child: number,
    first: number,
    count: number,
    most: number,
  ): void {
    if (this.used[node] < fanOut) {
      this.place(node, level, index, child, first, count, most);
      this.noteAbove(node, count, most);
      if (index === 0) this.noteFirst(node, first);
      return;
    }
    if (this.parent[node] < 0) this.raise(node);
    // At the end a new node begins, so that blocks that come in order fill their nodes.
    const kept = index === fanOut ? fanOut : half;
    const right = this.newNode();
    for (let k = kept; k < fanOut; k++) this.copyEntry(node * fanOut + k, right * fanOut + k - kept, level, right);
    this.used[right] = fanOut - kept;
    this.used[node] = kept;
    if (index > kept || kept === fanOut) this.place(right, level, index - kept, child, first, count, most);
    else this.place(node, level, index, child, first, count, most);
    const above = this.parent[node];
    const entry = above * fanOut + this.slot[node];
    const counted = this.countOf(node);
    const change = counted - this.count[entry];
    this.count[entry] = counted;
    this.most[entry] = this.mostOf(node);
    this.noteAbove(above, change, this.most[entry]);
    if (index === 0) this.noteFirst(node, first);
    const { slot } = this;
    this.putIn(
      above,
      level + 1,
      slot[node] + 1,
      right,
      this.first[right * fanOut],
      this.countOf(right),
      this.mostOf(right),
    );
  }

  /** Writes an entry into a node that has room. */
  private place(
    node: number,
    level: number,
    index: number,
    child: number,
    first: number,
    count: number,
    most: number,
  ): void {
    const added = node * fanOut + index;
    for (let entry = node * fanOut + this.used[node]++; entry > added; entry--) {
      this.copyEntry(entry - 1, entry, level, node);
    }
    this.child[added] = child;
    this.first[added] = first;
    this.count[added] = count;
    this.most[added] = most;
    this.adopt(added, level, node);
  }

  private takeOut(node: number, level: number, index: number): void {
    const start = node * fanOut;
    const taken = this.count[start + index];
    const most = this.most[start + index];
    const used = --this.used[node];
    for (let k = index; k < used; k++) this.copyEntry(start + k + 1, start + k, level, node);
    if (this.parent[node] < 0) {
      if (level > 1 && used === 1) this.lower();
      return;
    }
    if (taken > 0) this.noteAbove(node, -taken, 0);
    if (used === 0) {
      this.takeOut(this.parent[node], level + 1, this.slot[node]);
      this.forget(node);
      return;
    }
    this.noteLess(node, most);
    if (index === 0) this.noteFirst(node, this.first[start]);
    if (used < sparse) this.join(node, level);
  }

  /** Moves the entries of a node and of one beside it into one node, if they fit well. */
  private join(node: number, level: number): void {
    const above = this.parent[node];
    const index = this.slot[node];
    for (let left = index; left >= index - 1 && left >= 0; left--) {
      if (left + 1 >= this.used[above]) continue;
      const into = this.child[above * fanOut + left];
      const from = this.child[above * fanOut + left + 1];
      const used = this.used[into];
      const moved = this.used[from];
      if (used + moved > full) continue;
      for (let k = 0; k < moved; k++) this.copyEntry(from * fanOut + k, into * fanOut + used + k, level, into);
      this.used[into] = used + moved;
      const entry = above * fanOut + left;
      this.count[entry] += this.count[entry + 1];
      if (this.most[entry + 1] > this.most[entry]) this.most[entry] = this.most[entry + 1];
      this.count[entry + 1] = this.most[entry + 1] = 0;
      this.takeOut(above, level + 1, left + 1);
      this.forget(from);
      return;
    }
  }

  /** A new root above the present one. */
  private raise(node: number): void {
    const root = this.newNode();
    this.place(root, this.levels + 1, 0, node, this.first[node * fanOut], this.countOf(node), this.mostOf(node));
    this.root = root;
    this.levels++;
  }

  /** Roots with one entry go; the last leaf stays. */
  private lower(): void {
    while (this.levels > 1 && this.used[this.root] === 1) {
      const old = this.root;
      this.root = this.child[old * fanOut];
      this.parent[this.root] = -1;
      this.levels--;
      this.forget(old);
    }
  }

  /** Below the node there are `count` blocks more, none larger than `most`. */
  private noteAbove(from: number, count: number, most: number): void {
    let node = from;
    for (let above = this.parent[node]; above >= 0; above = this.parent[node]) {
      const entry = above * fanOut + this.slot[node];
      this.count[entry] += count;
      if (this.most[entry] < most) this.most[entry] = most;
      node = above;
    }
  }

  /** The node has lost a block of at most `size` bytes. */
  private noteLess(from: number, size: number): void {
    let node = from;
    for (let above = this.parent[node]; above >= 0; above = this.parent[node]) {
      const entry = above * fanOut + this.slot[node];
      if (size < this.most[entry]) return;
      this.most[entry] = this.mostOf(node);
      node = above;
    }
  }

  private noteFirst(from: number, first: number): void {
    let node = from;
    for (let above = this.parent[node]; above >= 0; above = this.parent[node]) {
      this.first[above * fanOut + this.slot[node]] = first;
      if (this.slot[node] > 0) return;
      node = above;
    }
  }

  private copyEntry(from: number, to: number, level: number, node: number): void {
    this.child[to] = this.child[from];
    this.first[to] = this.first[from];
    this.count[to] = this.count[from];
    this.most[to] = this.most[from];
    this.adopt(to, level, node);
  }

  private adopt(entry: number, level: number, node: number): void {
    const child = this.child[entry];
    if (level === 1) this.leaf[child] = node;
    else {
      this.parent[child] = node;
      this.slot[child] = entry - node * fanOut;
    }
  }

  private enlargeBlocks(capacity: number): void {
    this.before = grownInts(this.before, capacity);
    this.after = grownInts(this.after, capacity);
    this.leaf = grownInts(this.leaf, capacity);
  }
}
