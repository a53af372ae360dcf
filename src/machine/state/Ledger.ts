import type { Allocation, AllocationLog, FreedBy } from "../contract";
import type { Renumbering } from "../editing/Renumbering";

/** Where a ledger stands in its own history. */
export interface LedgerMark {
  readonly length: number;
  readonly changes: number;
  readonly live: number;
}

/** What an allocation was from one change of the ledger on, until the next change of the same allocation. */
interface Version {
  readonly allocation: Allocation;
  /** How many changes there had been with this one; 0 for the allocation as it was made. */
  readonly change: number;
  readonly before: Version | null;
}

/**
 * All allocations of a run, live or not, by id. The ledger is a timeline: every version of an allocation stays, and the
 * place in time says which one counts, so that going anywhere costs nothing. What is executed again after going back is
 * in the timeline already, because runs are deterministic; whatever differs begins another timeline.
 */
export class Ledger implements AllocationLog {
  /** By id. */
  private readonly newest: Version[] = [];
  /** What each change made of its allocation, those after the present place too. */
  private readonly changeLog: Allocation[] = [];
  private count = 0;
  private position = 0;
  private liveCount = 0;
  private forgotten = 0;

  /** Allocations so far; ids are below it. */
  get length(): number {
    return this.count;
  }

  get changes(): number {
    return this.position;
  }

  changed(change: number): Allocation {
    return this.changeLog[change];
  }

  get live(): number {
    return this.liveCount;
  }

  get(id: number): Allocation | undefined {
    return id >= 0 && id < this.count ? this.at(id) : undefined;
  }

  /** How often another timeline was begun. */
  get forks(): number {
    return this.forgotten;
  }

  /** The id that the next allocation will get. */
  get nextId(): number {
    return this.count;
  }

  add(entry: Omit<Allocation, "id" | "freed">): Allocation {
    const id = this.count++;
    this.liveCount++;
    if (id < this.newest.length && !isSame(this.at(id), entry)) this.forgetFuture(id);
    if (id === this.newest.length) {
      this.newest.push({ allocation: { id, ...entry, freed: null }, change: 0, before: null });
    }
    return this.at(id);
  }

  free(id: number, line: number, step: number, by: FreedBy = "free"): void {
    const entry = this.at(id);
    if (entry.freed === null) this.liveCount--;
    this.replace({ ...entry, freed: { line, step, by } });
  }

  /** After `defrag` or `realloc`: the same allocation at another address or of another size. */
  move(id: number, address: number, requested: number): void {
    this.replace({ ...this.at(id), address, requested });
  }

  mark(): LedgerMark {
    return { length: this.count, changes: this.position, live: this.liveCount };
  }

  restore(mark: LedgerMark): void {
    this.count = mark.length;
    this.position = mark.changes;
    this.liveCount = mark.live;
  }

  /**
   * The script was edited: the whole timeline tells the lines and steps as they are called now. In place, because after
   * every other key all entries would have to be made anew.
   */
  renumber(numbers: Renumbering): void {
    for (const newest of this.newest) {
      for (let version: Version | null = newest; version !== null; version = version.before) {
        renumberPlace(version.allocation, numbers);
        const { freed }: Allocation = version.allocation;
        if (freed !== null && freed !== version.before?.allocation.freed) renumberPlace(freed, numbers);
      }
    }
  }

  /** Live allocations, in the order of allocation. */
  *liveAllocations(): IterableIterator<Allocation> {
    for (let id = 0; id < this.count; id++) {
      const entry = this.at(id);
      if (entry.freed === null) yield entry;
    }
  }

  /** The latest allocation that covered the address and was freed, among the last `reach` ones. */
  lastFreedAt(address: number, reach = 20_000): Allocation | undefined {
    let latest: Allocation | undefined;
    for (let id = this.count - 1; id >= Math.max(0, this.count - reach); id--) {
      const entry = this.at(id);
      if (entry.freed === null || address < entry.address || address >= entry.address + entry.requested) continue;
      if (latest?.freed === undefined || latest.freed === null || entry.freed.step > latest.freed.step) latest = entry;
    }
    return latest;
  }

  private at(id: number): Allocation {
    let version = this.newest[id];
    while (version.change > this.position) version = version.before!;
    return version.allocation;
  }

  private replace(entry: Allocation): void {
    const { position } = this;
    if (position < this.changeLog.length) {
      const known = this.changeLog[position];
      if (known.id !== entry.id || !isSame(known, entry)) this.forgetFuture(this.count);
    }
    this.position++;
    if (position < this.changeLog.length) return;
    this.changeLog.push(entry);
    this.newest[entry.id] = { allocation: entry, change: this.position, before: this.newest[entry.id] };
  }

  /** Forgets what lies after the present place: allocations from this id on, and changes. */
  private forgetFuture(from: number): void {
    this.forgotten++;
    this.newest.length = from;
    for (const { id } of this.changeLog.splice(this.position)) {
      if (id < from) while (this.newest[id].change > this.position) this.newest[id] = this.newest[id].before!;
    }
  }
}

function renumberPlace(place: { line: number; step: number }, numbers: Renumbering): void {
  place.line = numbers.line(place.line);
  place.step = numbers.step(place.step);
}

function isSame(known: Allocation, entry: Omit<Allocation, "id" | "freed"> & Partial<Allocation>): boolean {
  return (
    known.address === entry.address &&
    known.requested === entry.requested &&
    known.step === entry.step &&
    known.line === entry.line &&
    known.handle === entry.handle &&
    known.region === entry.region &&
    (entry.freed === undefined || isSameEnd(known.freed, entry.freed))
  );
}

function isSameEnd(known: Allocation["freed"], end: Allocation["freed"]): boolean {
  return known?.step === end?.step && known?.line === end?.line && known?.by === end?.by;
}
