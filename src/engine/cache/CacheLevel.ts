import { AddressMap } from "../heap/AddressMap";
import { cacheResult, type CacheLine, type CacheOptions, type CachePlace, type CacheStats } from "./contract";
import { MissClassifier } from "./MissClassifier";
import { createOrder, type FillOrder } from "./orders";

const nothing = -1;

type CacheLevelSnapshot = ReturnType<CacheLevel["save"]>;

/**
 * One cache: sets × ways of lines (Hennessy & Patterson, appendix B). The bits of the line number above the offset choose
 * the set. It knows which lines it has and which of them are dirty; bytes are not copied here.
 *
 * A reference that straddles two lines looks up both and is one miss at most, as cachegrind counts (cg_sim.c). O(1) a
 * line for lru and fifo, O(log ways) for tree-plru.
 */
export class CacheLevel {
  readonly sets: number;
  /** By slot, set × ways + way: the line's number, its address divided by the line's size; -1 for an empty slot. */
  private readonly lines: Float64Array;
  private readonly dirty: Uint8Array;
  /** By set: lines that it has. */
  private readonly filled: Int32Array;
  private readonly order: FillOrder;
  private readonly classifier: MissClassifier;
  private slots = new AddressMap();
  /** The line referenced last and its slot, as long as another reference to it would change nothing but its dirtiness. */
  private lastLine = nothing;
  private lastSlot = nothing;
  private reads = 0;
  private writes = 0;
  private readMisses = 0;
  private writeMisses = 0;
  /** By {@link cacheResult}. */
  private readonly results = new Float64Array(5);
  private evictions = 0;
  private invalidations = 0;
  writebacks = 0;
  /** References that no processor waits for: lines written back by the cache above, and what these bring in. */
  unhurried = 0;
  /** Told each line that makes room, with whether it was dirty. */
  onEvict: (line: number, dirty: boolean) => void = () => undefined;

  /** The options' geometry is one that `whyNoCache` finds nothing against. */
  constructor(readonly options: CacheOptions) {
    const { size, line, ways } = options;
    const slots = size / line;
    this.sets = slots / ways;
    this.lines = new Float64Array(slots).fill(nothing);
    this.dirty = new Uint8Array(slots);
    this.filled = new Int32Array(this.sets);
    this.order = createOrder(options.policy, this.lines, ways);
    this.classifier = new MissClassifier(slots);
  }

  get validLines(): number {
    return this.slots.size;
  }

  get accesses(): number {
    return this.reads + this.writes;
  }

  /**
   * One reference to bytes; the first line that misses says what kind of miss it is.
   * @param isWrite counts as a write, and fills on a miss only if the cache allocates
   * @param stores the bytes are written here: in a write-back cache their lines are dirty then
   * @returns one of {@link cacheResult}, never `none`
   */
  refer(address: number, size: number, isWrite: boolean, stores: boolean): number {
    const { line } = this.options;
    const first = Math.floor(address / line);
    const last = Math.floor((address + size - 1) / line);
    let result: number = cacheResult.hit;
    for (let at = first; at <= last; at++) {
      const here = this.look(at, isWrite, stores);
      if (result === cacheResult.hit) result = here;
    }
    if (isWrite) this.writes++;
    else this.reads++;
    this.results[result]++;
    if (result !== cacheResult.hit) {
      if (isWrite) this.writeMisses++;
      else this.readMisses++;
    }
    return result;
  }

  /** Whether bytes that are stored stay here until their line leaves, provided their line is here. */
  get keepsWrites(): boolean {
    return this.options.write === "back";
  }

  /** A line of the cache above comes back dirty: whether it may stay here. This is no reference. */
  absorb(address: number): boolean {
    const slot = this.slots.get(Math.floor(address / this.options.line), nothing);
    if (slot === nothing || !this.keepsWrites) return false;
    this.dirty[slot] = 1;
    return true;
  }

