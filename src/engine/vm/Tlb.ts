export const tlbPolicies = ["lru", "fifo", "random"] as const;
export type TlbPolicy = (typeof tlbPolicies)[number];

export interface TlbOptions {
  readonly entries: number;
  /** Entries of a set; as many as there are entries: fully associative. Divides `entries`. */
  readonly ways: number;
  readonly policy: TlbPolicy;
  /** Entries carry an address-space identifier and survive a switch; otherwise a switch flushes all but global ones. */
  readonly tagged: boolean;
  readonly seed: number;
  /** Every change of a page table invalidates the entry; otherwise it stays until it is flushed or replaced. */
  readonly coherent: boolean;
}

export interface TlbEntry {
  readonly slot: number;
  readonly set: number;
  readonly space: number;
  readonly vpn: number;
  /** The entry covers 2^order pages. */
  readonly order: number;
  readonly global: boolean;
  /** What was remembered when the entry was made: first frame and flags of the page. Kept where the buffer is not coherent. */
  readonly frame: number;
  readonly flags: number;
}

interface SavedTlb {
  readonly vpns: Float64Array;
  readonly spaces: Int32Array;
  readonly orders: Uint8Array;
  readonly globals: Uint8Array;
  readonly frames: Float64Array;
  readonly flags: Uint16Array;
  readonly stamps: Float64Array;
  readonly numbers: readonly [clock: number, random: number];
}
export type TlbSnapshot = SavedTlb;

const empty = -1;

/**
 * A translation lookaside buffer: sets × ways of pages whose translation is remembered (Hennessy & Patterson, appendix B;
 * Intel SDM vol. 3A, 4.10). A coherent one tells hits from misses alone; what the page's entry says, the page table knows,
 * because every change there invalidates the entry here, as an operating system must do. One that is not coherent
 * remembers frame and permissions, and the processor goes by them.
 *
 * A page's set is its number modulo the number of sets. Lookups cost O(1) by a hash over all slots; the victim is sought
 * among the ways of its set.
 */
export class Tlb {
  private readonly sets: number;
  private readonly vpns: Float64Array;
  private readonly spaces: Int32Array;
  private readonly orders: Uint8Array;
  private readonly globals: Uint8Array;
  private readonly frames: Float64Array;
  private readonly flags: Uint16Array;
  /** Time of the last use (lru) or of the entry (fifo); 0 for an empty slot. */
  private readonly stamps: Float64Array;
  private readonly heads: Int32Array;
  private readonly chain: Int32Array;
  /** Whether entries of 2^order pages were ever made, by order: others are not looked for. */
  private readonly hugeOrders: number[] = [];
  private clock = 0;
  private random: number;

