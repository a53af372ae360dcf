import { AddressMap } from "../heap/AddressMap";
import { cacheResult } from "./contract";
import { Rings } from "./Rings";

type ClassifierSnapshot = ReturnType<MissClassifier["save"]>;

/**
 * Why a cache misses (Hill and Smith 1989, "Evaluating associativity in CPU caches"; the three Cs of Hennessy & Patterson,
 * appendix B.3). The first reference to a line is compulsory; a miss that a fully associative cache of the same capacity
 * with LRU replacement would have had too is a capacity miss; any other is a conflict miss.
 *
 * That fully associative cache is kept here beside the real one and told every reference. O(1) a reference.
 */
export class MissClassifier {
  /** By slot; -1 for an empty one. */
  private readonly lines: Float64Array;
  private readonly order: Rings;
  private slots = new AddressMap();
  private seen = new AddressMap();
  /** The lines seen, in the order of their first reference. */
  private firsts = new Float64Array(64);

  /** @param capacity lines */
  constructor(private readonly capacity: number) {
    this.lines = new Float64Array(capacity).fill(-1);
    this.order = new Rings(capacity, capacity);
  }

  /** What a miss at this reference is; `fills` says whether a miss brings the line in. */
  refer(line: number, fills: boolean): number {
    const slot = this.slots.get(line, -1);
    if (slot >= 0) {
      this.order.moveToBack(slot);
      return cacheResult.conflict;
    }
    if (fills) this.fill(line);
    if (this.seen.get(line, 0) === 1) return cacheResult.capacity;
    this.remember(line);
    return cacheResult.compulsory;
  }

  save() {
    return {
      lines: this.lines.slice(),
      order: this.order.save(),
      seen: this.firsts.slice(0, this.seen.size),
    };
  }

  load(saved: ClassifierSnapshot): void {
    this.lines.set(saved.lines);
    this.order.load(saved.order);
    this.slots = new AddressMap();
    this.lines.forEach((line, slot) => {
      if (line !== -1) this.slots.set(line, slot);
    });
    this.seen = new AddressMap();
    for (const line of saved.seen) this.remember(line);
  }

  checkInvariants(): string[] {
    const violations = this.order.checkInvariants();
    let count = 0;
    this.lines.forEach((line, slot) => {
      if (line === -1) return;
      count++;
      if (this.slots.get(line, -1) !== slot) violations.push(`The line ${line} does not lead to its slot.`);
      if (this.seen.get(line, 0) !== 1) violations.push(`The line ${line} was never seen.`);
    });
    if (count !== this.slots.size || count > this.capacity)
      violations.push(`${count} lines, ${this.slots.size} known.`);
    return violations;
  }

  private fill(line: number): void {
    const slot = this.order.first(0);
    const old = this.lines[slot];
    if (old !== -1) this.slots.delete(old);
    this.lines[slot] = line;
    this.slots.set(line, slot);
    this.order.moveToBack(slot);
  }

  private remember(line: number): void {
    const place = this.seen.size;
    if (place === this.firsts.length) {
      const longer = new Float64Array(2 * place);
      longer.set(this.firsts);
      this.firsts = longer;
    }
    this.firsts[place] = line;
    this.seen.set(line, 1);
  }
}
