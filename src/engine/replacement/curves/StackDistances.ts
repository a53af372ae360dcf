import { ResidentPages } from "../structures/ResidentPages";

/**
 * LRU stack distances: how many different pages were used since a page's last use, itself included (Mattson, Gecsei,
 * Slutz and Traiger 1970; found with a tree as by Bennett and Kruskal 1975).
 *
 * Each reference takes the next of a line of slots and leaves the page's former slot. A distance is the number of slots
 * behind the former one less those that were left, which a Fenwick tree over words of 32 slots counts; so a reference
 * costs one query and one update on a small tree. When the slots run out, the pages move together. O(log pages).
 */
export class StackDistances {
  private readonly slotOf = new ResidentPages();
  /** By slot: the page whose last use it is. */
  private pages = new Float64Array(4096);
  /** A set bit is a slot that was left. */
  private left = new Int32Array(128);
  /** Fenwick tree over the words of `left`: how many bits are set. */
  private counts = new Int32Array(129);
  private end = 0;
  /** Slots left so far. */
  private leftCount = 0;
  /** Different pages seen. */
  depth = 0;

  /** The page's distance, 1 when it was used last, 0 when it was never used; it is then on top of the stack. */
  reference(page: number): number {
    if (this.end === this.pages.length) this.moveTogether();
    const slot = this.slotOf.get(page);
    const top = this.end++;
    this.slotOf.set(page, top);
    this.pages[top] = page;
    if (slot === -1) {
      this.depth++;
      return 0;
    }
    const distance = top - slot - (this.leftCount - this.leftUpTo(slot));
    this.leave(slot);
    return distance;
  }

  /** Left slots before this one, which was not left itself. */
  private leftUpTo(slot: number): number {
    const { counts } = this;
    const word = slot >>> 5;
    let sum = bitCount(this.left[word] & ~(-1 << (slot & 31)));
    for (let node = word; node > 0; node &= node - 1) sum += counts[node];
    return sum;
  }

  private leave(slot: number): void {
    const { counts } = this;
    const word = slot >>> 5;
    this.left[word] |= 1 << (slot & 31);
    for (let node = word + 1; node < counts.length; node += node & -node) counts[node]++;
    this.leftCount++;
  }

  private moveTogether(): void {
    const { pages, left } = this;
    let capacity = 4096;
    while (capacity < 4 * this.depth) capacity *= 2;
    if (capacity > pages.length) this.pages = new Float64Array(capacity);
    let kept = 0;
    for (let slot = 0; slot < this.end; slot++) {
      if ((left[slot >>> 5] & (1 << (slot & 31))) !== 0) continue;
      this.pages[kept] = pages[slot];
      this.slotOf.set(pages[slot], kept++);
    }
    this.end = kept;
    this.leftCount = 0;
    this.left = new Int32Array(this.pages.length / 32);
    this.counts = new Int32Array(this.left.length + 1);
  }
}

/** Set bits of a 32-bit integer (Warren, Hacker's Delight, 5-1). */
function bitCount(bits: number): number {
  let sums = bits - ((bits >>> 1) & 0x55555555);
  sums = (sums & 0x33333333) + ((sums >>> 2) & 0x33333333);
  sums = (sums + (sums >>> 4)) & 0x0f0f0f0f;
  return Math.imul(sums, 0x01010101) >>> 24;
}
