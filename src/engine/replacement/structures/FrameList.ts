import { withIndex } from "./growth";

const unlinked = -1;

/** A doubly linked list of frames whose links lie in typed arrays: node 0 closes the ring, frame f is node f + 1. */
export class FrameList {
  private next = new Int32Array(1);
  private previous = new Int32Array(1);
  length = 0;

  /** The first frame, or -1. */
  get first(): number {
    return this.next[0] - 1;
  }

  /** The last frame, or -1. */
  get last(): number {
    return this.previous[0] - 1;
  }

  has(frame: number): boolean {
    return frame + 1 < this.next.length && this.next[frame + 1] !== unlinked;
  }

  /** The frame behind this one, or -1. */
  after(frame: number): number {
    return this.next[frame + 1] - 1;
  }

  /** The frame in front of this one, or -1. */
  before(frame: number): number {
    return this.previous[frame + 1] - 1;
  }

  append(frame: number): void {
    this.insertAfter(frame, this.last);
  }

  /** Puts a frame behind another one, or in front of all for -1. */
  insertAfter(frame: number, other: number): void {
    if (frame + 1 >= this.next.length) {
      this.next = withIndex(this.next, frame + 1, unlinked);
      this.previous = withIndex(this.previous, frame + 1, unlinked);
    }
    this.link(frame + 1, other + 1, this.next[other + 1]);
    this.length++;
  }

  remove(frame: number): void {
    this.unlink(frame + 1);
    this.next[frame + 1] = unlinked;
    this.length--;
  }

  moveToBack(frame: number): void {
    const node = frame + 1;
    const last = this.previous[0];
    if (last === node) return;
    this.unlink(node);
    this.link(node, last, 0);
  }

  /** Puts a frame of the list behind another one. */
  moveAfter(frame: number, other: number): void {
    this.unlink(frame + 1);
    this.link(frame + 1, other + 1, this.next[other + 1]);
  }

  toArray(): number[] {
    const frames: number[] = [];
    for (let frame = this.first; frame !== -1; frame = this.after(frame)) frames.push(frame);
    return frames;
  }

  save(): Int32Array {
    const frames = new Int32Array(this.length);
    for (let index = 0, frame = this.first; frame !== -1; frame = this.after(frame)) frames[index++] = frame;
    return frames;
  }

  load(frames: Int32Array): void {
    this.next.fill(unlinked);
    this.next[0] = 0;
    this.previous[0] = 0;
    this.length = 0;
    for (const frame of frames) this.append(frame);
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    let count = 0;
    for (let node = this.next[0]; node !== 0 && count <= this.length; node = this.next[node]!) {
      if (this.next[this.previous[node]] !== node) violations.push(`The link back from frame ${node - 1} is broken.`);
      count++;
    }
    if (count !== this.length) violations.push(`The list says ${this.length} frames and holds ${count}.`);
    return violations;
  }

  private link(node: number, before: number, after: number): void {
    const { next, previous } = this;
    next[node] = after;
    previous[node] = before;
    previous[after] = node;
    next[before] = node;
  }

  private unlink(node: number): void {
    const { next, previous } = this;
    const before = previous[node];
    const after = next[node];
    next[before] = after;
    previous[after] = before;
  }
}