  constructor(readonly options: TlbOptions) {
    const { entries, ways } = options;
    this.sets = entries / ways;
    this.vpns = new Float64Array(entries).fill(empty);
    this.spaces = new Int32Array(entries);
    this.orders = new Uint8Array(entries);
    this.globals = new Uint8Array(entries);
    this.frames = new Float64Array(entries);
    this.flags = new Uint16Array(entries);
    this.stamps = new Float64Array(entries);
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(entries * 2))).fill(empty);
    this.chain = new Int32Array(entries).fill(empty);
    this.random = options.seed >>> 0 || 1;
  }

  /** Whether the page's translation is there. A hit is a use. */
  lookup(space: number, vpn: number): boolean {
    const slot = this.coveringSlot(space, vpn);
    if (slot < 0) return false;
    if (this.options.policy === "lru") this.stamps[slot] = ++this.clock;
    return true;
  }

  /** Whether it is there, without using it: for views. */
  has(space: number, vpn: number, order: number): boolean {
    return this.slotOf(space, vpn, order) >= 0;
  }

  /** The entry that covers a page, without using it. */
  find(space: number, vpn: number): TlbEntry | null {
    const slot = this.coveringSlot(space, vpn);
    return slot < 0 ? null : this.entryIn(slot);
  }

  /** Remembers a translation that is not there; returns the page number that had to leave, or -1. */
  insert(space: number, vpn: number, order: number, global: boolean, frame = 0, flags = 0): number {
    this.noteOrder(order);
    const slot = this.victimSlot(Math.floor(vpn / 2 ** order) % this.sets);
    const left = this.vpns[slot];
    if (left !== empty) this.unlink(slot);
    this.vpns[slot] = vpn;
    this.spaces[slot] = space;
    this.orders[slot] = order;
    this.globals[slot] = global ? 1 : 0;
    this.frames[slot] = frame;
    this.flags[slot] = flags;
    this.stamps[slot] = ++this.clock;
    const bucket = this.bucketOf(vpn);
    this.chain[slot] = this.heads[bucket];
    this.heads[bucket] = slot;
    return left;
  }

  /**
   * Forgets the translation of a page whose entry in the page table changed; with it goes a global one of the same page
   * number, whosever it is (Intel SDM vol. 3A, 4.10.4.1, INVLPG).
   */
  invalidate(space: number, vpn: number, order: number): void {
    for (let slot = this.slotOf(space, vpn, order); slot >= 0; slot = this.slotOf(space, vpn, order)) this.drop(slot);
  }

  /** The processor goes over to another address space. */
  switchSpace(): void {
    if (this.options.tagged) return;
    for (let slot = 0; slot < this.vpns.length; slot++) {
      if (this.vpns[slot] !== empty && this.globals[slot] === 0) this.drop(slot);
    }
  }

  /** Forgets everything of a space that ended. */
  flushSpace(space: number): void {
    for (let slot = 0; slot < this.vpns.length; slot++) {
      if (this.vpns[slot] !== empty && this.spaces[slot] === space) this.drop(slot);
    }
  }

  /** Forgets all, global ones too; returns how many. */
  flush(): number {
    let count = 0;
    for (let slot = 0; slot < this.vpns.length; slot++) {
      if (this.vpns[slot] === empty) continue;
      this.drop(slot);
      count++;
    }
    return count;
  }

  /**
   * Forgets every entry of a space, and global ones, that covers one of the pages from..to; returns how many (INVLPG for each
   * page, sfence.vma with an address).
   */
  flushPages(space: number, from: number, to: number): number {
    let count = 0;
    for (let slot = 0; slot < this.vpns.length; slot++) {
      const vpn = this.vpns[slot];
      if (vpn === empty || vpn >= to || vpn + 2 ** this.orders[slot] <= from) continue;
      if (this.spaces[slot] !== space && this.globals[slot] === 0) continue;
      this.drop(slot);
      count++;
    }
    return count;
  }

  *entries(): IterableIterator<TlbEntry> {
    for (let slot = 0; slot < this.vpns.length; slot++) if (this.vpns[slot] !== empty) yield this.entryIn(slot);
  }

  save(): TlbSnapshot {
    return {
      vpns: this.vpns.slice(),
      spaces: this.spaces.slice(),
      orders: this.orders.slice(),
      globals: this.globals.slice(),
      frames: this.frames.slice(),
      flags: this.flags.slice(),
      stamps: this.stamps.slice(),
      numbers: [this.clock, this.random],
    };
  }

  load(saved: TlbSnapshot): void {
    this.vpns.set(saved.vpns);
    this.spaces.set(saved.spaces);
    this.orders.set(saved.orders);
    this.globals.set(saved.globals);
    this.frames.set(saved.frames);
    this.flags.set(saved.flags);
    this.stamps.set(saved.stamps);
    [this.clock, this.random] = saved.numbers;
    this.heads.fill(empty);
    this.chain.fill(empty);
    for (let slot = 0; slot < this.vpns.length; slot++) {
      if (this.vpns[slot] === empty) continue;
      this.noteOrder(this.orders[slot]);
      const bucket = this.bucketOf(this.vpns[slot]);
      this.chain[slot] = this.heads[bucket];
      this.heads[bucket] = slot;
    }
  }

  private entryIn(slot: number): TlbEntry {
    return {
      slot,
      set: Math.floor(slot / this.options.ways),
      space: this.spaces[slot],
      vpn: this.vpns[slot],
      order: this.orders[slot],
      global: this.globals[slot] === 1,
      frame: this.frames[slot],
      flags: this.flags[slot],
    };
  }

  private coveringSlot(space: number, vpn: number): number {
    let slot = this.slotOf(space, vpn, 0);
    for (let k = 0; slot < 0 && k < this.hugeOrders.length; k++) {
      const order = this.hugeOrders[k];
      slot = this.slotOf(space, Math.floor(vpn / 2 ** order) * 2 ** order, order);
    }
    return slot;
  }

  private noteOrder(order: number): void {
    if (order > 0 && !this.hugeOrders.includes(order)) this.hugeOrders.push(order);
  }

  /** The space's own entry, else the global one in the lowest slot, or -1. */
  private slotOf(space: number, vpn: number, order: number): number {
    let common = -1;
    for (let slot = this.heads[this.bucketOf(vpn)]; slot >= 0; slot = this.chain[slot]) {
      if (this.vpns[slot] !== vpn || this.orders[slot] !== order) continue;
      if (this.spaces[slot] === space) return slot;
      if (this.globals[slot] === 1 && (common < 0 || slot < common)) common = slot;
    }
    return common;
  }

  private victimSlot(set: number): number {
    const { ways, policy } = this.options;
    const first = set * ways;
    let oldest = first;
    for (let slot = first; slot < first + ways; slot++) {
      if (this.vpns[slot] === empty) return slot;
      if (this.stamps[slot] < this.stamps[oldest]) oldest = slot;
    }
    return policy === "random" ? first + (this.nextRandom() % ways) : oldest;
  }

  private drop(slot: number): void {
    this.unlink(slot);
    this.vpns[slot] = empty;
    this.stamps[slot] = 0;
  }

  private unlink(slot: number): void {
    const bucket = this.bucketOf(this.vpns[slot]);
    if (this.heads[bucket] === slot) this.heads[bucket] = this.chain[slot];
    else {
      let before = this.heads[bucket];
      while (this.chain[before] !== slot) before = this.chain[before];
      this.chain[before] = this.chain[slot];
    }
    this.chain[slot] = empty;
  }

  private bucketOf(vpn: number): number {
    return (Math.imul(vpn | 0, 0x9e3779b1) >>> 8) & (this.heads.length - 1);
  }

  /** Marsaglia's xorshift32. */
  private nextRandom(): number {
    let x = this.random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.random = x >>> 0;
    return this.random;
  }
}
