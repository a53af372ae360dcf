import type { ByteStoreContract, ByteStoreSnapshot } from "./contract";
import { bitAt, firstClearBit, markBit, markBits } from "./definedBits";
import { PageVersion } from "./PageVersion";

export type { ByteStoreContract, ByteStoreSnapshot } from "./contract";

/** Bytes in a page of the store: a size of the simulation, not of any simulated machine. */
export const storePageBytes = 4096;

interface Page {
  readonly bytes: Uint8Array;
  readonly defined: Uint8Array;
  readonly version: PageVersion;
}

interface PagesSnapshot extends ByteStoreSnapshot {
  readonly pages: ReadonlyMap<number, Page>;
  /** The version of those pages that no earlier snapshot has. */
  readonly latest: PageVersion;
}

const pageOf = (address: number): number => Math.floor(address / storePageBytes);

/** The sparse, copy-on-write bytes of a heap, a pool or physical memory. Bytes never written read as 0. */
export class ByteStore implements ByteStoreContract {
  private pages = new Map<number, Page>();
  private version = new PageVersion();
  /** Of the snapshot that was made or restored last. */
  private latest = this.version;
  // The page touched last, for reading, and whether it may be written in place: most accesses stay on one page.
  private cachedIndex = -1;
  private cachedPage: Page | undefined;
  private readonly copyBytes = new Uint8Array(storePageBytes);
  private readonly copyDefined = new Uint8Array(storePageBytes / 8);

  get residentBytes(): number {
    return this.pages.size * storePageBytes;
  }

  get(address: number): number {
    const index = pageOf(address);
    return this.pageToRead(index)?.bytes[address - index * storePageBytes] ?? 0;
  }

  set(address: number, byte: number): void {
    const index = pageOf(address);
    const page = this.pageToWrite(index);
    const offset = address - index * storePageBytes;
    page.bytes[offset] = byte;
    markBit(page.defined, offset, true);
  }

  getInteger(address: number, width: number): number {
    let value = 0;
    for (let k = width - 1; k >= 0; k--) value = value * 256 + this.get(address + k);
    return value;
  }

  setInteger(address: number, width: number, value: number): void {
    let low = value >>> 0;
    let high = Math.floor(value / 0x1_0000_0000) >>> 0;
    const index = pageOf(address);
    const offset = address - index * storePageBytes;
    const page = offset + width <= storePageBytes ? this.pageToWrite(index) : null;
    for (let k = 0; k < width; k++) {
      if (page === null) this.set(address + k, low & 0xff);
      else page.bytes[offset + k] = low;
      low = (low >>> 8) | ((high & 0xff) << 24);
      high >>>= 8;
    }
    if (page !== null) markBits(page.defined, offset, offset + width, true);
  }

  read(address: number, length: number): Uint8Array {
    const result = new Uint8Array(length);
    this.eachPart(address, length, (index, start, end, at) => {
      const page = this.pageToRead(index);
      if (page) result.set(page.bytes.subarray(start, end), at);
    });
    return result;
  }

  write(address: number, bytes: Uint8Array): void {
    this.eachPart(address, bytes.length, (index, start, end, at) => {
      const page = this.pageToWrite(index);
      page.bytes.set(bytes.subarray(at, at + end - start), start);
      markBits(page.defined, start, end, true);
    });
  }

  fill(address: number, length: number, byte: number): void {
    this.eachPart(address, length, (index, start, end) => {
      const page = this.pageToWrite(index);
      page.bytes.fill(byte, start, end);
      markBits(page.defined, start, end, true);
    });
  }

  copy(to: number, from: number, length: number): void {
    if (to === from) return;
    // Upwards in pieces when moving down and downwards when moving up, so that no piece is overwritten before it is read.
    const pieces = Math.ceil(length / storePageBytes);
    for (let k = 0; k < pieces; k++) {
      const offset = (to < from ? k : pieces - 1 - k) * storePageBytes;
      this.copyPiece(to + offset, from + offset, Math.min(storePageBytes, length - offset));
    }
  }

  firstUndefined(address: number, length: number): number {
    const end = address + length;
    for (let at = address; at < end;) {
      const index = pageOf(at);
      const page = this.pageToRead(index);
      if (!page) return at;
      const pageStart = index * storePageBytes;
      const found = firstClearBit(page.defined, at - pageStart, Math.min(end - pageStart, storePageBytes));
      if (found >= 0) return pageStart + found;
      at = pageStart + storePageBytes;
    }
    return -1;
  }