  /** Drops the lines of an address range: whether one of them was dirty. */
  invalidate(address: number, size: number): boolean {
    const { line } = this.options;
    let wasDirty = false;
    for (let at = address / line; at < (address + size) / line; at++) {
      const slot = this.slots.get(at, nothing);
      if (slot === nothing) continue;
      if (this.dirty[slot] === 1) wasDirty = true;
      this.remove(slot);
      this.order.empty(slot);
      this.filled[this.setOf(at)]--;
      this.invalidations++;
    }
    return wasDirty;
  }

  /** Whether the line of an address is here. */
  has(address: number): boolean {
    return this.slots.get(Math.floor(address / this.options.line), nothing) !== nothing;
  }

  /** Where the line of an address belongs, and whether it is there. This is no reference: nothing changes. */
  peek(address: number): CachePlace {
    const line = Math.floor(address / this.options.line);
    const slot = this.slots.get(line, nothing);
    const state = slot === nothing ? "absent" : this.dirty[slot] === 1 ? "dirty" : "clean";
    return { set: this.setOf(line), address: line * this.options.line, state };
  }

  /** Valid lines by set and way. */
  *entries(): IterableIterator<CacheLine> {
    const { ways, line } = this.options;
    for (let slot = 0; slot < this.lines.length; slot++) {
      if (this.lines[slot] === nothing) continue;
      const way = slot % ways;
      const set = (slot - way) / ways;
      yield { set, way, address: this.lines[slot] * line, dirty: this.dirty[slot] === 1 };
    }
  }

  /** Where a line is: its slot's set and way, or null when it is not here. */
  find(address: number): { readonly set: number; readonly way: number } | null {
    const slot = this.slots.get(Math.floor(address / this.options.line), nothing);
    if (slot === nothing) return null;
    const way = slot % this.options.ways;
    return { set: (slot - way) / this.options.ways, way };
  }

  /** The valid lines of a set with the ways `from` to `to`, half-open. */
  linesOf(set: number, from: number, to: number): CacheLine[] {
    const { ways, line } = this.options;
    const found: CacheLine[] = [];
    for (let way = from; way < Math.min(to, ways); way++) {
      const slot = set * ways + way;
      if (this.lines[slot] === nothing) continue;
      found.push({ set, way, address: this.lines[slot] * line, dirty: this.dirty[slot] === 1 });
    }
    return found;
  }

  /**
   * Counts valid and dirty lines in cells of so many sets and ways, row by row, into arrays that have an element a cell and
   * are 0. O(slots).
   */
  count(setsPerCell: number, waysPerCell: number, valid: Uint32Array, dirty: Uint32Array): void {
    const { ways } = this.options;
    const columns = Math.ceil(ways / waysPerCell);
    for (let slot = 0; slot < this.lines.length; slot++) {
      if (this.lines[slot] === nothing) continue;
      const way = slot % ways;
      const cell = Math.floor((slot - way) / ways / setsPerCell) * columns + Math.floor(way / waysPerCell);
      valid[cell]++;
      dirty[cell] += this.dirty[slot];
    }
  }

  stats(): CacheStats {
    const { accesses, readMisses, writeMisses, results, evictions, writebacks, invalidations } = this;
    const misses = readMisses + writeMisses;
    return {
      accesses,
      hits: results[cacheResult.hit],
      misses,
      readMisses,
      writeMisses,
      compulsory: results[cacheResult.compulsory],
      capacity: results[cacheResult.capacity],
      conflict: results[cacheResult.conflict],
      evictions,
      writebacks,
      invalidations,
      missRatio: accesses === 0 ? 0 : misses / accesses,
    };
  }

  save() {
    const { reads, writes, readMisses, writeMisses, evictions, invalidations, writebacks, unhurried } = this;
    return {
      lines: this.lines.slice(),
      dirty: this.dirty.slice(),
      order: this.order.save(),
      classifier: this.classifier.save(),
      counts: [
        reads,
        writes,
        readMisses,
        writeMisses,
        evictions,
        invalidations,
        writebacks,
        unhurried,
        ...this.results,
      ],
    };
  }

