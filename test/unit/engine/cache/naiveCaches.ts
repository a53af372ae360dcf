import assert from "node:assert/strict";
import type { CacheOptions } from "../../../../src/engine/cache/contract";

/** What one line of a naive cache knows. */
interface Line {
  readonly number: number;
  readonly way: number;
  dirty: boolean;
  used: number;
  filled: number;
}

/** One cache, restated from the rules with plain lists that are searched. */
export class NaiveCache {
  readonly sets: Line[][];
  /** Lines of a fully associative LRU cache of the same capacity, the one used last at the end. */
  private full: number[] = [];
  private readonly seen = new Set<number>();
  private readonly trees: number[][];
  private clock = 0;
  private random = 1;
  readonly counts = {
    accesses: 0,
    hits: 0,
    misses: 0,
    readMisses: 0,
    writeMisses: 0,
    compulsory: 0,
    capacity: 0,
    conflict: 0,
    evictions: 0,
    writebacks: 0,
    invalidations: 0,
  };

  constructor(readonly options: CacheOptions) {
    const count = options.size / options.line / options.ways;
    this.sets = Array.from({ length: count }, () => []);
    this.trees = Array.from({ length: count }, () => new Array<number>(options.ways).fill(0));
  }

  find(number: number): Line | undefined {
    return this.sets[number % this.sets.length].find((line) => line.number === number);
  }

  /** The kind of miss, or "hit"; `evict` is told the line that left. */
  look(number: number, isWrite: boolean, stores: boolean, evict: (line: Line) => void): string {
    const { allocate, write, size, line: lineSize } = this.options;
    const fills = !isWrite || allocate;
    const place = this.full.indexOf(number);
    const kind = place >= 0 ? "conflict" : this.seen.has(number) ? "capacity" : "compulsory";
    this.seen.add(number);
    if (place >= 0 || fills) {
      this.full = [...this.full.filter((other) => other !== number), number].slice(-size / lineSize);
    }
    let line = this.find(number);
    const isHit = line !== undefined;
    if (line === undefined) {
      if (!fills) return kind;
      line = this.fill(number, evict);
    }
    line.used = ++this.clock;
    this.point(number % this.sets.length, line.way);
    if (stores && write === "back") line.dirty = true;
    return isHit ? "hit" : kind;
  }

  drop(number: number): Line | undefined {
    const set = this.sets[number % this.sets.length];
    const line = this.find(number);
    if (line !== undefined) set.splice(set.indexOf(line), 1);
    return line;
  }

  private fill(number: number, evict: (line: Line) => void): Line {
    const index = number % this.sets.length;
    const set = this.sets[index];
    const { ways } = this.options;
    let way = 0;
    if (set.length < ways) while (set.some((line) => line.way === way)) way++;
    else {
      const victim = this.victim(set, index);
      set.splice(set.indexOf(victim), 1);
      this.counts.evictions++;
      evict(victim);
      ({ way } = victim);
    }
    const line = { number, way, dirty: false, used: 0, filled: ++this.clock };
    set.push(line);
    return line;
  }

  private victim(set: readonly Line[], index: number): Line {
    const least = (measure: (line: Line) => number): Line =>
      set.reduce((best, line) => (measure(line) < measure(best) ? line : best));
    const atWay = (way: number): Line => set.find((line) => line.way === way)!;
    switch (this.options.policy) {
      case "lru":
        return least((line) => line.used);
      case "fifo":
        return least((line) => line.filled);
      case "random": {
        let x = this.random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        this.random = x >>> 0;
        return atWay(this.random % this.options.ways);
      }
      case "tree-plru":
        return atWay(this.pointed(this.trees[index], 0, this.options.ways, 1));
    }
  }

  /** Follows the pointers of the half that holds the ways from..to. */
  private pointed(tree: readonly number[], from: number, to: number, node: number): number {
    if (to - from === 1) return from;
    const middle = (from + to) / 2;
    return tree[node] === 0 ? this.pointed(tree, from, middle, 2 * node) : this.pointed(tree, middle, to, 2 * node + 1);
  }

  /** Lets every node above a way point to its other half. */
  private point(index: number, way: number): void {
    if (this.options.policy !== "tree-plru") return;
    let [from, to, node] = [0, this.options.ways, 1];
    while (to - from > 1) {
      const middle = (from + to) / 2;
      const isLeft = way < middle;
      this.trees[index][node] = isLeft ? 1 : 0;
      [from, to, node] = isLeft ? [from, middle, 2 * node] : [middle, to, 2 * node + 1];
    }
  }
}

/** Several caches and memory, restated. */
export class NaiveCaches {
  readonly caches: NaiveCache[];
  accesses = 0;
  misses = 0;
  memoryReads = 0;
  memoryWrites = 0;
  cycles = 0;
  /** What the last reference met, by name of the cache. */
  met: string[] = [];
  /** Addresses of dirty lines that wait to be written to a cache that counts them. */
  private waiting: { readonly cache: NaiveCache; readonly address: number }[] = [];

