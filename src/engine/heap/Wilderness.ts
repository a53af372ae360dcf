import type { BlockTable } from "./BlockTable";
import type { FreeBlocks } from "./FreeBlocks";
import { FreeList, type WaitingElsewhere } from "./FreeList";
import type { HeaderBytes } from "./HeaderBytes";

/**
 * A free list in address order, the holes, and in no list the free block that the heap ends with: the wilderness (Korn
 * and Vo, "In search of a better malloc", USENIX 1985).
 */
export class Wilderness implements FreeBlocks, WaitingElsewhere {
  readonly holes: FreeList;
  /** The free block that the heap ends with, -1 when the last block is used. */
  last = -1;
  private headers: HeaderBytes | null = null;

  constructor(
    private readonly table: BlockTable,
    sizeGranule: number,
  ) {
    this.holes = new FreeList(table, "address", "immediate", sizeGranule, this);
  }

  get length(): number {
    return this.holes.length + (this.last < 0 ? 0 : 1);
  }

  get bytes(): number {
    return this.holes.bytes + this.lastBytes;
  }

  get largestSize(): number {
    return Math.max(this.holes.largestSize, this.lastBytes);
  }

  holds(id: number): boolean {
    return id === this.last;
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
    this.holes.useHeaders(headers);
  }

  before(id: number): number {
    return id === this.last ? -1 : this.holes.before(id);
  }

  after(id: number): number {
    return id === this.last ? -1 : this.holes.after(id);
  }

  /** In address order, so that the wilderness comes last. */
  next(id: number): number {
    if (id >= 0 && id === this.last) return -1;
    const next = this.holes.next(id);
    return next < 0 ? this.last : next;
  }

  enter(id: number): void {
    if (id === this.table.last) {
      this.last = id;
      this.headers?.writeAll(id);
    } else this.holes.enter(id);
  }

  leave(id: number): void {
    if (id === this.last) this.last = -1;
    else this.holes.leave(id);
  }

  clear(): void {
    this.holes.clear();
    this.last = -1;
  }

  /** Whether the wilderness is the free block that the heap ends with. */
  isRight(): boolean {
    return this.last === this.freeLast();
  }

  save() {
    return this.holes.save();
  }

  load(saved: ReturnType<FreeList["save"]>): void {
    this.last = this.freeLast();
    this.holes.load(saved);
  }

  private get lastBytes(): number {
    return this.last < 0 ? 0 : this.table.size(this.last);
  }

  private freeLast(): number {
    const { last } = this.table;
    return this.table.isFree(last) ? last : -1;
  }
}
