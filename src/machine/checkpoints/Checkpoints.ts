import type { MachineSnapshot } from "../contract";
import { pack, unpack, type PackedSnapshot } from "./pack";

/** Steps between checkpoints at the start of a run; it doubles whenever there are too many or too large ones. */
const firstInterval = 64;
const mostCheckpoints = 512;
/** Bytes of a snapshot for each step of the interval: comparing as many costs less than a step does. */
const bytesPerStep = 2048;

/**
 * Checkpoints at every multiple of an interval. Number n is packed against number n without its lowest one bit, as sums
 * are in a Fenwick tree, so that unpacking takes at most log2(n) others, and half of the checkpoints are packed against
 * their neighbours. Those with odd numbers are no one's base: when there are too many checkpoints or too many bytes,
 * these are dropped and the interval doubles, which leaves all others as they are.
 */
export class Checkpoints {
  private kept: PackedSnapshot[] = [];
  private interval = firstInterval;
  private held = 0;

  constructor(
    first: MachineSnapshot,
    /** Bytes that all checkpoints together may hold. */
    private readonly budget: number,
  ) {
    this.keep(pack(first, null));
  }

  get length(): number {
    return this.kept.length;
  }

  /** Bytes that they hold, counted. */
  get bytes(): number {
    return this.held;
  }

  isDueAt(position: number): boolean {
    return position === this.kept.length * this.interval;
  }

  /** Adds the next one, which is due. */
  add(snapshot: MachineSnapshot): void {
    const number = this.kept.length;
    const packed = pack(snapshot, this.kept[number & (number - 1)]);
    this.keep(packed);
    while (
      this.kept.length > 2 &&
      (this.kept.length > mostCheckpoints || this.held > this.budget || packed.fullBytes > bytesPerStep * this.interval)
    ) {
      this.thin();
    }
  }

  /** Where the last one at or before the position is. */
  positionBefore(position: number): number {
    return this.numberBefore(position) * this.interval;
  }

  /** The last one at or before the position. */
  before(position: number): MachineSnapshot {
    return unpack(this.kept[this.numberBefore(position)]) as MachineSnapshot;
  }

  /** Drops those after the position. */
  truncate(position: number): void {
    this.kept.length = this.numberBefore(position) + 1;
    this.held = this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  private numberBefore(position: number): number {
    return Math.min(Math.floor(position / this.interval), this.kept.length - 1);
  }

  private keep(packed: PackedSnapshot): void {
    this.kept.push(packed);
    this.held += packed.bytes;
  }

  private thin(): void {
    this.interval *= 2;
    this.kept = this.kept.filter((_, number) => number % 2 === 0);
    this.held = this.kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
