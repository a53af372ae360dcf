import type { NaiveOptions } from "./naiveTypes";

/** Swap slots and the compressed pool in front of them, over plain arrays. */
export class NaiveSwap {
  /** Slots ever used: the frame that holds the same page, null for none, or "free". */
  readonly slots: (number | null | "free")[] = [];
  private readonly freed: number[] = [];
  /** The page that has waited longest first. */
  private pool: { readonly slot: number; readonly size: number }[] = [];
  private raw = 0;
  private packed = 0;
  private writebacks = 0;
  private swapIns = 0;
  private swapOuts = 0;

  constructor(
    private readonly options: NaiveOptions,
    private readonly usersOf: (slot: number) => number,
  ) {}

  /** A slot for a frame's page; the one freed last first. */
  take(frame: number): number | null {
    let slot = this.freed.pop();
    if (slot === undefined) {
      if (this.slots.length >= this.options.swapSlots) return null;
      slot = this.slots.length;
    }
    this.slots[slot] = frame;
    return slot;
  }

  /** Frees a slot that no frame and no page has any more. */
  release(slot: number): void {
    if (typeof this.slots[slot] === "number" || this.usersOf(slot) > 0) return;
    this.slots[slot] = "free";
    this.freed.push(slot);
    this.pool = this.pool.filter((page) => page.slot !== slot);
  }

  read(slot: number): void {
    if (!this.pool.some((page) => page.slot === slot)) this.swapIns++;
  }

  write(slot: number, bytes: readonly number[]): void {
    this.writebacks++;
    const { poolBytes, pageSize, compress } = this.options;
    this.pool = this.pool.filter((page) => page.slot !== slot);
    const size = poolBytes === 0 ? Infinity : compress(Uint8Array.from(bytes)).length;
    if (size >= pageSize || size > poolBytes) {
      this.swapOuts++;
      return;
    }
    while (this.pooled() + size > poolBytes) {
      this.pool.shift();
      this.swapOuts++;
    }
    this.pool.push({ slot, size });
    this.raw += pageSize;
    this.packed += size;
  }

  stats() {
    const { writebacks, swapIns, swapOuts, raw, packed } = this;
    const swapUsed = this.slots.filter((slot) => slot !== "free").length;
    const compressionRatio = packed === 0 ? 1 : raw / packed;
    return { writebacks, swapIns, swapOuts, swapUsed, compressedBytes: this.pooled(), compressionRatio };
  }

  private pooled(): number {
    return this.pool.reduce((sum, { size }) => sum + size, 0);
  }
}
