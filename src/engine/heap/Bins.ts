import { Bitmap } from "./Bitmap";
import { Fact, rowBits, type BlockTable } from "./BlockTable";
import type { FreeBlocks } from "./FreeBlocks";
import type { HeaderBytes } from "./HeaderBytes";
import type { SizeList } from "./structure";

type BinsSnapshot = ReturnType<Bins["save"]>;

/**
 * Up to 2,048 doubly linked lists of free blocks with bitmaps of those that are not empty: a bit for each list, and a
 * bit for each word of 32 lists. Every operation costs O(1) and allocates nothing. Lists are last in, first out.
 */
export class Bins implements FreeBlocks {
  private readonly heads: Int32Array;
  private readonly filled = new Bitmap();
  length = 0;
  bytes = 0;
  private headers: HeaderBytes | null = null;

  constructor(
    private readonly table: BlockTable,
    readonly count: number,
  ) {
    this.heads = new Int32Array(count).fill(-1);
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  clear(): void {
    this.heads.fill(-1);
    this.filled.clear();
    for (let id = 0; id < this.table.count; id++) this.table.setBin(id, -1);
    this.length = this.bytes = 0;
  }

  holds(id: number): boolean {
    return id >= 0 && this.table.bin(id) >= 0;
  }

  /** Neighbours in the same list, -1 at the ends. */
  before(id: number): number {
    return this.table.binBefore(id);
  }

  after(id: number): number {
    return this.table.binAfter(id);
  }

  head(bin: number): number {
    return this.heads[bin];
  }

  /** The bits of word `word`: its 32 lists, the lowest in bit 0. */
  bitmap(word: number): number {
    return this.filled.word(word);
  }

  enter(id: number, bin: number): void {
    const { heads } = this;
    const { rows } = this.table;
    const row = id << rowBits;
    const old = heads[bin];
    rows[row | Fact.bin] = bin;
    rows[row | Fact.binBefore] = -1;
    rows[row | Fact.binAfter] = old;
    heads[bin] = id;
    if (old >= 0) rows[(old << rowBits) | Fact.binBefore] = id;
    else this.filled.add(bin);
    this.length++;
    this.bytes += rows[row | Fact.size];
    if (this.headers === null) return;
    this.headers.writeAll(id);
    this.headers.writePrevious(old);
  }

  leave(id: number): void {
    const { rows } = this.table;
    const row = id << rowBits;
    const bin = rows[row | Fact.bin];
    const before = rows[row | Fact.binBefore];
    const after = rows[row | Fact.binAfter];
    rows[row | Fact.bin] = -1;
    if (after >= 0) rows[(after << rowBits) | Fact.binBefore] = before;
    if (before >= 0) rows[(before << rowBits) | Fact.binAfter] = after;
    else {
      this.heads[bin] = after;
      if (after < 0) this.filled.remove(bin);
    }
    this.length--;
    this.bytes -= rows[row | Fact.size];
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

  next(id: number): number {
    const after = id < 0 ? -1 : this.after(id);
    if (after >= 0) return after;
    const bin = this.firstFrom(id < 0 ? 0 : this.table.bin(id) + 1);
    return bin < 0 ? -1 : this.heads[bin];
  }

  /** Walks the last list that is not empty. */
  get largestSize(): number {
    const bin = this.last();
    let largest = 0;
    if (bin < 0) return largest;
    for (let id = this.heads[bin]; id >= 0; id = this.after(id)) largest = Math.max(largest, this.table.size(id));
    return largest;
  }

  /** The lists that are not empty; `leastOf` says which sizes those of a list begin with. */
  lists(leastOf: (bin: number) => number): SizeList[] {
    const lists: SizeList[] = [];
    for (let bin = this.firstFrom(0); bin >= 0; bin = this.firstFrom(bin + 1)) {
      const blocks: number[] = [];
      for (let id = this.heads[bin]; id >= 0; id = this.after(id)) blocks.push(this.table.address(id));
      lists.push({ index: bin, least: leastOf(bin), below: leastOf(bin + 1), blocks });
    }
    return lists;
  }

  /** The links are part of the table, and so of its snapshot. */
  save() {
    return { heads: this.heads.slice(), filled: this.filled.save(), numbers: [this.length, this.bytes] as const };
  }

  load({ heads, filled, numbers }: BinsSnapshot): void {
    this.heads.set(heads);
    this.filled.load(filled);
    [this.length, this.bytes] = numbers;
  }
}