  *residentParts(address: number, length: number): IterableIterator<readonly [start: number, end: number]> {
    if (length <= 0) return;
    const firstPage = pageOf(address);
    const lastPage = pageOf(address + length - 1);
    const part = (index: number): readonly [number, number] => [
      Math.max(address, index * storePageBytes),
      Math.min(address + length, (index + 1) * storePageBytes),
    ];
    if (lastPage - firstPage < this.pages.size) {
      for (let index = firstPage; index <= lastPage; index++) if (this.pages.has(index)) yield part(index);
      return;
    }
    const existing = [...this.pages.keys()].filter((index) => index >= firstPage && index <= lastPage);
    for (const index of existing.sort((a, b) => a - b)) yield part(index);
  }

  forget(address: number, length: number): void {
    if (length <= 0) return;
    const firstPage = pageOf(address);
    const lastPage = pageOf(address + length - 1);
    const end = address + length;
    // A huge range is mostly pages that do not exist, so the shorter of the two lists of pages is walked.
    if (lastPage - firstPage < this.pages.size) {
      for (let index = firstPage; index <= lastPage; index++) this.forgetInPage(index, address, end);
    } else {
      for (const index of [...this.pages.keys()]) {
        if (index >= firstPage && index <= lastPage) this.forgetInPage(index, address, end);
      }
    }
  }

  erase(address: number, length: number): void {
    this.eachPart(address, length, (index, start, end) => {
      if (!this.pages.has(index)) return;
      if (end - start === storePageBytes) {
        this.pages.delete(index);
        this.cachedIndex = -1;
        this.cachedPage = undefined;
        return;
      }
      const page = this.pageToWrite(index);
      page.bytes.fill(0, start, end);
      markBits(page.defined, start, end, false);
    });
  }

  snapshot(): ByteStoreSnapshot {
    this.disownPages(this.version);
    const saved: PagesSnapshot = { kind: "byte-store", pages: new Map(this.pages), latest: this.latest };
    return saved;
  }

  restore(snapshot: ByteStoreSnapshot): void {
    const { pages, latest } = snapshot as PagesSnapshot;
    this.disownPages(latest);
    this.pages = new Map(pages);
  }

  takeBack(): void {
    this.version = this.latest;
  }

  private disownPages(latest: PageVersion): void {
    this.latest = latest;
    this.version = new PageVersion();
    this.cachedIndex = -1;
    this.cachedPage = undefined;
  }

  private pageToRead(index: number): Page | undefined {
    if (index === this.cachedIndex) return this.cachedPage;
    const page = this.pages.get(index);
    if (page) {
      this.cachedIndex = index;
      this.cachedPage = page;
    }
    return page;
  }

  private pageToWrite(index: number): Page {
    let page = this.pageToRead(index);
    if (page?.version === this.version) return page;
    page = {
      bytes: page ? page.bytes.slice() : new Uint8Array(storePageBytes),
      defined: page ? page.defined.slice() : new Uint8Array(storePageBytes / 8),
      version: this.version,
    };
    this.pages.set(index, page);
    this.cachedIndex = index;
    this.cachedPage = page;
    return page;
  }

  private forgetInPage(index: number, from: number, to: number): void {
    if (!this.pages.has(index)) return;
    const pageStart = index * storePageBytes;
    const start = Math.max(0, from - pageStart);
    markBits(this.pageToWrite(index).defined, start, Math.min(storePageBytes, to - pageStart), false);
  }

  private copyPiece(to: number, from: number, length: number): void {
    const { copyBytes, copyDefined } = this;
    let anyDefined = false;
    this.eachPart(from, length, (index, start, end, at) => {
      const page = this.pageToRead(index);
      if (page) {
        copyBytes.set(page.bytes.subarray(start, end), at);
        for (let k = start; k < end; k++) markBit(copyDefined, at + k - start, bitAt(page.defined, k));
        anyDefined = true;
      } else {
        copyBytes.fill(0, at, at + end - start);
        markBits(copyDefined, at, at + end - start, false);
      }
    });
    this.eachPart(to, length, (index, start, end, at) => {
      // Copying what was never written onto what was never written needs no page.
      if (!anyDefined && !this.pages.has(index)) return;
      const page = this.pageToWrite(index);
      page.bytes.set(copyBytes.subarray(at, at + end - start), start);
      for (let k = start; k < end; k++) markBit(page.defined, k, bitAt(copyDefined, at + k - start));
    });
  }

  /** Calls `visit` for each page's part of the range: page number, half-open offsets in it, offset in the range. */
  private eachPart(
    address: number,
    length: number,
    visit: (index: number, start: number, end: number, at: number) => void,
  ): void {
    for (let at = 0; at < length;) {
      const index = pageOf(address + at);
      const start = address + at - index * storePageBytes;
      const end = Math.min(storePageBytes, start + length - at);
      visit(index, start, end, at);
      at += end - start;
    }
  }
}
