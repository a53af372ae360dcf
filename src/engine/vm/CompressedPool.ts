/** A lossless compressor; the rings above bring a real library's. */
export type Compressor = (page: Uint8Array) => Uint8Array;

type CompressedPoolSnapshot = ReturnType<CompressedPool["save"]>;

/**
 * The compressed pool in front of swap space (Linux's zswap): evicted pages are compressed into memory; when the pool is
 * full, the page that has waited longest is written to its slot on the device. A page that does not get smaller goes to the
 * device at once.
 *
 * Only sizes are kept here: the bytes themselves are in the slot, as those of every page in swap are.
 */
export class CompressedPool {
  /** Packed sizes by slot, the one that has waited longest first. */
  private readonly pages = new Map<number, number>();
  bytes = 0;
  stored = 0;
  fetched = 0;
  rejected = 0;
  /** Of all pages ever stored, before and after compression. */
  rawBytes = 0;
  packedBytes = 0;

  constructor(
    readonly capacity: number,
    private readonly pageSize: number,
    private readonly compress: Compressor,
  ) {}

  get length(): number {
    return this.pages.size;
  }

  /** How many times smaller stored pages became; 1 before the first. */
  get ratio(): number {
    return this.packedBytes === 0 ? 1 : this.rawBytes / this.packedBytes;
  }

  /** Takes in the page of a slot; returns how many pages went to the device instead. */
  store(slot: number, page: Uint8Array): number {
    this.drop(slot);
    const packed = this.compress(page).length;
    if (packed >= this.pageSize || packed > this.capacity) {
      this.rejected++;
      return 1;
    }
    let written = 0;
    for (const oldest of this.pages.keys()) {
      if (this.bytes + packed <= this.capacity) break;
      this.drop(oldest);
      written++;
    }
    this.pages.set(slot, packed);
    this.bytes += packed;
    this.stored++;
    this.rawBytes += this.pageSize;
    this.packedBytes += packed;
    return written;
  }

  /**
   * Whether the slot's page is in the pool, and so costs no reading from the device. It stays there for as long as its
   * slot is taken, so that a page which is evicted clean again costs nothing.
   */
  fetch(slot: number): boolean {
    if (!this.pages.has(slot)) return false;
    this.fetched++;
    return true;
  }

  /** Packed bytes of a slot's page, or undefined when it is on the device. */
  packedSize(slot: number): number | undefined {
    return this.pages.get(slot);
  }

  drop(slot: number): void {
    const packed = this.pages.get(slot);
    if (packed === undefined) return;
    this.bytes -= packed;
    this.pages.delete(slot);
  }

  save() {
    const { stored, fetched, rejected, rawBytes, packedBytes } = this;
    return { pages: [...this.pages], counts: [stored, fetched, rejected, rawBytes, packedBytes] };
  }

  load(saved: CompressedPoolSnapshot): void {
    this.pages.clear();
    this.bytes = 0;
    for (const [slot, packed] of saved.pages) {
      this.pages.set(slot, packed);
      this.bytes += packed;
    }
    [this.stored, this.fetched, this.rejected, this.rawBytes, this.packedBytes] = saved.counts;
  }
}
