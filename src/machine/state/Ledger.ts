import { roomFor } from "../../engine/columns";
import type { Allocation, AllocationLog, FreedBy } from "./allocation";
import { Births, type Birth } from "./Births";
import { Changes, type Change } from "./Changes";

/** Where a ledger stands in its own history. */
export interface LedgerMark {
  readonly length: number;
  readonly changes: number;
  readonly live: number;
}

/**
 * All allocations of a run, live or not, by id. The ledger is a timeline: every version of an allocation stays, and the
 * place in time says which one counts, so that going anywhere costs nothing. What is executed again after going back is
 * in the timeline already, because runs are deterministic; whatever differs begins another timeline.
 */
export class Ledger implements AllocationLog {
  private readonly births = new Births();
  /** Those after the present place too. */
  private readonly known = new Changes();
  /** By id: the number of the newest change that is known; 0 for none. */
  private newest = new Int32Array(64);
  private count = 0;
  private position = 0;
  private liveCount = 0;
  /** The version that was asked for last: one step asks for the same one several times. */
  private last: Allocation | null = null;
  private lastChange = 0;

  /** Allocations so far; ids are below it. */
  get length(): number {
    return this.count;
  }

  get changes(): number {
    return this.position;
  }

  changed(change: number): Allocation {
    return this.version(this.known.id(change + 1), change + 1);
  }

  get live(): number {
    return this.liveCount;
  }

  get(id: number): Allocation | undefined {
    return id >= 0 && id < this.count ? this.version(id, this.changeOf(id)) : undefined;
  }

  isLive(id: number): boolean {
    return id >= 0 && id < this.count && !this.isFreed(this.changeOf(id));
  }

  /** The id that the next allocation will get. */
  get nextId(): number {
    return this.count;
  }

  /** Adds a live allocation and returns its id. */
  add(birth: Birth): number {
    const id = this.count++;
    this.liveCount++;
    const { births } = this;
    if (id < births.length && !births.isSame(id, birth)) this.forgetFuture(id);
    if (id === births.length) {
      births.add(birth);
      this.newest = roomFor(this.newest, id);
      this.newest[id] = 0;
    }
    return id;
  }

  free(id: number, line: number, step: number, by: FreedBy = "free"): void {
    const change = this.changeOf(id);
    if (!this.isFreed(change)) this.liveCount--;
    const address = this.addressOf(id, change);
    this.change({ id, address, requested: this.requestedOf(id, change), freed: { line, step, by } });
  }

  /** After `defrag` or `realloc`: the same allocation at another address or of another size. */
  move(id: number, address: number, requested: number): void {
    this.change({ id, address, requested, freed: this.freedOf(this.changeOf(id)) });
  }

  mark(): LedgerMark {
    return { length: this.count, changes: this.position, live: this.liveCount };
  }

  restore(mark: LedgerMark): void {
    this.count = mark.length;
    this.position = mark.changes;
    this.liveCount = mark.live;
  }

  /** Live allocations, in the order of allocation. */
  *liveAllocations(): IterableIterator<Allocation> {
    for (let id = 0; id < this.count; id++) {
      const change = this.changeOf(id);
      if (!this.isFreed(change)) yield this.version(id, change);
    }
  }

  /** Visits those with ids of a half-open range, without an object of each. */
  visitLive(from: number, to: number, visitor: (id: number, address: number, requested: number) => void): void {
    for (let id = from; id < Math.min(to, this.count); id++) {
      const change = this.changeOf(id);
      if (!this.isFreed(change)) visitor(id, this.addressOf(id, change), this.requestedOf(id, change));
    }
  }

  regionOf(id: number): string {
    return this.births.region(id);
  }

  lineOf(id: number): number {
    return this.births.line(id);
  }

  /** The latest allocation that covered the address and was freed, among the last `reach` ones. */
  lastFreedAt(address: number, reach = 20_000): Allocation | undefined {
    let latest = -1;
    let latestStep = -1;
    for (let id = this.count - 1; id >= Math.max(0, this.count - reach); id--) {
      const change = this.changeOf(id);
      if (!this.isFreed(change) || this.known.freedAt(change) <= latestStep) continue;
      const start = this.addressOf(id, change);
      if (address < start || address >= start + this.requestedOf(id, change)) continue;
      latest = id;
      latestStep = this.known.freedAt(change);
    }
    return this.get(latest);
  }

  /** The number of the last change of an allocation up to the present place; 0 for none. */
  private changeOf(id: number): number {
    let change = this.newest[id];
    while (change > this.position) change = this.known.before(change);
    return change;
  }

  private version(id: number, change: number): Allocation {
    if (this.last?.id === id && this.lastChange === change) return this.last;
    const { births } = this;
    this.lastChange = change;
    return (this.last = {
      id,
      region: births.region(id),
      handle: births.handle(id),
      address: this.addressOf(id, change),
      requested: this.requestedOf(id, change),
      line: births.line(id),
      step: births.step(id),
      freed: this.freedOf(change),
    });
  }

  private addressOf(id: number, change: number): number {
    return change === 0 ? this.births.address(id) : this.known.address(change);
  }

  private requestedOf(id: number, change: number): number {
    return change === 0 ? this.births.requested(id) : this.known.requested(change);
  }

  private freedOf(change: number): Allocation["freed"] {
    return change === 0 ? null : this.known.freed(change);
  }

  private isFreed(change: number): boolean {
    return change !== 0 && this.known.isFreed(change);
  }

  private change(change: Change): void {
    const number = this.position + 1;
    const { known } = this;
    if (number <= known.length && !known.isSame(number, change)) this.forgetFuture(this.count);
    this.position = number;
    if (number <= known.length) return;
    known.add(change, this.newest[change.id]);
    this.newest[change.id] = number;
  }

  /** Forgets what lies after the present place: allocations from this id on, and changes. */
  private forgetFuture(from: number): void {
    this.last = null;
    const { known } = this;
    for (; known.length > this.position; known.length--)
      this.newest[known.id(known.length)] = known.before(known.length);
    this.births.forget(from);
  }
}
