import { roomFor } from "../../engine/columns";
import { PageVersion } from "../../engine/bytes/PageVersion";
import { Names } from "./Names";

/** A value as expressions compute it: a number, and the allocation that the pointer came from (-1: a plain number). */
export interface Value {
  readonly value: number;
  readonly allocation: number;
}

const pageBits = 8;
const pageSlots = 1 << pageBits;

/** The values of some handles; only the table that made the version may write. */
interface Page {
  readonly values: Float64Array;
  /** One more than the allocation: 0 for plain numbers, as in a page nobody wrote to. */
  readonly allocations: Int32Array;
  readonly version: PageVersion;
}

export interface HandleMark {
  readonly size: number;
  readonly pages: readonly Page[];
}

/**
 * Handles by name, with the number of handles that lead to each allocation. Marks share pages copy-on-write. Names keep
 * their slots when the table goes back, because what is executed again binds them again in the same order.
 */
export class HandleTable {
  private readonly names = new Names();
  private count = 0;
  private pages: Page[] = [];
  private version = new PageVersion();
  /** By allocation. */
  private references = new Int32Array(64);

  get(name: string): Value | undefined {
    const slot = this.names.find(name);
    return slot === undefined || slot >= this.count ? undefined : this.valueOf(slot);
  }

  /** Names bound so far. */
  get size(): number {
    return this.count;
  }

  /** How many handles lead to an allocation. */
  referencesTo(allocation: number): number {
    return allocation < this.references.length ? this.references[allocation] : 0;
  }

  /** Binds a name and returns what it held before. */
  set(name: string, value: Value): Value | undefined {
    const known = this.names.find(name);
    const isBound = known !== undefined && known < this.count;
    const slot = isBound ? known : this.count;
    const before = isBound ? this.valueOf(slot) : undefined;
    if (!isBound) {
      if (known !== slot) this.rename(slot, name);
      this.count++;
    }
    this.assign(slot, value.value, value.allocation);
    return before;
  }

  /** Every handle that leads to the allocation follows it from one address to another. */
  follow(moves: ReadonlyMap<number, number>): void {
    for (let slot = 0; slot < this.count; slot++) {
      const { value, allocation } = this.valueOf(slot);
      const distance = moves.get(allocation);
      if (distance !== undefined && distance !== 0) this.assign(slot, value + distance, allocation);
    }
  }

  *entries(): IterableIterator<[string, Value]> {
    for (let slot = 0; slot < this.count; slot++) yield [this.names.nameOf(slot), this.valueOf(slot)];
  }

  /** Visits handles of a half-open range without an object of each; `allocation` is -1 for a plain number. */
  visit(from: number, to: number, visitor: (name: string, value: number, allocation: number) => void): void {
    const { names, pages } = this;
    for (let slot = from; slot < Math.min(to, this.count); slot++) {
      const { values, allocations } = pages[slot >> pageBits];
      const place = slot & (pageSlots - 1);
      visitor(names.nameOf(slot), values[place], allocations[place] - 1);
    }
  }

  mark(): HandleMark {
    this.version = new PageVersion();
    return { size: this.count, pages: this.pages.slice() };
  }

  restore({ size, pages }: HandleMark): void {
    for (let index = 0; index < Math.max(pages.length, this.pages.length); index++) {
      const before = this.pages.at(index);
      const after = pages.at(index);
      if (before?.version === after?.version) continue;
      if (before !== undefined) this.countPage(before, -1);
      if (after !== undefined) this.countPage(after, 1);
    }
    this.version = new PageVersion();
    this.pages = pages.slice();
    this.count = size;
  }

  /** Gives a name the next slot; names that had it or a later one belong to another course of the run. */
  private rename(slot: number, name: string): void {
    this.names.forget(slot);
    this.names.numberOf(name);
  }

  private valueOf(slot: number): Value {
    const page = this.pages[slot >> pageBits];
    const place = slot & (pageSlots - 1);
    return { value: page.values[place], allocation: page.allocations[place] - 1 };
  }

  private assign(slot: number, value: number, allocation: number): void {
    const { values, allocations } = this.pageToWrite(slot >> pageBits);
    const place = slot & (pageSlots - 1);
    this.reference(allocations[place] - 1, -1);
    values[place] = value;
    allocations[place] = allocation + 1;
    this.reference(allocation, 1);
  }

  private pageToWrite(index: number): Page {
    const { version } = this;
    const page = this.pages.at(index);
    if (page?.version === version) return page;
    const values = page?.values.slice() ?? new Float64Array(pageSlots);
    const allocations = page?.allocations.slice() ?? new Int32Array(pageSlots);
    return (this.pages[index] = { values, allocations, version });
  }

  private countPage({ allocations }: Page, difference: number): void {
    for (let place = 0; place < pageSlots; place++) this.reference(allocations[place] - 1, difference);
  }

  /** Counts a handle that leads to an allocation; -1 for none. */
  private reference(allocation: number, difference: number): void {
    if (allocation < 0) return;
    if (allocation >= this.references.length) this.references = roomFor(this.references, allocation);
    this.references[allocation] += difference;
  }
}
