import { CacheLevel } from "./CacheLevel";
import type { CacheTrail } from "./CacheTrail";
import { cacheAccess, cacheResult, type CacheOptions, type CacheTotals, type Latencies } from "./contract";

export type CacheHierarchySnapshot = ReturnType<CacheHierarchy["save"]>;

/**
 * Caches between a processor and memory, by level from the processor on. An instruction cache and a data cache declared
 * side by side are one level, split; what they miss goes to the same caches below.
 *
 * A reference that misses a cache goes on to the next as a whole, as in cachegrind. Every level on the way is filled, so
 * a level holds what the one above holds, until it evicts: only an inclusive one then takes the copies above along.
 * Dirty lines that leave are no references: they go down to the first cache that has their line and writes back, or to
 * memory, and cost no time, since buffers do that in the background. A cache that counts them takes them as writes, after
 * the references that put them out, as Dinero IV does (Edler and Hill, 1998): one that misses and allocates brings in the
 * rest of its line. There is no buffer for a write through a cache: it
 * takes as long as the place it reaches. Without any cache every reference goes to memory.
 */
export class CacheHierarchy {
  readonly caches: readonly CacheLevel[];
  /** The caches that instruction fetches and data references go through, in order. */
  private readonly instructionPath: readonly CacheLevel[];
  private readonly dataPath: readonly CacheLevel[];
  /** The path of the reference made last, and what it met in each cache: one of {@link cacheResult}. */
  path: readonly CacheLevel[];
  readonly results: Uint8Array;
  /** Whether the reference made last came to memory. */
  reachedMemory = false;
  /** Told of what happens to lines; null: nobody wants to know. */
  trail: CacheTrail | null = null;
  /** Lines on their way to a cache that counts them, the one that left last at the end. */
  private readonly leaving: Leaving[] = [];
  private accesses = 0;
  private misses = 0;
  private memoryAccesses = 0;
  private memoryReads = 0;
  private memoryWrites = 0;
  private tlbLookups = 0;
  private walkAccesses = 0;
  private pageFaults = 0;

  /** The caches in order from the processor on; a cache stands below those before it that its kind shares references with. */
  constructor(options: readonly CacheOptions[]) {
    this.caches = options.map((each) => new CacheLevel(each));
    this.instructionPath = this.caches.filter((cache) => cache.options.kind !== "data");
    this.dataPath = this.caches.filter((cache) => cache.options.kind !== "instruction");
    this.path = this.dataPath;
    this.results = new Uint8Array(this.caches.length);
    for (const cache of this.caches) cache.onEvict = (line, dirty) => this.leave(cache, line, dirty);
  }

  cacheNamed(name: string): CacheLevel | undefined {
    return this.caches.find((cache) => cache.options.name === name);
  }

  /** The caches that a reference goes through, in order; `kind` is one of {@link cacheAccess}. */
  pathFor(kind: number): readonly CacheLevel[] {
    return kind === cacheAccess.execute ? this.instructionPath : this.dataPath;
  }

  /**
   * References bytes at a physical address. More bytes than a line has are one reference a line.
   * @param kind one of {@link cacheAccess}
   * @returns how many references it was
   */
  access(address: number, size: number, kind: number): number {
    const path = this.pathFor(kind);
    const line = path.length === 0 ? size : path[0].options.line;
    if (size <= line) {
      this.refer(path, address, size, kind);
      return 1;
    }
    let count = 0;
    for (let at = address; at < address + size; count++) {
      const end = Math.min(address + size, (Math.floor(at / line) + 1) * line);
      this.refer(path, at, end - at, kind);
      at = end;
    }
    return count;
  }

  /** A reference asked the lookaside buffer. */
  noteLookup(): void {
    this.tlbLookups++;
  }

  /** Memory accesses that a walk of page tables needed. */
  noteWalk(accesses: number): void {
    this.walkAccesses += accesses;
  }

  notePageFault(): void {
    this.pageFaults++;
  }

  /** Cycles in caches and memory of the reference made last. */
  lastCycles({ memory }: Latencies): number {
    let cycles = this.reachedMemory ? memory : 0;
    this.path.forEach((cache, k) => {
      if (this.results[k] !== cacheResult.none) cycles += cache.options.latency;
    });
    return cycles;
  }

  totals({ tlb = 0, memory, disk }: Latencies): CacheTotals {
    const { accesses, misses, memoryAccesses, memoryReads, memoryWrites, tlbLookups, walkAccesses, pageFaults } = this;
    const inCaches = this.caches.reduce(
      (sum, cache) => sum + (cache.accesses - cache.unhurried) * cache.options.latency,
      0,
    );
    const inMemory = inCaches + memoryAccesses * memory;
    const cycles = inMemory + tlbLookups * tlb + walkAccesses * memory + pageFaults * disk;
    return {
      accesses,
      hits: accesses - misses,
      misses,
      memoryReads,
      memoryWrites,
      tlbLookups,
      walkAccesses,
      pageFaults,
      cycles,
      amat: accesses === 0 ? 0 : inMemory / accesses,
      effectiveAccessTime: accesses === 0 ? 0 : cycles / accesses,
    };
  }

  save() {
    const { accesses, misses, memoryAccesses, memoryReads, memoryWrites, tlbLookups, walkAccesses, pageFaults } = this;
    return {
      levels: this.caches.map((cache) => cache.save()),
      counts: [accesses, misses, memoryAccesses, memoryReads, memoryWrites, tlbLookups, walkAccesses, pageFaults],
    };
  }

