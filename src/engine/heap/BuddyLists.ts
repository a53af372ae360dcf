import type { BlockTable } from "./BlockTable";
import type { FreeBlocks } from "./FreeBlocks";
import type { HeaderBytes } from "./HeaderBytes";
import { OrderTree } from "./OrderTree";

type SavedBuddies = ReturnType<BuddyLists["save"]>;

/**
 * A list of free blocks for each size: by address, or the block that became free last at the head. All lists are one
 * search tree by size and then place, so that finding the next size costs O(log n).
 */
export class BuddyLists implements FreeBlocks {
  readonly tree: OrderTree;
  bytes = 0;
  private headers: HeaderBytes | null = null;
  /** Last in, first out: the key of the block that became free last. */
  private newest = 0;

  constructor(
    private readonly table: BlockTable,
    private readonly isByAddress: boolean,
  ) {
    this.tree = new OrderTree(table, "place");
  }

  get length(): number {
    return this.tree.length;
  }

  get largestSize(): number {
    return this.tree.largestSize;
  }

  useHeaders(headers: HeaderBytes): void {
    this.headers = headers;
  }

  before(id: number): number {
    return this.ofSameSize(id, this.tree.before[id]);
  }

  after(id: number): number {
    return this.ofSameSize(id, this.tree.after[id]);
  }

  next(id: number): number {
    return id < 0 ? this.tree.head : this.tree.after[id];
  }

  enter(id: number): void {
    const { table, headers } = this;
    table.place[id] = table.size(id);
    table.rankKey[id] = this.isByAddress ? table.address(id) : --this.newest;
    this.tree.insert(id);
    this.bytes += table.size(id);
    if (headers === null) return;
    headers.writeAll(id);
    headers.writeNext(this.before(id));
    headers.writePrevious(this.after(id));
  }

  leave(id: number): void {
    const before = this.before(id);
    const after = this.after(id);
    this.tree.remove(id);
    this.bytes -= this.table.size(id);
    this.table.place[id] = NaN;
    this.headers?.writeNext(before);
    this.headers?.writePrevious(after);
  }

  clear(): void {
    this.tree.clear();
    this.bytes = 0;
  }

  save() {
    return { bytes: this.bytes, newest: this.newest };
  }

  load(saved: SavedBuddies): void {
    this.tree.fill(this.table.freeIds());
    this.bytes = saved.bytes;
    this.newest = saved.newest;
  }

  private ofSameSize(id: number, neighbour: number): number {
    return neighbour >= 0 && this.table.size(neighbour) === this.table.size(id) ? neighbour : -1;
  }
}
