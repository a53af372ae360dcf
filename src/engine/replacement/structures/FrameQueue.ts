import { withIndex } from "./growth";

/**
 * Frames first in, first out: a doubly linked ring whose links lie in typed arrays, entered at its first frame. That the
 * first becomes the last one, as when its page makes room for another, is a turn of the ring. All O(1).
 */
export class FrameQueue {
  private next = new Int32Array(0);
  private previous = new Int32Array(0);
  /** The frame that came first; -1 when there is none. */
  first = -1;
  length = 0;

  append(frame: number): void {
    if (frame >= this.next.length) {
      this.next = withIndex(this.next, frame, -1);
      this.previous = withIndex(this.previous, frame, -1);
    }
    const { next, previous, first } = this;
    if (first === -1) this.first = frame;
    const behind = first === -1 ? frame : first;
    const before = first === -1 ? frame : previous[first];
    next[frame] = behind;
    previous[frame] = before;
    next[before] = frame;
    previous[behind] = frame;
    this.length++;
  }

  /** Takes the first frame out; there must be one. */
  shift(): number {
    const { first } = this;
    this.remove(first);
    return first;
  }

  /** Makes the first frame the last one; there must be one. */
  rotate(): number {
    const { first } = this;
    this.first = this.next[first];
    return first;
  }

  remove(frame: number): void {
    const { next, previous } = this;
    const after = next[frame];
    const before = previous[frame];
    next[before] = after;
    previous[after] = before;
    if (frame === this.first) this.first = after === frame ? -1 : after;
    this.length--;
  }

  toArray(): number[] {
    return [...this.save()];
  }

  save(): Int32Array {
    const frames = new Int32Array(this.length);
    for (let index = 0, frame = this.first; index < frames.length; frame = this.next[frame]) frames[index++] = frame;
    return frames;
  }

  load(frames: Int32Array): void {
    this.first = -1;
    this.length = 0;
    for (const frame of frames) this.append(frame);
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    const frames = this.save();
    frames.forEach((frame, index) => {
      const after = index + 1 < frames.length ? frames[index + 1] : this.first;
      if (this.previous[after] !== frame) violations.push(`The link back to frame ${frame} is broken.`);
      if (index > 0 && frame === this.first) violations.push("The queue miscounts its frames.");
    });
    if (frames.length > 0 && this.next[frames[frames.length - 1]] !== this.first)
      violations.push("The ring of the queue does not close.");
    return violations;
  }
}