  load(saved: CacheLevelSnapshot): void {
    this.lines.set(saved.lines);
    this.dirty.set(saved.dirty);
    this.order.load(saved.order);
    this.classifier.load(saved.classifier);
    const [reads, writes, readMisses, writeMisses, evictions, invalidations, writebacks, unhurried, ...results] =
      saved.counts;
    Object.assign(this, { reads, writes, readMisses, writeMisses, evictions, invalidations, writebacks, unhurried });
    this.results.set(results);
    this.lastLine = nothing;
    this.slots = new AddressMap();
    this.filled.fill(0);
    this.lines.forEach((line, slot) => {
      if (line === nothing) return;
      this.slots.set(line, slot);
      this.filled[this.setOf(line)]++;
    });
  }

  checkInvariants(): string[] {
    const { name, ways } = this.options;
    const violations = [...this.order.checkInvariants(), ...this.classifier.checkInvariants()];
    let count = 0;
    this.lines.forEach((line, slot) => {
      if (line === nothing) {
        if (this.dirty[slot] === 1) violations.push("An empty slot is dirty.");
        return;
      }
      count++;
      if (this.slots.get(line, nothing) !== slot) violations.push(`The line ${line} does not lead to its slot.`);
      if (this.setOf(line) !== Math.floor(slot / ways)) violations.push(`The line ${line} is in a wrong set.`);
      if (this.dirty[slot] === 1 && !this.keepsWrites) violations.push(`The line ${line} is dirty.`);
    });
    const { accesses, hits, misses, compulsory, capacity, conflict } = this.stats();
    if (count !== this.slots.size) violations.push(`${count} lines, ${this.slots.size} known.`);
    if (count !== this.filled.reduce((sum, lines) => sum + lines, 0)) violations.push("The sets count other lines.");
    if (accesses !== hits + misses) violations.push(`${accesses} references are not ${hits} and ${misses}.`);
    if (misses !== compulsory + capacity + conflict) violations.push("The kinds of misses do not add up.");
    return violations.map((sentence) => `${name}: ${sentence}`);
  }

  /** Looks up one line. */
  private look(line: number, isWrite: boolean, stores: boolean): number {
    const isKept = stores && this.keepsWrites;
    if (line === this.lastLine) {
      if (isKept) this.dirty[this.lastSlot] = 1;
      return cacheResult.hit;
    }
    const fills = !isWrite || this.options.allocate;
    this.lastLine = nothing;
    const missKind = this.classifier.refer(line, fills);
    let slot = this.slots.get(line, nothing);
    const isHit = slot !== nothing;
    if (isHit) this.order.use(slot);
    else {
      if (!fills) return missKind;
      slot = this.fill(line);
    }
    if (fills) this.lastLine = line;
    this.lastSlot = slot;
    if (isKept) this.dirty[slot] = 1;
    return isHit ? cacheResult.hit : missKind;
  }

  private fill(line: number): number {
    const set = this.setOf(line);
    const isFull = this.filled[set] === this.options.ways;
    const slot = this.order.victim(set, isFull);
    if (isFull) {
      const old = this.lines[slot];
      const wasDirty = this.dirty[slot] === 1;
      this.evictions++;
      this.remove(slot);
      this.onEvict(old, wasDirty);
    } else this.filled[set]++;
    this.lines[slot] = line;
    this.slots.set(line, slot);
    this.order.fill(slot);
    return slot;
  }

  private remove(slot: number): void {
    const line = this.lines[slot];
    if (line === this.lastLine) this.lastLine = nothing;
    this.slots.delete(line);
    this.lines[slot] = nothing;
    this.dirty[slot] = 0;
  }

  private setOf(line: number): number {
    return line <= 0x7fff_ffff ? line & (this.sets - 1) : line % this.sets;
  }
}
