import { withIndex } from "./growth";

/**
 * Frames in order of arrival, found by their position: a Fenwick tree (Fenwick 1994) counts the frames in a line of
 * slots, of which each arrival takes the next. When the slots run out, the frames move together. O(log frames).
 */
export class ArrivalOrder {
  /** By slot: the frame, -1 when it has left. */
  private frames = new Int32Array(64);
  private counts = new Int32Array(65);
  private slots = new Int32Array(0);
  private end = 0;
  length = 0;

  append(frame: number): void {
    if (this.end === this.frames.length) this.load(this.save());
    this.slots = withIndex(this.slots, frame, -1);
    this.frames[this.end] = frame;
    this.slots[frame] = this.end;
    this.count(this.end++, 1);
    this.length++;
  }

  remove(frame: number): void {
    const slot = this.slots[frame];
    this.frames[slot] = -1;
    this.slots[frame] = -1;
    this.count(slot, -1);
    this.length--;
  }

  /** The frame at a position from 0 to `length` - 1. */
  at(position: number): number {
    const { counts } = this;
    let left = position;
    let slot = 0;
    for (let step = this.frames.length; step > 0; step >>= 1) {
      if (slot + step >= counts.length || counts[slot + step] > left) continue;
      slot += step;
      left -= counts[slot];
    }
    return this.frames[slot];
  }

  toArray(): number[] {
    return [...this.save()];
  }

  save(): Int32Array {
    return this.frames.subarray(0, this.end).filter((frame) => frame !== -1);
  }

  /** Takes the frames in their order; leaves as many slots free, so that moving together is rare. */
  load(frames: Int32Array): void {
    let capacity = 64;
    while (capacity < 2 * frames.length) capacity *= 2;
    this.frames = new Int32Array(capacity).fill(-1);
    this.counts = new Int32Array(capacity + 1);
    this.slots.fill(-1);
    this.end = 0;
    this.length = 0;
    for (const frame of frames) this.append(frame);
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    this.save().forEach((frame, position) => {
      if (this.at(position) !== frame) violations.push(`Frame ${frame} is not found at position ${position}.`);
      if (this.frames[this.slots[frame]] !== frame) violations.push(`Frame ${frame} is not in its slot.`);
    });
    return violations;
  }

  private count(slot: number, change: number): void {
    const { counts } = this;
    for (let node = slot + 1; node < counts.length; node += node & -node) counts[node] += change;
  }
}
