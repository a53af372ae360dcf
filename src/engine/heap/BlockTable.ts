import { grown, grownFloats, initialCapacity } from "./growable";

export const blockIsFree = 0;
export const blockIsUsed = 1;
const idIsSpare = 2;
const blockIsQuarantined = 3;

/** 32 bits wide until something needs more, because processors and V8 handle such numbers faster. */
type Rows = Int32Array | Float64Array;

type SavedTable = ReturnType<BlockTable["save"]>;

/** Where each fact stands in a row: what the methods of the same names say. */
export const enum Fact {
  address,
  size,
  state,
  previous,
  next,
  payload,
  requested,
  owner,
  alignment,
  bin,
  binBefore,
  binAfter,
}

/** Numbers of a row, a cache line of 32-bit ones: a power of two, so that `id << rowBits` is where a row begins. */
export const rowBits = 4;

/**
 * The truth about every block of a heap, a row of numbers for each, found by a small number (the block's id) that is
 * reused once the block is gone. Neighbours in address order are links, so splitting and merging cost O(1).
 *
 * A block's facts lie side by side because an operation needs most of them at once. Each fact has a method that reads
 * it and one that writes it; code that every operation runs through reads and writes the rows themselves.
 */
export class BlockTable {
  rows: Rows = new Int32Array(initialCapacity << rowBits);
  /** Major and minor sort key of a free block's place in its list, where that is not its address (see FreeList). */
  place = new Float64Array(initialCapacity);
  rankKey = new Float64Array(initialCapacity);
  /** Whether those keys mean anything in this heap; set by the lists that use them. */
  keepsPlaces = false;
  /** Ids ever handed out: the prefix of the columns that is in use. */
  count = 0;
  /** Blocks that exist. */
  blocks = 0;
  first = -1;
  last = -1;
  /** Told of every block that comes and goes, once somebody has asked which block contains an address. */
  index: { insert(id: number): void; remove(id: number): void } | null = null;
  private spare = -1;

  /** Where the block begins. */
  address(id: number): number {
    return this.rows[(id << rowBits) | Fact.address];
  }

