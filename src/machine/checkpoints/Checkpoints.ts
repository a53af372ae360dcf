import type { MachineSnapshot } from "../contract";
import { pack, unpack, type PackedSnapshot } from "./pack";

/** Steps between checkpoints at the start of a run; it doubles whenever there are too many or too large ones. */
const firstInterval = 64;
const mostCheckpoints = 512;
/** Bytes of a snapshot for each step of the interval: comparing as many costs less than a step does. */
const bytesPerStep = 2048;
/** The latest snapshots are kept as they are too: three of four checkpoints are packed against one of them. */
const keptUnpacked = 2;

/** A checkpoint, and where it is. */
export interface Checkpoint {
  readonly position: number;
  readonly packed: PackedSnapshot;
}

/**
 * Checkpoints an interval apart, but where an edit moved some of them by a few steps. Number n is packed against number n
 * without its lowest one bit, as sums are in a Fenwick tree, so that unpacking takes at most log2(n) others, and half of
 * the checkpoints are packed against their neighbours. Those with odd numbers are no one's base: when there are too many
 * checkpoints or too many bytes, these are dropped and the interval doubles, which leaves all others as they are.
 */
export class Checkpoints {
  private kept: Checkpoint[] = [];
  private interval = firstInterval;
  private held = 0;
  /** Where checkpoints are wanted by number, as far as that is not an interval after the one before. */
  private wanted: readonly number[] = [];
  private due = 0;
  private readonly unpacked = new Map<PackedSnapshot, MachineSnapshot>();

  constructor(
    first: MachineSnapshot,
    /** Bytes that all checkpoints together may hold. */
    private readonly budget: number,
  ) {
    this.add(0, first);
  }

  get length(): number {
    return this.kept.length;
  }

  /** Bytes that they hold, counted. */
  get bytes(): number {
    return this.held;
  }

  isDueAt(position: number): boolean {
    return position === this.due;
  }

  /** Adds the next one, which is due; false when others had to go for it. */
  add(position: number, snapshot: MachineSnapshot): boolean {
    const number = this.kept.length;
    const base = number === 0 ? null : this.kept[number & (number - 1)].packed;
    const packed = pack(snapshot, base, base === null ? undefined : this.unpacked.get(base));
    this.remember(packed, snapshot);
    this.kept.push({ position, packed });
    this.held += packed.bytes;
    const { length } = this.kept;
    while (
      this.kept.length > 2 &&
      (this.kept.length > mostCheckpoints || this.held > this.budget || packed.fullBytes > bytesPerStep * this.interval)
    ) {
      this.thin();
    }
    this.findDue();
    return this.kept.length === length;
  }

  /** Where the last one at or before the position is. */
  positionBefore(position: number): number {
    return this.kept[this.numberBefore(position)].position;
  }

  /** The last one at or before the position. */
  before(position: number): MachineSnapshot {
    return unpacked(this.kept[this.numberBefore(position)]);
  }

  /** Drops those after the position and returns all that there were, by number. */
  fork(position: number): readonly Checkpoint[] {
    const all = this.kept;
    this.kept = all.slice(0, this.numberBefore(position) + 1);
    this.recount();
    return all;
  }

  /** Says where those to come are wanted, by number and in order; an interval apart after the last of them. */
  want(positions: readonly number[]): void {
    this.wanted = positions;
    this.findDue();
  }

  /** Goes on with checkpoints that another course of the run had further on. */
  append(others: readonly Checkpoint[]): void {
    this.kept = [...this.kept, ...others];
    this.wanted = [];
    this.recount();
  }

  /** Exchanges what is no typed array in all snapshots. */
  exchange(change: (tree: MachineSnapshot) => MachineSnapshot): void {
    for (const { packed } of this.kept) packed.tree = change(packed.tree as MachineSnapshot);
    this.unpacked.clear();
  }

  private numberBefore(position: number): number {
    let low = 0;
    let high = this.kept.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.kept[middle].position <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private findDue(): void {
    const { position } = this.kept[this.kept.length - 1];
    const wanted = this.wanted.at(this.kept.length);
    this.due = wanted === undefined ? position + this.interval : Math.max(wanted, position + 1);
  }

  private recount(): void {
    this.held = this.kept.reduce((sum, { packed }) => sum + packed.bytes, 0);
    this.findDue();
  }

  private remember(packed: PackedSnapshot, snapshot: MachineSnapshot): void {
    this.unpacked.set(packed, snapshot);
    if (this.unpacked.size <= keptUnpacked) return;
    for (const oldest of this.unpacked.keys()) {
      this.unpacked.delete(oldest);
      return;
    }
  }

  private thin(): void {
    this.interval *= 2;
    this.kept = this.kept.filter((_, number) => number % 2 === 0);
    this.wanted = [];
    this.recount();
  }
}

/** What a checkpoint holds; its typed arrays belong to the caller. */
export function unpacked({ packed }: Checkpoint): MachineSnapshot {
  return unpack(packed) as MachineSnapshot;
}
