import type { Allocation, AllocationLog, FreedBy } from "../contract";

/** Where a ledger stands in its own history. */
export interface LedgerMark {
  readonly length: number;
  readonly changes: number;
  readonly live: number;
}

interface Change {
  readonly id: number;
  readonly before: Allocation;
  readonly after: Allocation;
}

/**
 * All allocations of a run, live or not, by id. The ledger is a timeline: going back only moves its marks, and what
 * lies after them stays, so that returning forward to a later mark needs no copies. Re-execution writes the same again,
 * because runs are deterministic.
 */
export class Ledger implements AllocationLog {
  private readonly entries: Allocation[] = [];
  private readonly changeLog: Change[] = [];
  private count = 0;
  private position = 0;
  private liveCount = 0;

  /** Allocations so far; ids are below it. */
  get length(): number {
    return this.count;
  }

  get changes(): number {
    return this.position;
  }

  changed(change: number): Allocation {
    return this.changeLog[change].after;
  }

  get live(): number {
    return this.liveCount;
  }

  get(id: number): Allocation | undefined {
    return id >= 0 && id < this.count ? this.entries[id] : undefined;
  }

  /** The id that the next allocation will get. */
  get nextId(): number {
    return this.count;
  }

  add(entry: Omit<Allocation, "id" | "freed">): Allocation {
    const allocation: Allocation = { id: this.count, ...entry, freed: null };
    this.entries[this.count] = allocation;
    this.count++;
    this.liveCount++;
    return allocation;
  }

  free(id: number, line: number, step: number, by: FreedBy = "free"): void {
    this.replace(id, { freed: { line, step, by } });
  }

  /** After `defrag` or `realloc`: the same allocation at another address or of another size. */
  move(id: number, address: number, requested: number): void {
    this.replace(id, { address, requested });
  }

  mark(): LedgerMark {
    return { length: this.count, changes: this.position, live: this.liveCount };
  }

  restore(mark: LedgerMark): void {
    while (this.position > mark.changes) {
      const change = this.changeLog[--this.position];
      this.entries[change.id] = change.before;
    }
    while (this.position < mark.changes) {
      const change = this.changeLog[this.position++];
      this.entries[change.id] = change.after;
    }
    this.count = mark.length;
    this.liveCount = mark.live;
  }

  /** Live allocations, in the order of allocation. */
  *liveAllocations(): IterableIterator<Allocation> {
    for (let id = 0; id < this.count; id++) {
      const entry = this.entries[id];
      if (entry.freed === null) yield entry;
    }
  }

  /** The latest allocation that covered the address and was freed, among the last `reach` ones. */
  lastFreedAt(address: number, reach = 20_000): Allocation | undefined {
    let latest: Allocation | undefined;
    for (let id = this.count - 1; id >= Math.max(0, this.count - reach); id--) {
      const entry = this.entries[id];
      if (entry.freed === null || address < entry.address || address >= entry.address + entry.requested) continue;
      if (latest?.freed === undefined || latest.freed === null || entry.freed.step > latest.freed.step) latest = entry;
    }
    return latest;
  }

  private replace(id: number, difference: Partial<Allocation>): void {
    const before = this.entries[id];
    const after = { ...before, ...difference };
    this.changeLog[this.position++] = { id, before, after };
    this.entries[id] = after;
    if (before.freed === null && after.freed !== null) this.liveCount--;
  }
}