  constructor(
    options: readonly CacheOptions[],
    private readonly memoryLatency: number,
  ) {
    this.caches = options.map((each) => new NaiveCache(each));
  }

  access(address: number, size: number, kind: "read" | "write" | "execute" | "modify"): void {
    const path = this.caches.filter(({ options }) => options.kind !== (kind === "execute" ? "data" : "instruction"));
    const line = path.length === 0 ? size : path[0].options.line;
    if (size <= line) {
      this.refer(path, address, size, kind);
      return;
    }
    let at = address;
    while (at < address + size) {
      const end = Math.min(address + size, at - (at % line) + line);
      this.refer(path, at, end - at, kind);
      at = end;
    }
  }

  private refer(path: NaiveCache[], address: number, size: number, kind: string): void {
    const isWrite = kind === "write";
    let mustStore = isWrite || kind === "modify";
    let found = false;
    let filled = false;
    this.accesses++;
    this.met = [];
    for (const cache of path) {
      if (found && !mustStore) break;
      const { line, write, allocate, latency, name } = cache.options;
      const met: string[] = [];
      for (let at = Math.floor(address / line); at * line < address + size; at++) {
        met.push(cache.look(at, isWrite, mustStore, (left) => this.leave(cache, left)));
      }
      const result = met.find((each) => each !== "hit") ?? "hit";
      this.met.push(`${name} ${result}`);
      const { counts } = cache;
      counts.accesses++;
      this.cycles += latency;
      if (result === "hit") counts.hits++;
      else {
        counts.misses++;
        counts[isWrite ? "writeMisses" : "readMisses"]++;
        counts[result as "conflict"]++;
        if (!found && (!isWrite || allocate)) filled = true;
      }
      if (result === "hit") found = true;
      if (write === "back" && (result === "hit" || !isWrite || allocate)) mustStore = false;
    }
    if (!found) this.misses++;
    while (this.waiting.length > 0) {
      const { cache, address } = this.waiting.pop()!;
      this.goDown(cache, address);
    }
    if (found && !mustStore) return;
    this.cycles += this.memoryLatency;
    if (!found && (filled || !isWrite)) this.memoryReads++;
    if (mustStore) this.memoryWrites++;
  }

  private leave(cache: NaiveCache, line: { readonly number: number; readonly dirty: boolean }): void {
    const { line: size, inclusive, kind } = cache.options;
    const address = line.number * size;
    const shares = (other: NaiveCache): boolean => other.options.kind === kind || kind === "unified";
    const place = this.caches.indexOf(cache);
    let { dirty } = line;
    if (inclusive) {
      for (const upper of this.caches.slice(0, place).filter(shares)) {
        for (let at = address; at < address + size; at += upper.options.line) {
          const dropped = upper.drop(at / upper.options.line);
          if (dropped === undefined) continue;
          upper.counts.invalidations++;
          dirty ||= dropped.dirty;
        }
      }
    }
    if (!dirty) return;
    cache.counts.writebacks++;
    if (this.below(cache).some(({ options }) => options.countsWritebacks)) this.waiting.push({ cache, address });
    else this.goDown(cache, address);
  }

  private below({ options }: NaiveCache): NaiveCache[] {
    const blind = options.kind === "instruction" ? "data" : "instruction";
    const place = this.caches.findIndex((each) => each.options === options);
    return this.caches.slice(place + 1).filter((lower) => lower.options.kind !== blind);
  }

  /** A dirty line looks for the place where it stays. */
  private goDown(cache: NaiveCache, address: number): void {
    const below = this.below(cache);
    for (const [k, lower] of below.entries()) {
      const { line, write, allocate, countsWritebacks } = lower.options;
      const number = Math.floor(address / line);
      if (!countsWritebacks) {
        const copy = lower.find(number);
        if (copy === undefined || write === "through") continue;
        copy.dirty = true;
        return;
      }
      const met = this.count(lower, number, true);
      const isPart = cache.options.line < line;
      if (
        met !== "hit" &&
        allocate &&
        isPart &&
        below.slice(k + 1).every((each) => this.reads(each, number * line, line) !== "hit")
      )
        this.memoryReads++;
      if ((met === "hit" || allocate) && write === "back") return;
    }
    this.memoryWrites++;
  }

  /** A read of a whole line of the cache above. */
  private reads(cache: NaiveCache, address: number, size: number): string {
    const numbers = new Set<number>();
    for (let at = address; at < address + size; at++) numbers.add(Math.floor(at / cache.options.line));
    assert.equal(numbers.size, 1);
    return this.count(cache, [...numbers][0], false);
  }

  /** A reference that takes no time. */
  private count(cache: NaiveCache, number: number, isWrite: boolean): string {
    const result = cache.look(number, isWrite, isWrite, (left) => this.leave(cache, left));
    const { counts } = cache;
    counts.accesses++;
    if (result === "hit") counts.hits++;
    else {
      counts.misses++;
      counts[isWrite ? "writeMisses" : "readMisses"]++;
      counts[result as "conflict"]++;
    }
    return result;
  }
}
