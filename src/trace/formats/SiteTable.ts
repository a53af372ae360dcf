import { lengthened } from "../columns";

/** Bytes of a site that are compared. A longer one is no name of a place in a program. */
const longestSite = 1024;

/**
 * The allocation sites of a trace, numbered from 0 in the order of their first appearance. A hash table over their bytes
 * (FNV-1a, open addressing), so that a line whose site is known makes no string.
 */
export class SiteTable {
  readonly names: string[] = [];
  /** Numbers of sites plus one; 0: empty. */
  private slots = new Int32Array(256);
  private hashes = new Int32Array(128);
  /** The bytes of all sites, one after the other; `ends[n]` is where site n ends. */
  private text = new Uint8Array(8192);
  private ends = new Float64Array(128);

  /** The number of the site that the half-open range of bytes names. */
  numberOf(bytes: Uint8Array, start: number, wantedEnd: number): number {
    const end = Math.min(wantedEnd, start + longestSite);
    let hash = 0x811c9dc5;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]; entry !== 0; entry = this.slots[slot]) {
      if (this.hashes[entry - 1] === hash && this.equals(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.add(slot, hash, bytes.subarray(start, end));
  }

  private equals(site: number, bytes: Uint8Array, start: number, end: number): boolean {
    const { text } = this;
    let own = site === 0 ? 0 : this.ends[site - 1];
    if (this.ends[site] - own !== end - start) return false;
    for (let at = start; at < end; at++) if (bytes[at] !== text[own++]) return false;
    return true;
  }

  private add(slot: number, hash: number, bytes: Uint8Array): number {
    const site = this.names.push(String.fromCharCode(...bytes)) - 1;
    if (site === this.hashes.length) {
      this.hashes = lengthened(this.hashes, site * 2);
      this.ends = lengthened(this.ends, site * 2);
    }
    const begins = site === 0 ? 0 : this.ends[site - 1];
    while (begins + bytes.length > this.text.length) {
      this.text = lengthened(this.text, this.text.length * 2);
    }
    this.text.set(bytes, begins);
    this.ends[site] = begins + bytes.length;
    this.hashes[site] = hash;
    this.slots[slot] = site + 1;
    if (this.names.length * 2 > this.slots.length) this.spread();
    return site;
  }

  /** Twice as many slots. */
  private spread(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let site = 0; site < this.names.length; site++) {
      let slot = this.hashes[site] & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = site + 1;
    }
  }
}