  setAddress(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.address] = value;
  }

  /** Its whole size. */
  size(id: number): number {
    return this.rows[(id << rowBits) | Fact.size];
  }

  setSize(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.size] = value;
  }

  state(id: number): number {
    return this.rows[(id << rowBits) | Fact.state];
  }

  /** Its neighbours in address order, -1 at the ends. */
  previous(id: number): number {
    return this.rows[(id << rowBits) | Fact.previous];
  }

  next(id: number): number {
    return this.rows[(id << rowBits) | Fact.next];
  }

  /** Used blocks: where the caller's bytes begin (after the header and any padding). */
  payload(id: number): number {
    return this.rows[(id << rowBits) | Fact.payload];
  }

  setPayload(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.payload] = value;
  }

  /** Used blocks: bytes asked for. */
  requested(id: number): number {
    return this.rows[(id << rowBits) | Fact.requested];
  }

  setRequested(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.requested] = value;
  }

  /** Used blocks: the number that the caller gave. */
  owner(id: number): number {
    return this.rows[(id << rowBits) | Fact.owner];
  }

  setOwner(id: number, value: number): void {
    if ((value | 0) !== value) this.widen();
    this.rows[(id << rowBits) | Fact.owner] = value;
  }

  /** Used blocks: what the payload's address was asked to be a multiple of, 1 for nothing special. */
  alignment(id: number): number {
    return this.rows[(id << rowBits) | Fact.alignment];
  }

  /** Free blocks: the list that the block is in, -1 for none, and its neighbours there, -1 at the ends (see Bins). */
  bin(id: number): number {
    return this.rows[(id << rowBits) | Fact.bin];
  }

  setBin(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.bin] = value;
  }

  binBefore(id: number): number {
    return this.rows[(id << rowBits) | Fact.binBefore];
  }

  binAfter(id: number): number {
    return this.rows[(id << rowBits) | Fact.binAfter];
  }

  /** Ids that there is room for. */
  get capacity(): number {
    return this.place.length;
  }

  /** A new free block, in no bin, right after the block `after` in address order (-1: before all others). */
  insertAfter(after: number, address: number, size: number): number {
    const id = this.newId();
    const { rows } = this;
    const row = id << rowBits;
    let following = this.first;
    if (after < 0) this.first = id;
    else {
      const link = (after << rowBits) | Fact.next;
      following = rows[link];
      rows[link] = id;
    }
    rows[row] = address;
    rows[row | Fact.size] = size;
    rows[row | Fact.state] = blockIsFree;
    rows[row | Fact.previous] = after;
    rows[row | Fact.next] = following;
    rows[row | Fact.bin] = -1;
    if (following < 0) this.last = id;
    else rows[(following << rowBits) | Fact.previous] = id;
    this.blocks++;
    if (this.index !== null) this.index.insert(id);
    return id;
  }

  /** A new block that takes the low end of `id`, which the caller then makes begin at `newStart`. */
  insertBefore(id: number, address: number, size: number, newStart: number): number {
    // An address index must not meet two blocks that begin at one address.
    const start = this.address(id);
    this.setAddress(id, newStart);
    const inserted = this.insertAfter(this.previous(id), address, size);
    this.setAddress(id, start);
    return inserted;
  }

  /** Forgets a block whose bytes another block took over. */
  remove(id: number): void {
    if (this.index !== null) this.index.remove(id);
    const { rows } = this;
    const row = id << rowBits;
    const before = rows[row | Fact.previous];
    const after = rows[row | Fact.next];
    if (before < 0) this.first = after;
    else rows[(before << rowBits) | Fact.next] = after;
    if (after < 0) this.last = before;
    else rows[(after << rowBits) | Fact.previous] = before;
    rows[row | Fact.state] = idIsSpare;
    rows[row | Fact.next] = this.spare;
    this.spare = id;
    this.blocks--;
  }

  /** `payload` and `requested` are numbers that {@link reach} has made room for; `owner` is any number. */
  markUsed(id: number, payload: number, requested: number, owner: number, alignment: number): void {
    if ((owner | 0) !== owner || (alignment | 0) !== alignment) this.widen();
    const { rows } = this;
    const row = id << rowBits;
    rows[row | Fact.state] = blockIsUsed;
    rows[row | Fact.payload] = payload;
    rows[row | Fact.requested] = requested;
    rows[row | Fact.owner] = owner;
    rows[row | Fact.alignment] = alignment;
  }

  markFree(id: number): void {
    this.setState(id, blockIsFree);
  }

  /** Freed, but not free yet: payload, requested bytes and owner stay known. */
  markQuarantined(id: number): void {
    this.setState(id, blockIsQuarantined);
  }

  isQuarantined(id: number): boolean {
    return this.state(id) === blockIsQuarantined;
  }

  isFree(id: number): boolean {
    return id >= 0 && this.state(id) === blockIsFree;
  }

  /** In address order. */
  freeIds(): number[] {
    const ids: number[] = [];
    for (let id = this.first; id >= 0; id = this.next(id)) if (this.isFree(id)) ids.push(id);
    return ids;
  }

  end(id: number): number {
    return this.address(id) + this.size(id);
  }

  /** Makes the rows wide enough for a heap that ends there. */
  reach(end: number): void {
    if (end > 0x7fff_ffff) this.widen();
  }

  save() {
    const { count } = this;
    return {
      rows: this.rows.slice(0, count << rowBits),
      places: this.keepsPlaces ? [this.place.slice(0, count), this.rankKey.slice(0, count)] : [],
      numbers: [count, this.blocks, this.spare, this.first, this.last] as const,
    };
  }

  load({ rows, places, numbers }: SavedTable): void {
    while (this.rows.length < rows.length) this.enlarge();
    if (rows instanceof Float64Array) this.widen();
    this.rows.set(rows);
    if (places.length > 0) {
      this.place.set(places[0]);
      this.rankKey.set(places[1]);
    }
    [this.count, this.blocks, this.spare, this.first, this.last] = numbers;
  }

  private setState(id: number, value: number): void {
    this.rows[(id << rowBits) | Fact.state] = value;
  }

  private widen(): void {
    if (this.rows instanceof Int32Array) this.rows = Float64Array.from(this.rows);
  }

  private newId(): number {
    const id = this.spare;
    if (id >= 0) {
      this.spare = this.next(id);
      return id;
    }
    if (this.count === this.place.length) this.enlarge();
    return this.count++;
  }

  private enlarge(): void {
    const capacity = this.place.length * 2;
    this.rows = grown(this.rows, capacity << rowBits);
    this.place = grownFloats(this.place, capacity);
    this.rankKey = grownFloats(this.rankKey, capacity);
  }
}
