import { Bitmap } from "./Bitmap";
import type { BlockTable } from "./BlockTable";
import type { HeaderBytes } from "./HeaderBytes";
import { grownInts, initialCapacity } from "./growable";

export interface BinsSnapshot {
  readonly ints: readonly Int32Array[];
  readonly numbers: readonly [length: number, bytes: number];
}

/**
 * Up to 2,048 doubly linked lists of free blocks with bitmaps of those that are not empty: a bit for each list, and a
 * bit for each word of 32 lists. Every operation costs O(1) and allocates nothing. Lists are last in, first out.
 */
export class Bins {
  /** Neighbours in the same list, -1 at the ends. */
  before = new Int32Array(initialCapacity);
  after = new Int32Array(initialCapacity);
  /** The list that a block is in, -1 for none. */
  private bin = new Int32Array(initialCapacity).fill(-1);
  private readonly heads: Int32Array;
  private readonly filled = new Bitmap();
  headers: HeaderBytes | null = null;
  length = 0;
  /** Sum of the sizes of the blocks held. */
  bytes = 0;

  constructor(
    private readonly table: BlockTable,
    readonly count: number,
  ) {
    this.heads = new Int32Array(count).fill(-1);
  }

  clear(): void {
    this.heads.fill(-1);
    this.filled.clear();
    this.bin.fill(-1);
    this.length = this.bytes = 0;
  }

  holds(id: number): boolean {
    return id >= 0 && id < this.bin.length && this.bin[id] >= 0;
  }

  binOf(id: number): number {
    return id < this.bin.length ? this.bin[id] : -1;
  }

  head(bin: number): number {
    return this.heads[bin];
  }

  /** The bits of word `word`: its 32 lists, the lowest in bit 0. */
  bitmap(word: number): number {
    return this.filled.word(word);
  }

  enter(id: number, bin: number): void {
    if (id >= this.bin.length) this.enlarge(this.table.state.length);
    const { heads } = this;
    const old = heads[bin];
    this.before[id] = -1;
    this.after[id] = old;
    this.bin[id] = bin;
    heads[bin] = id;
    if (old >= 0) this.before[old] = id;
    else this.filled.add(bin);
    this.length++;
    this.bytes += this.table.size[id];
    if (this.headers === null) return;
    this.headers.writeAll(id);
    this.headers.writePrevious(old);
  }

  /** Takes a block out; its size must be the one that it entered with. */
  leave(id: number): void {
    const bin = this.bin[id];
    const before = this.before[id];
    const after = this.after[id];
    this.bin[id] = -1;
    if (after >= 0) this.before[after] = before;
    if (before >= 0) this.after[before] = after;
    else {
      this.heads[bin] = after;
      if (after < 0) this.filled.remove(bin);
    }
    this.length--;
    this.bytes -= this.table.size[id];
    if (this.headers === null) return;
    this.headers.writeNext(before);
    this.headers.writePrevious(after);
  }

  /** The first list from `bin` on that is not empty, or -1. */
  firstFrom(bin: number): number {
    return this.filled.firstFrom(bin);
  }

  /** The last list that is not empty, or -1. */
  last(): number {
    return this.filled.last();
  }

  /** The block after this one, list by list; `id` -1 begins. -1 at the end. */
  next(id: number): number {
    if (id >= 0 && this.after[id] >= 0) return this.after[id];
    const bin = this.firstFrom(id < 0 ? 0 : this.bin[id] + 1);
    return bin < 0 ? -1 : this.heads[bin];
  }

  /** Size of the largest block in the last list that is not empty. Walks that list. */
  largestInLast(): number {
    const bin = this.last();
    let largest = 0;
    if (bin < 0) return largest;
    for (let id = this.heads[bin]; id >= 0; id = this.after[id]) largest = Math.max(largest, this.table.size[id]);
    return largest;
  }

  save(): BinsSnapshot {
    const { count } = this.table;
    return {
      ints: [
        this.before.slice(0, count),
        this.after.slice(0, count),
        this.bin.slice(0, count),
        this.heads.slice(),
        this.filled.save(),
      ],
      numbers: [this.length, this.bytes],
    };
  }

  load({ ints, numbers }: BinsSnapshot): void {
    if (this.bin.length < ints[2].length) this.enlarge(ints[2].length);
    this.before.set(ints[0]);
    this.after.set(ints[1]);
    this.bin.fill(-1).set(ints[2]);
    this.heads.set(ints[3]);
    this.filled.load(ints[4]);
    [this.length, this.bytes] = numbers;
  }

  private enlarge(capacity: number): void {
    const used = this.bin.length;
    this.before = grownInts(this.before, capacity);
    this.after = grownInts(this.after, capacity);
    this.bin = grownInts(this.bin, capacity);
    this.bin.fill(-1, used);
  }
}
