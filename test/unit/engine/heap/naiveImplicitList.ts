export type ImplicitFit = "first" | "next" | "best";

export interface ImplicitBlock {
  readonly payload: number;
  readonly size: number;
  readonly used: boolean;
}

const word = 4;
const double = 8;

/**
 * The implicit free list of CS:APP (3rd edition, section 9.9.12) in an array of bytes: sizes and used bits are nowhere
 * but in the headers and footers. Pointers are offsets from the start of the memory, 0 is null.
 */
export class NaiveImplicitList {
  /** One past the last byte, as `mem_heap_hi() + 1`. */
  brk = 0;
  /** Free blocks that the last search looked at. */
  searched = 0;
  readonly memory: DataView;
  private first = 0;
  private rover = 0;

  constructor(
    limit: number,
    private readonly chunk: number,
    private readonly fit: ImplicitFit,
  ) {
    this.memory = new DataView(new ArrayBuffer(limit));
    this.brk = 4 * word;
    this.put(word, double, true);
    this.put(2 * word, double, true);
    this.put(3 * word, 0, true);
    this.first = this.rover = 2 * word;
    this.extend(chunk);
  }

  malloc(requested: number): number {
    const size = requested <= double ? 2 * double : double * Math.ceil((requested + double) / double);
    const found = this.find(size) || this.extend(Math.max(size, this.chunk));
    if (found !== 0) this.place(found, size);
    return found;
  }

  free(pointer: number): void {
    this.mark(pointer, this.sizeOf(pointer), false);
    this.coalesce(pointer);
  }

  realloc(pointer: number, requested: number): number {
    const moved = this.malloc(requested);
    if (moved === 0) return 0;
    const length = Math.min(requested, this.sizeOf(pointer) - double);
    for (let k = 0; k < length; k++) this.memory.setUint8(moved + k, this.memory.getUint8(pointer + k));
    this.free(pointer);
    return moved;
  }

  *blocks(): IterableIterator<ImplicitBlock> {
    for (let at = this.next(this.first); this.sizeOf(at) > 0; at = this.next(at)) {
      yield { payload: at, size: this.sizeOf(at), used: this.isUsed(at) };
    }
  }

  private put(at: number, size: number, used: boolean): void {
    this.memory.setUint32(at, size + (used ? 1 : 0), true);
  }

  private mark(pointer: number, size: number, used: boolean): void {
    this.put(pointer - word, size, used);
    this.put(pointer + size - double, size, used);
  }

  private sizeOf(pointer: number): number {
    return this.memory.getUint32(pointer - word, true) & ~7;
  }

  private isUsed(pointer: number): boolean {
    return (this.memory.getUint32(pointer - word, true) & 1) === 1;
  }

  private next(pointer: number): number {
    return pointer + this.sizeOf(pointer);
  }

  private extend(bytes: number): number {
    const size = Math.ceil(bytes / double) * double;
    if (this.brk + size > this.memory.byteLength) return 0;
    const pointer = this.brk;
    this.brk += size;
    this.mark(pointer, size, false);
    this.put(this.next(pointer) - word, 0, true);
    return this.coalesce(pointer);
  }

  private coalesce(pointer: number): number {
    let start = pointer;
    let size = this.sizeOf(pointer);
    const next = this.next(pointer);
    if (!this.isUsed(next)) size += this.sizeOf(next);
    const footerBefore = this.memory.getUint32(pointer - double, true);
    if ((footerBefore & 1) === 0) {
      start -= footerBefore & ~7;
      size += footerBefore & ~7;
    }
    this.mark(start, size, false);
    if (this.rover > start && this.rover < start + size) this.rover = start;
    return start;
  }

  private find(size: number): number {
    this.searched = 0;
    const walk = this.fit === "next" ? this.fromRover() : this.fromStart();
    let best = 0;
    for (const at of walk) {
      if (this.isUsed(at)) continue;
      this.searched++;
      if (this.sizeOf(at) < size) continue;
      if (this.fit !== "best") {
        if (this.fit === "next") this.rover = at;
        return at;
      }
      if (best === 0 || this.sizeOf(at) < this.sizeOf(best)) best = at;
    }
    return best;
  }

  private *fromStart(): IterableIterator<number> {
    for (let at = this.first; this.sizeOf(at) > 0; at = this.next(at)) yield at;
  }

  private *fromRover(): IterableIterator<number> {
    const { rover } = this;
    for (let at = rover; this.sizeOf(at) > 0; at = this.next(at)) yield at;
    for (let at = this.first; at < rover; at = this.next(at)) yield at;
  }

  private place(pointer: number, size: number): void {
    const whole = this.sizeOf(pointer);
    if (whole - size < 2 * double) {
      this.mark(pointer, whole, true);
      return;
    }
    this.mark(pointer, size, true);
    this.mark(pointer + size, whole - size, false);
  }
}
