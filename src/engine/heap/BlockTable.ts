import { grown, grownBytes, grownFloats, grownInts, initialCapacity } from "./growable";

export const blockIsFree = 0;
export const blockIsUsed = 1;
const idIsSpare = 2;
const blockIsQuarantined = 3;

/** Bytes and addresses: 32 bits wide until the heap needs more, because processors and V8 handle such numbers faster. */
type Column = Int32Array | Float64Array;

interface SavedTable {
  readonly columns: readonly Column[];
  readonly ints: readonly Int32Array[];
  readonly states: Uint8Array;
  readonly numbers: readonly [count: number, blocks: number, spare: number, first: number, last: number];
}
export type BlockTableSnapshot = SavedTable;

/**
 * The truth about every block of a heap, one column for each fact, indexed by a small number (the block's id) that is
 * reused once the block is gone. Neighbours in address order are links, so splitting and merging cost O(1).
 */
export class BlockTable {
  address: Column = new Int32Array(initialCapacity);
  size: Column = new Int32Array(initialCapacity);
  /** Used blocks: where the caller's bytes begin (after the header and any padding). */
  payload: Column = new Int32Array(initialCapacity);
  /** Used blocks: bytes asked for, and the number that the caller gave. */
  requested: Column = new Int32Array(initialCapacity);
  owner = new Float64Array(initialCapacity);
  /** Used blocks: what the payload's address was asked to be a multiple of, 1 for nothing special. */
  alignment = new Float64Array(initialCapacity);
  /** Major and minor sort key of a free block's place in its list, where that is not its address (see FreeList). */
  place = new Float64Array(initialCapacity);
  rankKey = new Float64Array(initialCapacity);
  /** Whether those keys mean anything in this heap; set by the lists that use them. */
  keepsPlaces = false;
  state = new Uint8Array(initialCapacity);
  /** Neighbours in address order, -1 at the ends. */
  previous = new Int32Array(initialCapacity);
  next = new Int32Array(initialCapacity);
  /** Ids ever handed out: the prefix of the columns that is in use. */
  count = 0;
  /** Blocks that exist. */
  blocks = 0;
  first = -1;
  last = -1;
  /** Told of every block that comes and goes, once somebody has asked which block contains an address. */
  index: { insert(id: number): void; remove(id: number): void } | null = null;
  private spare = -1;

  /** A new free block right after the block `after` in address order (-1: before all others). */
  insertAfter(after: number, address: number, size: number): number {
    const id = this.newId();
    const following = after < 0 ? this.first : this.next[after];
    this.address[id] = address;
    this.size[id] = size;
    this.state[id] = blockIsFree;
    this.previous[id] = after;
    this.next[id] = following;
    if (after < 0) this.first = id;
    else this.next[after] = id;
    if (following < 0) this.last = id;
    else this.previous[following] = id;
    this.blocks++;
    if (this.index !== null) this.index.insert(id);
    return id;
  }

  /** A new block that takes the low end of `id`, which the caller then makes begin at `newStart`. */
  insertBefore(id: number, address: number, size: number, newStart: number): number {
    // An address index must not meet two blocks that begin at one address.
    const start = this.address[id];
    this.address[id] = newStart;
    const inserted = this.insertAfter(this.previous[id], address, size);
    this.address[id] = start;
    return inserted;
  }

  /** Forgets a block whose bytes another block took over. */
  remove(id: number): void {
    if (this.index !== null) this.index.remove(id);
    const before = this.previous[id];
    const after = this.next[id];
    if (before < 0) this.first = after;
    else this.next[before] = after;
    if (after < 0) this.last = before;
    else this.previous[after] = before;
    this.state[id] = idIsSpare;
    this.next[id] = this.spare;
    this.spare = id;
    this.blocks--;
  }

  markUsed(id: number, payload: number, requested: number, owner: number, alignment: number): void {
    this.state[id] = blockIsUsed;
    this.payload[id] = payload;
    this.requested[id] = requested;
    this.owner[id] = owner;
    this.alignment[id] = alignment;
  }

  markFree(id: number): void {
    this.state[id] = blockIsFree;
  }

  /** Freed, but not free yet: payload, requested bytes and owner stay known. */
  markQuarantined(id: number): void {
    this.state[id] = blockIsQuarantined;
  }

  isQuarantined(id: number): boolean {
    return this.state[id] === blockIsQuarantined;
  }

  isFree(id: number): boolean {
    return id >= 0 && this.state[id] === blockIsFree;
  }

  /** In address order. */
  freeIds(): number[] {
    const ids: number[] = [];
    for (let id = this.first; id >= 0; id = this.next[id]) if (this.isFree(id)) ids.push(id);
    return ids;
  }

  end(id: number): number {
    return this.address[id] + this.size[id];
  }

  /** Makes the columns wide enough for a heap that ends there. */
  reach(end: number): void {
    if (end > 0x7fff_ffff && this.address instanceof Int32Array) this.widen();
  }

  save(): SavedTable {
    const { count } = this;
    return {
      columns: this.columns().map((column) => column.slice(0, count)),
      ints: [this.previous.slice(0, count), this.next.slice(0, count)],
      states: this.state.slice(0, count),
      numbers: [count, this.blocks, this.spare, this.first, this.last],
    };
  }

  load(saved: SavedTable): void {
    while (this.state.length < saved.states.length) this.enlarge();
    if (saved.columns[0] instanceof Float64Array && this.address instanceof Int32Array) this.widen();
    this.columns().forEach((column, index) => column.set(saved.columns[index]));
    this.previous.set(saved.ints[0]);
    this.next.set(saved.ints[1]);
    this.state.set(saved.states);
    [this.count, this.blocks, this.spare, this.first, this.last] = saved.numbers;
  }

  private widen(): void {
    const capacity = this.state.length;
    this.address = grownFloats(this.address, capacity);
    this.size = grownFloats(this.size, capacity);
    this.payload = grownFloats(this.payload, capacity);
    this.requested = grownFloats(this.requested, capacity);
  }

  private columns(): Column[] {
    const { address, size, payload, requested, owner, alignment, place, rankKey } = this;
    const always = [address, size, payload, requested, owner, alignment];
    return this.keepsPlaces ? [...always, place, rankKey] : always;
  }

  private newId(): number {
    const id = this.spare;
    if (id >= 0) {
      this.spare = this.next[id]!;
      return id;
    }
    if (this.count === this.state.length) this.enlarge();
    return this.count++;
  }

  private enlarge(): void {
    const capacity = this.state.length * 2;
    this.address = grown(this.address, capacity);
    this.size = grown(this.size, capacity);
    this.payload = grown(this.payload, capacity);
    this.requested = grown(this.requested, capacity);
    this.owner = grownFloats(this.owner, capacity);
    this.alignment = grownFloats(this.alignment, capacity);
    this.place = grownFloats(this.place, capacity);
    this.rankKey = grownFloats(this.rankKey, capacity);
    this.state = grownBytes(this.state, capacity);
    this.previous = grownInts(this.previous, capacity);
    this.next = grownInts(this.next, capacity);
  }
}
