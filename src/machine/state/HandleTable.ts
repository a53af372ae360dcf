/** A value as expressions compute it: a number, and the allocation that the pointer came from (-1: a plain number). */
export interface Value {
  readonly value: number;
  readonly allocation: number;
}

interface Change {
  readonly slot: number;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/**
 * Handles by name, with the number of handles that lead to each allocation. A timeline like the ledger: a mark is one
 * number, and moving between marks costs the bindings between them.
 */
export class HandleTable {
  private readonly slots = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly values: (Value | undefined)[] = [];
  private readonly references = new Map<number, number>();
  private readonly changes: Change[] = [];
  private position = 0;

  get(name: string): Value | undefined {
    const slot = this.slots.get(name);
    return slot === undefined ? undefined : this.values[slot];
  }

  /** Names bound so far. */
  get size(): number {
    return this.names.length;
  }

  /** How many handles lead to an allocation. */
  referencesTo(allocation: number): number {
    return this.references.get(allocation) ?? 0;
  }

  /** Binds a name and returns what it held before. */
  set(name: string, value: Value): Value | undefined {
    let slot = this.slots.get(name);
    if (slot === undefined) {
      slot = this.names.length;
      this.slots.set(name, slot);
      this.names.push(name);
      this.values.push(undefined);
    }
    const before = this.values[slot];
    this.changes[this.position++] = { slot, before, after: value };
    this.assign(slot, value);
    return before;
  }

  /** Every handle that leads to the allocation follows it from one address to another. */
  follow(moves: ReadonlyMap<number, number>): void {
    for (const [slot, value] of this.values.entries()) {
      const distance = value === undefined ? undefined : moves.get(value.allocation);
      if (value === undefined || distance === undefined || distance === 0) continue;
      const after = { value: value.value + distance, allocation: value.allocation };
      this.changes[this.position++] = { slot, before: value, after };
      this.assign(slot, after);
    }
  }

  *entries(): IterableIterator<[string, Value]> {
    for (const [slot, value] of this.values.entries()) if (value !== undefined) yield [this.names[slot], value];
  }

  mark(): number {
    return this.position;
  }

  restore(mark: number): void {
    while (this.position > mark) {
      const change = this.changes[--this.position];
      this.assign(change.slot, change.before);
    }
    while (this.position < mark) {
      const change = this.changes[this.position++];
      this.assign(change.slot, change.after);
    }
  }

  private assign(slot: number, value: Value | undefined): void {
    const before = this.values[slot];
    if (before !== undefined && before.allocation >= 0) this.count(before.allocation, -1);
    this.values[slot] = value;
    if (value !== undefined && value.allocation >= 0) this.count(value.allocation, 1);
  }

  private count(allocation: number, difference: number): void {
    const now = (this.references.get(allocation) ?? 0) + difference;
    if (now === 0) this.references.delete(allocation);
    else this.references.set(allocation, now);
  }
}
