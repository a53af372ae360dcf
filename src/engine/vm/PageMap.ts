import { AddressMap } from "../heap/AddressMap";
import { grownFloats, grownInts, initialCapacity } from "../heap/growable";

const chunkPages = 16;
/** Chunks whose place is remembered, by the low bits of their key. */
const remembered = 256;

/**
 * From page numbers up to 2^53 to small non-negative integers, whatever the simulated page table looks like: a hash map
 * of chunks of 16 neighbouring pages. A lookup in a chunk that was used lately is two loads, any other one hash; O(1).
 * Memory goes with the pages that are mapped, however far apart.
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
  /** The chunks used lately: their keys, -1 for none, and where they are, -1 for a chunk that does not exist. */
  private readonly lateKeys = new Float64Array(remembered).fill(-1);
  private readonly lateChunks = new Int32Array(remembered);
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
    this.lateChunks[key & (remembered - 1)] = -1;
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
    this.lateKeys.fill(-1);
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
    const place = key & (remembered - 1);
    if (this.lateKeys[place] !== key) {
      this.lateKeys[place] = key;
      this.lateChunks[place] = this.chunks.get(key, -1);
    }
    this.nearKey = key;
    this.near = this.lateChunks[place];
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
    this.lateChunks[key & (remembered - 1)] = chunk;
    this.sorted = null;
    return chunk;
  }
}
