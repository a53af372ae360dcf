import { AddressMap } from "../heap/AddressMap";
import { grownFloats, grownInts, initialCapacity } from "../heap/growable";

const chunkBits = 4;
const chunkPages = 2 ** chunkBits;
/** Chunks whose place is remembered, by the low bits of their key. */
const remembered = 256;
/** Chunks whose place is in the directory: those of the lowest GiB of pages of 4 KiB. It has 64 KiB at most. */
const directoryChunks = 2 ** 14;

/**
 * From page numbers up to 2^53 to small non-negative integers, whatever the simulated page table looks like: chunks of 16
 * neighbouring pages, those of low pages in a directory, all others in a hash map. A lookup of a low page, and of one in a
 * chunk that was used lately, is two loads, any other one hash; O(1). Memory goes with the pages that are mapped, however
 * far apart.
 */
export class PageMap {
  size = 0;
  /** By key: the chunk, -1 for none; as long as the highest low page needs. */
  private directory = new Int32Array(0);
  /** The chunks that are not in the directory, by key. */
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
  /** Chunk keys in ascending order, made when asked for after a change. */
  private sorted: number[] | null = null;

  /** The value of a page, or -1. */
  get(vpn: number): number {
    const { directory, values } = this;
    if (vpn >= 0 && vpn < directory.length * chunkPages) {
      const chunk = directory[vpn >>> chunkBits];
      return chunk < 0 ? -1 : values[(chunk << chunkBits) + (vpn & (chunkPages - 1))] - 1;
    }
    const key = Math.floor(vpn / chunkPages);
    const chunk = this.chunkOf(key);
    return chunk < 0 ? -1 : values[chunk * chunkPages + (vpn - key * chunkPages)] - 1;
  }

  set(vpn: number, value: number): void {
    const key = Math.floor(vpn / chunkPages);
    let chunk = this.chunkOf(key);
    if (chunk < 0) chunk = this.newChunk(key);
    const place = chunk * chunkPages + (vpn - key * chunkPages);
    if (this.values[place] === 0) {
      this.size++;
      this.used[chunk]++;
    }
    this.values[place] = value + 1;
  }

  delete(vpn: number): void {
    const key = Math.floor(vpn / chunkPages);
    const chunk = this.chunkOf(key);
    if (chunk < 0) return;
    const place = chunk * chunkPages + (vpn - key * chunkPages);
    if (this.values[place] === 0) return;
    this.values[place] = 0;
    this.size--;
    if (--this.used[chunk] > 0) return;
    this.setChunk(key, -1);
    this.spare.push(chunk);
    this.sorted = null;
  }

  /** Pages in ascending order, from `from` on, with their values. */
  *entries(from = 0): IterableIterator<readonly [vpn: number, value: number]> {
    for (const key of this.sortedKeys()) {
      if ((key + 1) * chunkPages <= from) continue;
      const first = this.chunkOf(key) * chunkPages;
      for (let k = 0; k < chunkPages; k++) {
        const vpn = key * chunkPages + k;
        if (this.values[first + k] !== 0 && vpn >= from) yield [vpn, this.values[first + k] - 1];
      }
    }
  }

  clear(): void {
    for (const key of this.sortedKeys()) this.setChunk(key, -1);
    this.values.fill(0);
    this.used.fill(0);
    this.spare.length = 0;
    this.count = 0;
    this.size = 0;
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

  /** The chunk of a key, or -1. */
  private chunkOf(key: number): number {
    if (key >= 0 && key < directoryChunks) return key < this.directory.length ? this.directory[key] : -1;
    const place = key & (remembered - 1);
    if (this.lateKeys[place] !== key) {
      this.lateKeys[place] = key;
      this.lateChunks[place] = this.chunks.get(key, -1);
    }
    return this.lateChunks[place];
  }

  private setChunk(key: number, chunk: number): void {
    if (key < directoryChunks) {
      const { length } = this.directory;
      if (key >= length)
        this.directory = grownInts(this.directory, 2 ** Math.ceil(Math.log2(key + 1))).fill(-1, length);
      this.directory[key] = chunk;
      return;
    }
    if (chunk < 0) this.chunks.delete(key);
    else this.chunks.set(key, chunk);
    const place = key & (remembered - 1);
    if (this.lateKeys[place] === key) this.lateChunks[place] = chunk;
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
    this.setChunk(key, chunk);
    this.sorted = null;
    return chunk;
  }
}