  load(saved: CacheHierarchySnapshot): void {
    this.caches.forEach((cache, index) => cache.load(saved.levels[index]));
    const [accesses, misses, memoryAccesses, memoryReads, memoryWrites, tlbLookups, walkAccesses, pageFaults] =
      saved.counts;
    Object.assign(this, { accesses, misses, memoryAccesses, memoryReads, memoryWrites });
    Object.assign(this, { tlbLookups, walkAccesses, pageFaults });
  }

  checkInvariants(): string[] {
    const violations = this.caches.flatMap((cache) => cache.checkInvariants());
    for (const cache of this.caches) {
      if (!cache.options.inclusive) continue;
      for (const upper of this.above(cache)) {
        for (const { address } of upper.entries()) {
          if (cache.has(address)) continue;
          violations.push(`${cache.options.name} lacks ${address}, which ${upper.options.name} has.`);
        }
      }
    }
    return violations;
  }

  private refer(path: readonly CacheLevel[], address: number, size: number, kind: number): void {
    const { results } = this;
    const isWrite = kind === cacheAccess.write;
    /** Whether written bytes still look for the place where they stay. */
    let stores = isWrite || kind === cacheAccess.modify;
    let isFound = false;
    let isFilled = false;
    let k = 0;
    for (; k < path.length && (stores || !isFound); k++) {
      const cache = path[k];
      const result = cache.refer(address, size, isWrite, stores);
      results[k] = result;
      this.trail?.meet({ cache, result, address, size, isWrite });
      const isHere = result === cacheResult.hit || !isWrite || cache.options.allocate;
      if (result === cacheResult.hit) isFound = true;
      else if (isHere && !isFound) isFilled = true;
      if (isHere && cache.keepsWrites) stores = false;
    }
    this.path = path;
    this.accesses++;
    if (!isFound) this.misses++;
    this.reachedMemory = stores || !isFound;
    if (this.leaving.length > 0) this.sendDown();
    for (let rest = k; rest < path.length; rest++) results[rest] = cacheResult.none;
    if (!this.reachedMemory) return;
    this.memoryAccesses++;
    if (!isFound && (isFilled || !isWrite)) this.memoryReads++;
    if (stores) this.memoryWrites++;
  }

  /** A line makes room: copies above follow when the cache is inclusive, and what is dirty goes down. */
  private leave(cache: CacheLevel, line: number, wasDirty: boolean): void {
    const size = cache.options.line;
    const address = line * size;
    let isDirty = wasDirty;
    if (cache.options.inclusive) {
      for (const upper of this.above(cache)) {
        if (this.trail !== null && upper.has(address))
          this.trail.leave({ cache: upper, address, why: "inclusion", writtenTo: undefined });
        if (upper.invalidate(address, size)) isDirty = true;
      }
    }
    if (isDirty) cache.writebacks++;
    const path = this.pathOf(cache);
    const below = path.indexOf(cache) + 1;
    if (isDirty && path.some((lower, k) => k >= below && lower.options.countsWritebacks)) {
      this.leaving.push({ cache, address });
      return;
    }
    const writtenTo = isDirty ? this.writeBack(path, below, address, size) : undefined;
    this.trail?.leave({ cache, address, why: "room", writtenTo });
  }

  /** Lines that wait go down, the one that left last first; what they put out follows. */
  private sendDown(): void {
    for (let line = this.leaving.pop(); line !== undefined; line = this.leaving.pop()) {
      const { cache, address } = line;
      const path = this.pathOf(cache);
      const writtenTo = this.writeBack(path, path.indexOf(cache) + 1, address, cache.options.line);
      this.trail?.leave({ cache, address, why: "room", writtenTo });
    }
  }

  /** A dirty line goes down to the first cache from one on that keeps it; null: to memory. */
  private writeBack(path: readonly CacheLevel[], from: number, address: number, size: number): CacheLevel | null {
    for (let k = from; k < path.length; k++) {
      const cache = path[k];
      if (cache.options.countsWritebacks ? this.takesBack(path, k, address, size) : cache.absorb(address)) return cache;
    }
    this.memoryWrites++;
    return null;
  }

  /** A line written back as a reference: whether it stays in that cache. */
  private takesBack(path: readonly CacheLevel[], k: number, address: number, size: number): boolean {
    const cache = path[k];
    const { line, allocate } = cache.options;
    const isHit = cache.refer(address, size, true, true) === cacheResult.hit;
    cache.unhurried++;
    if (!isHit && allocate && size < line) this.bringIn(path, k + 1, Math.floor(address / line) * line, line);
    return (isHit || allocate) && cache.keepsWrites;
  }

  /** What a line written back brings in of the rest of its line below. */
  private bringIn(path: readonly CacheLevel[], from: number, address: number, size: number): void {
    for (let k = from; k < path.length; k++) {
      const isHit = path[k].refer(address, size, false, false) === cacheResult.hit;
      path[k].unhurried++;
      if (isHit) return;
    }
    this.memoryReads++;
  }

  /** The caches of which an inclusive cache holds everything. */
  private above(cache: CacheLevel): CacheLevel[] {
    const place = this.caches.indexOf(cache);
    return this.caches.filter((other, index) => index < place && takesAllOf(cache, other));
  }

  private pathOf(cache: CacheLevel): readonly CacheLevel[] {
    return cache.options.kind === "instruction" ? this.instructionPath : this.dataPath;
  }
}

interface Leaving {
  readonly cache: CacheLevel;
  readonly address: number;
}

/** Whether all that the upper cache misses comes to the lower one. */
function takesAllOf(lower: CacheLevel, upper: CacheLevel): boolean {
  return lower.options.kind === "unified" || lower.options.kind === upper.options.kind;
}
