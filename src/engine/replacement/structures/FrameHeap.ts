import { withIndex } from "./growth";

/**
 * A binary heap of frames, the one with the smallest key on top, and of several the one with the smallest rank (Williams
 * 1964); every operation is O(log frames).
 */
export class FrameHeap {
  private heap = new Int32Array(0);
  /** By frame: its place in the heap, -1 when it is not there. */
  private places = new Int32Array(0);
  private keys = new Float64Array(0);
  private ranks = new Float64Array(0);
  length = 0;

  /** The frame with the smallest key, or -1. */
  get top(): number {
    return this.length === 0 ? -1 : this.heap[0];
  }

  has(frame: number): boolean {
    return frame < this.places.length && this.places[frame] !== -1;
  }

  keyOf(frame: number): number {
    return this.keys[frame];
  }

  rankOf(frame: number): number {
    return this.ranks[frame];
  }

  /** Puts a frame in, or gives it another key and rank. */
  set(frame: number, key: number, rank = 0): void {
    if (!this.has(frame)) this.add(frame);
    this.keys[frame] = key;
    this.ranks[frame] = rank;
    const place = this.places[frame];
    this.sink(this.rise(place));
  }

  remove(frame: number): void {
    const place = this.places[frame];
    this.places[frame] = -1;
    const moved = this.heap[--this.length];
    if (moved === frame) return;
    this.put(moved, place);
    this.sink(this.rise(place));
  }

  /** Frames by ascending key and rank. */
  sorted(): number[] {
    const { keys, ranks } = this;
    const frames = [...this.heap.subarray(0, this.length)];
    return frames.sort((a, b) => keys[a] - keys[b] || ranks[a] - ranks[b]);
  }

  clear(): void {
    this.places.fill(-1);
    this.length = 0;
  }

  checkInvariants(): string[] {
    const violations: string[] = [];
    for (let place = 0; place < this.length; place++) {
      const frame = this.heap[place];
      if (this.places[frame] !== place) violations.push(`Frame ${frame} is not where the heap says.`);
      const above = this.heap[(place - 1) >> 1];
      if (place > 0 && this.isBefore(frame, above)) violations.push(`Frame ${frame} lies below a larger key.`);
    }
    return violations;
  }

  private add(frame: number): void {
    this.places = withIndex(this.places, frame, -1);
    this.keys = withIndex(this.keys, frame, 0);
    this.ranks = withIndex(this.ranks, frame, 0);
    this.heap = withIndex(this.heap, this.length, -1);
    this.put(frame, this.length++);
  }

  private put(frame: number, place: number): void {
    this.heap[place] = frame;
    this.places[frame] = place;
  }

  private isBefore(frame: number, other: number): boolean {
    const { keys, ranks } = this;
    return keys[frame] < keys[other] || (keys[frame] === keys[other] && ranks[frame] < ranks[other]);
  }

  private rise(from: number): number {
    const { heap } = this;
    const frame = heap[from];
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(frame, heap[parent])) break;
      this.put(heap[parent], place);
      place = parent;
    }
    this.put(frame, place);
    return place;
  }

  private sink(from: number): void {
    const { heap } = this;
    const frame = heap[from];
    let place = from;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.length) break;
      if (child + 1 < this.length && this.isBefore(heap[child + 1], heap[child])) child++;
      if (!this.isBefore(heap[child], frame)) break;
      this.put(heap[child], place);
      place = child;
    }
    this.put(frame, place);
  }
}
