import type { BlockTable } from "./BlockTable";
import type { HeaderBytes } from "./HeaderBytes";
import { grownInts, initialCapacity } from "./growable";

const wordBits = 32;
const mostWords = 64;

export interface BinsSnapshot {
  readonly ints: readonly Int32Array[];
  readonly numbers: readonly [low: number, high: number, length: number, bytes: number];
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
  private readonly words = new Int32Array(mostWords);
  /** Bit k: word k is not zero; the high half for the words from 32 on. */
  private low = 0;
  private high = 0;
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
    this.words.fill(0);
    this.bin.fill(-1);
    this.low = this.high = this.length = this.bytes = 0;
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
    return this.words[word] >>> 0;
  }

  enter(id: number, bin: number): void {
    if (id >= this.bin.length) this.enlarge(this.table.state.length);
    const { heads, words } = this;
    const old = heads[bin];
    this.before[id] = -1;
    this.after[id] = old;
    this.bin[id] = bin;
    heads[bin] = id;
    if (old >= 0) this.before[old] = id;
    else {
      const word = bin >>> 5;
      words[word] |= 1 << (bin & 31);
      if (word < wordBits) this.low |= 1 << word;
      else this.high |= 1 << (word & 31);
    }
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
      if (after < 0) this.noteEmpty(bin);
    }
    this.length--;
    this.bytes -= this.table.size[id];
    if (this.headers === null) return;
    this.headers.writeNext(before);
    this.headers.writePrevious(after);
  }

  /** The first list from `bin` on that is not empty, or -1. */
  firstFrom(bin: number): number {
    if (bin >= this.count) return -1;
    let word = bin >>> 5;
    let bits = this.words[word] & (-1 << (bin & 31));
    if (bits === 0) {
      word++;
      const low = word < wordBits ? this.low & (-1 << word) : 0;
      if (low !== 0) word = lowestBit(low);
      else {
        const high = word <= wordBits ? this.high : word < mostWords ? this.high & (-1 << (word & 31)) : 0;
        if (high === 0) return -1;
        word = wordBits + lowestBit(high);
      }
      bits = this.words[word];
    }
    return (word << 5) + lowestBit(bits);
  }

  /** The last list that is not empty, or -1. */
  last(): number {
    const word = this.high !== 0 ? 63 - Math.clz32(this.high) : 31 - Math.clz32(this.low);
    return word < 0 ? -1 : (word << 5) + 31 - Math.clz32(this.words[word]);
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
        this.words.slice(),
      ],
      numbers: [this.low, this.high, this.length, this.bytes],
    };
  }

  load({ ints, numbers }: BinsSnapshot): void {
    if (this.bin.length < ints[2].length) this.enlarge(ints[2].length);
    this.before.set(ints[0]);
    this.after.set(ints[1]);
    this.bin.fill(-1).set(ints[2]);
    this.heads.set(ints[3]);
    this.words.set(ints[4]);
    [this.low, this.high, this.length, this.bytes] = numbers;
  }

  private noteEmpty(bin: number): void {
    const word = bin >>> 5;
    const bits = this.words[word] & ~(1 << (bin & 31));
    this.words[word] = bits;
    if (bits !== 0) return;
    if (word < wordBits) this.low &= ~(1 << word);
    else this.high &= ~(1 << (word & 31));
  }

  private enlarge(capacity: number): void {
    const used = this.bin.length;
    this.before = grownInts(this.before, capacity);
    this.after = grownInts(this.after, capacity);
    this.bin = grownInts(this.bin, capacity);
    this.bin.fill(-1, used);
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
