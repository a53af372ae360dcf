import type { ByteStoreContract } from "../bytes/contract";
import { eventKindNumber, type EventLog } from "../events";
import type { BlockTable } from "./BlockTable";
import type { HeapStructure } from "./contract";
import { compactBlocks, type CompactionMove } from "./defragment";
import { leadFor } from "./fit";
import type { HeaderBytes } from "./HeaderBytes";
import type { HeapOptions } from "./options";
import type { Demand, Placement } from "./Placement";

const splitEvent = eventKindNumber("split");

interface SavedBump {
  readonly numbers: readonly [top: number, dead: number, deadBytes: number, searched: number];
}

/**
 * An arena (Hanson, "Fast allocation and deallocation of memory based on object lifetimes", Software: Practice and
 * Experience 20(1), 1990). One pointer divides what was handed out from what was not; an allocation moves it up, past
 * any padding that its alignment asks for, and nothing but a reset or a compaction moves it down. A freed block is
 * dead: free, but not handed out again. The newest block grows in place, as an obstack's does, and keeps its size when
 * it shrinks.
 */
export class BumpPlacement implements Placement {
  searched = 0;
  /** The free block from the pointer to the end; -1 when nothing is left. */
  private top = -1;
  private dead = 0;
  private deadBytes = 0;
  private headers: HeaderBytes | null = null;

  constructor(
    private readonly table: BlockTable,
    private readonly options: HeapOptions,
    private readonly log: EventLog,
  ) {}

  get length(): number {
    return this.dead + (this.top < 0 ? 0 : 1);
  }

  get freeBytes(): number {
    return this.deadBytes + this.largestSize;
  }

  /** What can still be handed out at once. Dead blocks do not count, however large. */
  get largestSize(): number {
    return this.top < 0 ? 0 : this.table.size(this.top);
  }

  before(): number {
    return -1;
  }

  after(): number {
    return -1;
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  find(need: number, align: number): number {
    const { top, table } = this;
    this.searched = top < 0 ? 0 : 1;
    if (top < 0) return -1;
    return table.size(top) >= need + leadFor(table.address(top), this.options.header, align) ? top : -1;
  }

  carve(found: number, need: number, align: number): number {
    const { table } = this;
    const address = table.address(found);
    const size = need + leadFor(address, this.options.header, align);
    const rest = table.size(found) - size;
    if (rest === 0) {
      this.top = -1;
      return found;
    }
    const id = table.insertBefore(found, address, size, address + size);
    this.moveTop(address + size, rest);
    this.log.push(splitEvent, address, size, address + size, rest);
    return id;
  }

  relieve(): boolean {
    return false;
  }

  release(id: number): void {
    this.dead++;
    this.deadBytes += this.table.size(id);
    this.headers?.writeAll(id);
  }

  growthEnd(begins: number, need: number, align: number): number {
    const start = this.top < 0 ? begins : this.table.address(this.top);
    return this.servingEnd(start, need, align);
  }

  growthEndFor(id: number, need: number): number {
    const { table, top } = this;
    const isNewest = id === table.last || (top >= 0 && table.next(id) === top);
    return isNewest ? table.address(id) + need : -1;
  }

  servingEnd(start: number, need: number, align: number): number {
    return start + leadFor(start, this.options.header, align) + need;
  }

  growthServes(begins: number, end: number, need: number, align: number): boolean {
    return end >= this.growthEnd(begins, need, align);
  }

  grow(begins: number, end: number): void {
    const { table, top } = this;
    if (top < 0) this.enterTop(table.insertAfter(table.last, begins, end - begins));
    else this.moveTop(table.address(top), end - table.address(top));
  }

  keptSize(id: number): number {
    return this.table.size(id);
  }

  /** Never asked for: blocks keep their size. */
  freeTail(id: number, rest: number): void {
    this.release(this.table.insertAfter(id, this.table.end(id), rest));
  }

  extendUsed(id: number, need: number): number {
    const { table, top } = this;
    if (top < 0 || table.next(id) !== top) return 0;
    const rest = table.size(id) + table.size(top) - need;
    if (rest < 0) return 0;
    if (rest > 0) this.moveTop(table.address(id) + need, rest);
    else {
      this.top = -1;
      table.remove(top);
    }
    return need;
  }

  mergeAll(): number {
    return 0;
  }

  compact(start: number, end: number, bytes: ByteStoreContract | null): CompactionMove[] {
    const { table } = this;
    this.top = -1;
    this.dead = this.deadBytes = 0;
    const moves = compactBlocks(table, start, end, this.options, bytes);
    if (table.isFree(table.last)) this.enterTop(table.last);
    return moves;
  }

  nextFree(id: number): number {
    return id < 0 ? this.top : -1;
  }

  check(demand: Demand): void {
    const { table, top } = this;
    let dead = 0;
    let bytes = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id) || id === top) continue;
      dead++;
      bytes += table.size(id);
    }
    demand(top < 0 || (table.isFree(top) && table.last === top), "The pointer is not below the last free block.");
    demand(dead === this.dead && bytes === this.deadBytes, "The dead blocks do not add up.");
  }

  structure(): HeapStructure {
    const { table, top, dead, deadBytes } = this;
    const pointer = top >= 0 ? table.address(top) : table.last >= 0 ? table.end(table.last) : this.options.base;
    return { kind: "arena", pointer, deadBlocks: dead, deadBytes };
  }

  save(): SavedBump {
    return { numbers: [this.top, this.dead, this.deadBytes, this.searched] };
  }

  load(saved: SavedBump): void {
    [this.top, this.dead, this.deadBytes, this.searched] = saved.numbers;
  }

  private enterTop(id: number): void {
    this.top = id;
    this.headers?.writeAll(id);
  }

  private moveTop(address: number, size: number): void {
    this.table.setAddress(this.top, address);
    this.table.setSize(this.top, size);
    this.headers?.writeAll(this.top);
  }
}
