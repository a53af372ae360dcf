import { grownBytes, grownInts, initialCapacity } from "../heap/growable";
import { FrameBitmap } from "./FrameBitmap";

type FramesSnapshot = ReturnType<Frames["save"]>;

/**
 * Physical frames: which are in use, which hold page tables, and which have an equal copy in a swap slot. Pages take the
 * lowest free frame; tables take the highest, so that frame numbers which a script names stay free for it.
 */
export class Frames {
  private readonly bitmap: FrameBitmap;
  private readonly tables = new Set<number>();
  /** By frame, up to the highest that ever had one: the swap slot with the same bytes, or -1. */
  private slots = new Int32Array(initialCapacity).fill(-1);
  /** By frame, up to the highest that ever had one: see `keptBits`. */
  private kept = new Uint8Array(initialCapacity);
  private usedCount = 0;

  constructor(readonly count: number) {
    this.bitmap = new FrameBitmap(count);
  }

  get free(): number {
    return this.count - this.usedCount;
  }

  isUsed(frame: number): boolean {
    return this.bitmap.has(frame);
  }

  isTable(frame: number): boolean {
    return this.tables.has(frame);
  }

  take(frame: number): void {
    this.bitmap.add(frame);
    this.usedCount++;
  }

  give(frame: number): void {
    this.bitmap.delete(frame);
    this.tables.delete(frame);
    if (frame < this.kept.length) this.kept[frame] = 0;
    this.usedCount--;
  }

  takeForTable(frame: number): void {
    this.take(frame);
    this.tables.add(frame);
  }

  /** Frames in use, ascending. */
  used(): IterableIterator<number> {
    return this.bitmap.members();
  }

  lowestFree(): number {
    return this.bitmap.lowestFree();
  }

  highestFree(): number {
    return this.bitmap.highestFree();
  }

  /** The lowest run of `length` free frames that begins at a multiple of it, or -1. O(frames). */
  freeRun(length: number): number {
    for (let start = 0; start + length <= this.count; start += length) {
      let k = 0;
      while (k < length && !this.bitmap.has(start + k)) k++;
      if (k === length) return start;
    }
    return -1;
  }

  slotOf(frame: number): number {
    return frame < this.slots.length ? this.slots[frame] : -1;
  }

  setSlot(frame: number, slot: number): void {
    while (frame >= this.slots.length) {
      const { length } = this.slots;
      this.slots = grownInts(this.slots, 2 * length).fill(-1, length);
    }
    this.slots[frame] = slot;
  }

  /**
   * Accessed and dirty bits of pages that left the frame while others stay in it: what was written is not lost with the
   * entry that said so (PG_referenced and PG_dirty of Linux).
   */
  keptBits(frame: number): number {
    return frame < this.kept.length ? this.kept[frame] : 0;
  }

  keepBits(frame: number, bits: number): void {
    while (frame >= this.kept.length) this.kept = grownBytes(this.kept, 2 * this.kept.length);
    this.kept[frame] |= bits;
  }

  dropBits(frame: number, bits: number): void {
    if (frame < this.kept.length) this.kept[frame] &= ~bits;
  }

  save() {
    const { tables, slots, kept } = this;
    return { used: Int32Array.from(this.used()), tables: [...tables], slots: slots.slice(), kept: kept.slice() };
  }

  load(saved: FramesSnapshot): void {
    this.bitmap.clear();
    for (const frame of saved.used) this.bitmap.add(frame);
    this.usedCount = saved.used.length;
    this.tables.clear();
    for (const frame of saved.tables) this.tables.add(frame);
    this.slots = saved.slots.slice();
    this.kept = saved.kept.slice();
  }
}
