import { withIndex } from "./growth";

/**
 * Frames first in, first out, in a ring of slots; a frame that leaves out of turn leaves an empty slot, which is passed
 * over later. When the slots run out, the frames move to a ring at least twice their number. O(1) amortized.
 */
export class FrameQueue {
  /** By slot: the frame, -1 when it has left. */
  private frames = new Int32Array(16);
  /** By frame: its slot. */
  private slots = new Int32Array(0);
  /** Slots from `head` up to `tail` are taken, modulo the ring. */
  private head = 0;
  private tail = 0;
  length = 0;

  append(frame: number): void {
    if (this.tail - this.head === this.frames.length) this.load(this.save());
    if (frame >= this.slots.length) this.slots = withIndex(this.slots, frame, -1);
    const slot = this.tail++ & (this.frames.length - 1);
    this.frames[slot] = frame;
    this.slots[frame] = slot;
    this.length++;
  }

  /** Takes the first frame out; there must be one. */
  shift(): number {
    const { frames } = this;
    const mask = frames.length - 1;
    let frame = frames[this.head++ & mask];
    while (frame === -1) frame = frames[this.head++ & mask];
    this.length--;
    return frame;
  }

  remove(frame: number): void {
    this.frames[this.slots[frame]] = -1;
    this.length--;
  }

  toArray(): number[] {
    return [...this.save()];
  }

  save(): Int32Array {
    const frames = new Int32Array(this.length);
    let count = 0;
    for (let at = this.head; at < this.tail; at++) {
      const frame = this.frames[at & (this.frames.length - 1)];
      if (frame !== -1) frames[count++] = frame;
    }
    return frames;
  }

  load(frames: Int32Array): void {
    let capacity = 16;
    while (capacity < 2 * frames.length) capacity *= 2;
    this.frames = new Int32Array(capacity);
    this.head = 0;
    this.tail = 0;
    this.length = 0;
    for (const frame of frames) this.append(frame);
  }

  checkInvariants(): string[] {
    const frames = this.save();
    const violations = frames.length === this.length ? [] : ["The queue miscounts its frames."];
    for (const frame of frames)
      if (this.frames[this.slots[frame]] !== frame) violations.push(`Frame ${frame} is not in its slot.`);
    return violations;
  }
}
