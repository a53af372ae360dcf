import { AddressMap } from "../heap/AddressMap";
import { grownFloats, grownInts, initialCapacity } from "../heap/growable";

const chunkPages = 16;

/**
 * From page numbers up to 2^53 to small non-negative integers, whatever the simulated page table looks like: a hash map
 * of chunks of 16 neighbouring pages. A lookup near the last one is one load, any other one hash; O(1). Memory goes with
 * the pages that are mapped, however far apart.
 */
export class PageMap {
  size = 0;
  private readonly chunks = new AddressMap();
  /** 16 entries a chunk: value + 1, or 0 for none. */
  private values = new Int32Array(initialCapacity * chunkPages);
  private keys = new Float64Array(initialCapacity);
  private used = new Int32Array(initialCapacity);
  private readonly spare: number[] = [];
  private count = 0;
  private nearKey = -1;
  private near = -1;
  /** Chunk keys in ascending order, made when asked for after a change. */
  private sorted: number[] | null = null;

  /** The value of a page, or -1. */
  get(vpn: number): number {
    const key = Math.floor(vpn / chunkPages);
    if (key !== this.nearKey) this.moveTo(key);
    return this.near < 0 ? -1 : this.values[this.near * chunkPages + (vpn - key * chunkPages)] - 1;
  }

  set(vpn: number, value: number): void {
    const key = Math.floor(vpn / chunkPages);
    if (key !== this.nearKey) this.moveTo(key);
    if (this.near < 0) this.near = this.newChunk(key);
    const place = this.near * chunkPages + (vpn - key * chunkPages);
    if (this.values[place] === 0) {
      this.size++;
      this.used[this.near]++;
    }
    this.values[place] = value + 1;
  }

  delete(vpn: number): void {
    const key = Math.floor(vpn / chunkPages);
    if (key !== this.nearKey) this.moveTo(key);
    const { near } = this;
    if (near < 0) return;
    const place = near * chunkPages + (vpn - key * chunkPages);
    if (this.values[place] === 0) return;
    this.values[place] = 0;
    this.size--;
    if (--this.used[near] > 0) return;
    this.chunks.delete(key);
    this.spare.push(near);
    this.near = -1;
    this.sorted = null;
  }

  /** Pages in ascending order, from `from` on, with their values. */
  *entries(from = 0): IterableIterator<readonly [vpn: number, value: number]> {
    for (const key of this.sortedKeys()) {
      if ((key + 1) * chunkPages <= from) continue;
      const first = this.chunks.get(key, -1) * chunkPages;
      for (let k = 0; k < chunkPages; k++) {
        const vpn = key * chunkPages + k;
        if (this.values[first + k] !== 0 && vpn >= from) yield [vpn, this.values[first + k] - 1];
      }
    }
  }

  clear(): void {
    for (const key of this.sortedKeys()) this.chunks.delete(key);
    this.values.fill(0);
    this.used.fill(0);
    this.spare.length = 0;
    this.count = 0;
    this.size = 0;
    this.nearKey = -1;
    this.near = -1;
    this.sorted = null;
  }

  private sortedKeys(): readonly number[] {
    if (this.sorted === null) {
      const keys: number[] = [];
      for (let chunk = 0; chunk < this.count; chunk++) if (this.used[chunk] > 0) keys.push(this.keys[chunk]);
      this.sorted = keys.sort((a, b) => a - b);
    }
    return this.sorted;
  }

  private moveTo(key: number): void {
    this.nearKey = key;
    this.near = this.chunks.get(key, -1);
  }

  private newChunk(key: number): number {
    let chunk = this.spare.pop();
    if (chunk === undefined) {
      if (this.count === this.keys.length) {
        const capacity = 2 * this.count;
        this.keys = grownFloats(this.keys, capacity);
        this.used = grownInts(this.used, capacity);
        this.values = grownInts(this.values, capacity * chunkPages);
      }
      chunk = this.count++;
    }
    this.keys[chunk] = key;
    this.chunks.set(key, chunk);
    this.sorted = null;
    return chunk;
  }
}
