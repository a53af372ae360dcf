import { eventKindNumber, type EventLog } from "../events";
import type { Bins } from "./Bins";
import type { BlockTable } from "./BlockTable";
import type { FitSearch } from "./fit";
import type { FreeList } from "./FreeList";
import type { CoalesceMode } from "./options";

const coalesceEvent = eventKindNumber("coalesce");

/** Puts freed blocks into the free list and merges neighbours when the heap's mode says so. */
export class Coalescer {
  /** Whether free neighbours may lie unmerged since the last whole merge. */
  unmerged = false;

  constructor(
    private readonly table: BlockTable,
    private readonly list: FreeList,
    private readonly fit: FitSearch,
    private readonly log: EventLog,
    private readonly mode: CoalesceMode,
    /** Free blocks that are not for merging, because they wait elsewhere than in the list. */
    private readonly apart: Bins | null = null,
  ) {}

  /**
   * A block has been freed. With immediate coalescing its free neighbours leave the list and the merged block enters it
   * as a freed block does, as in CS:APP's explicit lists.
   */
  enter(freed: number): void {
    if (this.mode === "immediate") {
      this.enterMerged(freed);
      return;
    }
    this.enterUnmerged(freed);
    if (this.mode === "list-pass") this.list.drainSeams((id) => this.mergeAlongList(id));
  }

  /** Enters a block that the heap gained at its end: as freed, but without a pass over the list. */
  enterGrown(grown: number): void {
    if (this.mode === "immediate") this.enterMerged(grown);
    else this.enterUnmerged(grown);
  }

  /**
   * Merges every run of free neighbours into its lowest block, which keeps its list place; size orders are sorted
   * afterwards when anything merged. Returns the number of merges.
   */
  mergeAll(): number {
    const { table } = this;
    let merges = 0;
    for (let id = table.first; id >= 0; id = table.next(id)) {
      if (!table.isFree(id)) continue;
      while (table.isFree(table.next(id))) {
        this.mergeInPlace(id, table.next(id));
        merges++;
      }
    }
    if (merges > 0) this.list.sort();
    this.unmerged = false;
    return merges;
  }

  private enterMerged(freed: number): void {
    const { table, list } = this;
    const next = this.isMergeable(table.next(freed)) ? table.next(freed) : -1;
    const previous = this.isMergeable(table.previous(freed)) ? table.previous(freed) : -1;
    if (next < 0 && previous < 0) {
      list.enter(freed);
      this.fit.settleInside(freed);
    } else if (list.isByAddress) this.mergeAtPlace(freed, next, previous);
    else this.mergeAnew(freed, next, previous);
  }

  /** In address order the merged block stands where its neighbours stood, so that one of them can stay in the list. */
  private mergeAtPlace(freed: number, next: number, previous: number): void {
    const { table, list } = this;
    const start = table.address(freed);
    let size = table.size(freed);
    if (next >= 0) {
      size += table.size(next);
      this.log.push(coalesceEvent, start, size, table.address(next), table.size(next));
    }
    if (previous < 0) {
      table.remove(freed);
      list.resize(next, start, size);
      this.fit.settleInside(next);
      return;
    }
    if (next >= 0) {
      list.leave(next);
      table.remove(next);
    }
    const whole = table.size(previous) + size;
    this.log.push(coalesceEvent, table.address(previous), whole, start, size);
    table.remove(freed);
    list.resize(previous, table.address(previous), whole);
    this.fit.settleInside(previous);
  }

  private mergeAnew(freed: number, next: number, previous: number): void {
    const { list } = this;
    const roverMerges = list.rover >= 0 && (list.rover === next || list.rover === previous);
    let merged = freed;
    if (next >= 0) {
      list.leave(next);
      this.absorb(merged, next);
    }
    if (previous >= 0) {
      list.leave(previous);
      this.absorb(previous, merged);
      merged = previous;
    }
    list.enter(merged);
    if (roverMerges) list.rover = merged;
    this.fit.settleInside(merged);
  }

  private isMergeable(id: number): boolean {
    return this.table.isFree(id) && (this.apart === null || !this.apart.holds(id));
  }

  private enterUnmerged(freed: number): void {
    this.list.enter(freed);
    this.fit.settleInside(freed);
    this.unmerged = true;
  }

  /** OSTEP's pass: an element takes in its list successor for as long as that begins where it ends. */
  private mergeAlongList(id: number): void {
    const { table, list } = this;
    if (!this.isMergeable(id)) return;
    for (let after = list.order.after[id]; after >= 0; after = list.order.after[id]!) {
      if (table.end(id) !== table.address(after)) return;
      this.mergeInPlace(id, after);
    }
  }

  private mergeInPlace(id: number, absorbed: number): void {
    const { table, list } = this;
    const roverMerges = list.rover === absorbed;
    const size = table.size(id) + table.size(absorbed);
    list.leave(absorbed);
    this.log.push(coalesceEvent, table.address(id), size, table.address(absorbed), table.size(absorbed));
    table.remove(absorbed);
    list.resize(id, table.address(id), size);
    if (roverMerges) list.rover = id;
    this.fit.settleInside(id);
  }

  /** Joins two neighbours of which neither is in the list. */
  private absorb(id: number, absorbed: number): void {
    const { table } = this;
    table.setSize(id, table.size(id) + table.size(absorbed));
    this.log.push(coalesceEvent, table.address(id), table.size(id), table.address(absorbed), table.size(absorbed));
    table.remove(absorbed);
  }
}
