import type { BlockTable } from "./BlockTable";
import type { FreeBlocks } from "./FreeBlocks";
import { leadFor } from "./geometry";
import type { HeaderBytes } from "./HeaderBytes";
import type { Demand } from "./listInvariants";
import { Placement, type HeapParts } from "./Placement";
import type { HeapStructure } from "./structure";

type SavedArena = ReturnType<Arena["save"]>;

/** The free block from an arena's pointer to its end, and the dead blocks, which wait in no list. */
class Arena implements FreeBlocks {
  /** -1 when nothing is left. */
  top = -1;
  dead = 0;
  deadBytes = 0;
  private headers: HeaderBytes | null = null;

  constructor(private readonly table: BlockTable) {}

  get length(): number {
    return this.dead + (this.top < 0 ? 0 : 1);
  }

  get bytes(): number {
    return this.deadBytes + this.largestSize;
  }

  /** Dead blocks do not count, however large. */
  get largestSize(): number {
    return this.top < 0 ? 0 : this.table.size(this.top);
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  before(): number {
    return -1;
  }

  after(): number {
    return -1;
  }

  next(id: number): number {
    return id < 0 ? this.top : -1;
  }

  enter(id: number): void {
    this.top = id;
    this.headers?.writeAll(id);
  }

  leave(): void {
    this.top = -1;
  }

  bury(id: number): void {
    this.dead++;
    this.deadBytes += this.table.size(id);
    this.headers?.writeAll(id);
  }

  clear(): void {
    this.top = -1;
    this.dead = this.deadBytes = 0;
  }

  save() {
    return [this.top, this.dead, this.deadBytes] as const;
  }

  load(saved: SavedArena): void {
    [this.top, this.dead, this.deadBytes] = saved;
  }
}

/**
 * An arena (Hanson, "Fast allocation and deallocation of memory based on object lifetimes", Software: Practice and
 * Experience 20(1), 1990). One pointer divides what was handed out from what was not; an allocation moves it up, past
 * any padding that its alignment asks for, and nothing but a reset or a compaction moves it down. A freed block is
 * dead: free, but not handed out again. The newest block grows in place, as an obstack's does, and keeps its size when
 * it shrinks.
 */
export class BumpPlacement extends Placement<Arena> {
  override readonly reusesHoles = false;
  /** The pointer moves to any address. */
  protected override readonly min = 1;

  constructor(heap: HeapParts) {
    super(heap, new Arena(heap.table));
  }

  find(need: number, align: number): number {
    const { table } = this;
    const { top } = this.free;
    this.searched = top < 0 ? 0 : 1;
    return top >= 0 && table.end(top) >= this.servingEnd(table.address(top), need, align) ? top : -1;
  }

  protected enter(id: number): void {
    this.free.enter(id);
  }

  protected override isAvailable(id: number): boolean {
    return id >= 0 && id === this.free.top;
  }

  /** Padding for the alignment is part of the block. */
  override carve(found: number, need: number, align: number): number {
    const size = need + leadFor(this.table.address(found), this.options.header, align);
    return this.cut(found, 0, size, this.table.size(found) - size);
  }

  override release(id: number): void {
    this.free.bury(id);
  }

  override growthEnd(begins: number, need: number, align: number): number {
    return this.servingEnd(this.growthStart(begins), need, align);
  }

  override grow(begins: number, end: number): void {
    const { table } = this;
    const { top } = this.free;
    if (top < 0) this.enter(table.insertAfter(table.last, begins, end - begins));
    else this.resizeFree(top, table.address(top), end - table.address(top));
  }

  override keptSize(id: number): number {
    return this.table.size(id);
  }

  structure(): HeapStructure {
    const { table } = this;
    const { top, dead, deadBytes } = this.free;
    const pointer = top >= 0 ? table.address(top) : table.last >= 0 ? table.end(table.last) : this.options.base;
    return { kind: "arena", lists: [], pointer, deadBlocks: dead, deadBytes };
  }

  protected checkFree(demand: Demand): void {
    const { table, free } = this;
    const { top } = free;
    let dead = 0;
    let bytes = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id) || id === top) continue;
      dead++;
      bytes += table.size(id);
    }
    demand(top < 0 || (table.isFree(top) && table.last === top), "The pointer is not below the last free block.");
    demand(dead === free.dead && bytes === free.deadBytes, "The dead blocks do not add up.");
  }

  /** What the heap gains is always the pointer's. */
  protected override mergesGrowth(): boolean {
    return this.free.top >= 0;
  }
}
