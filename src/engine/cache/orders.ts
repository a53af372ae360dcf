import type { CachePolicy } from "./contract";
import { Rings } from "./Rings";

/** Decides which slot of a set is filled next. A slot is set × ways + way. */
export interface FillOrder {
  /** The slot's line was referenced. */
  use(slot: number): void;
  /** The slot got another line. */
  fill(slot: number): void;
  /** The slot has no line any more. */
  empty(slot: number): void;
  /** The slot to fill in a set; `isFull` says whether all of its slots have lines. */
  victim(set: number, isFull: boolean): number;
  save(): unknown;
  load(saved: unknown): void;
  checkInvariants(): string[];
}

/** @param lines by slot, -1 for an empty one */
export function createOrder(policy: CachePolicy, lines: Float64Array, ways: number): FillOrder {
  switch (policy) {
    case "lru":
      return new RingOrder(lines.length, ways, true);
    case "fifo":
      return new RingOrder(lines.length, ways, false);
    case "random":
      return new RandomOrder(lines, ways);
    case "tree-plru":
      return new TreeOrder(lines, ways);
  }
}

/** Least recently used, or first in first out: O(1). Empty slots stand in front. */
class RingOrder implements FillOrder {
  private readonly rings: Rings;

  constructor(
    slots: number,
    ways: number,
    private readonly usesCount: boolean,
  ) {
    this.rings = new Rings(slots, ways);
  }

  use(slot: number): void {
    if (this.usesCount) this.rings.moveToBack(slot);
  }

  fill(slot: number): void {
    this.rings.moveToBack(slot);
  }

  empty(slot: number): void {
    this.rings.moveToFront(slot);
  }

  victim(set: number): number {
    return this.rings.first(set);
  }

  save(): unknown {
    return this.rings.save();
  }

  load(saved: unknown): void {
    this.rings.load(saved as Int32Array);
  }

  checkInvariants(): string[] {
    return this.rings.checkInvariants();
  }
}

/** The lowest empty way of a set. */
function emptyWay(lines: Float64Array, set: number, ways: number): number {
  let slot = set * ways;
  while (lines[slot] !== -1) slot++;
  return slot;
}

/** Draws a way of a full set (Marsaglia's xorshift32). */
class RandomOrder implements FillOrder {
  private state = 1;

  constructor(
    private readonly lines: Float64Array,
    private readonly ways: number,
  ) {}

  use(): void {
    // A use moves nothing.
  }

  fill(): void {
    // Nor does a fill.
  }

  empty(): void {
    // An empty slot is found by looking.
  }

  victim(set: number, isFull: boolean): number {
    if (!isFull) return emptyWay(this.lines, set, this.ways);
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return set * this.ways + (this.state % this.ways);
  }

  save(): unknown {
    return this.state;
  }

  load(saved: unknown): void {
    this.state = saved as number;
  }

  checkInvariants(): string[] {
    return [];
  }
}

/**
 * Pseudo-LRU by a binary tree a set, as Intel 486 and later processors have: each node's bit points to the half that was
 * not used last (Handy, The Cache Memory Book, 2nd ed., 2.2). Nodes are numbered as in a heap, the root 1. O(log ways).
 */
class TreeOrder implements FillOrder {
  private readonly bits: Uint8Array;

  constructor(
    private readonly lines: Float64Array,
    private readonly ways: number,
  ) {
    this.bits = new Uint8Array(lines.length);
  }

  use(slot: number): void {
    const way = slot % this.ways;
    const tree = slot - way;
    for (let node = this.ways + way; node > 1; node >>= 1) this.bits[tree + (node >> 1)] = 1 - (node & 1);
  }

  fill(slot: number): void {
    this.use(slot);
  }

  empty(): void {
    // An empty slot is found by looking.
  }

  victim(set: number, isFull: boolean): number {
    const { ways } = this;
    if (!isFull) return emptyWay(this.lines, set, ways);
    const tree = set * ways;
    let node = 1;
    while (node < ways) node = 2 * node + this.bits[tree + node];
    return tree + node - ways;
  }

  save(): unknown {
    return this.bits.slice();
  }

  load(saved: unknown): void {
    this.bits.set(saved as Uint8Array);
  }

  checkInvariants(): string[] {
    return [];
  }
}
