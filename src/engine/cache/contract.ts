export const cachePolicies = ["lru", "fifo", "random", "tree-plru"] as const;
export type CachePolicy = (typeof cachePolicies)[number];

export const cacheKinds = ["unified", "data", "instruction"] as const;
export type CacheKind = (typeof cacheKinds)[number];

export interface CacheOptions {
  readonly name: string;
  /** Bytes of all lines: sets × ways × line, where sets and line are powers of two. */
  readonly size: number;
  readonly ways: number;
  /** Bytes of a line. */
  readonly line: number;
  readonly policy: CachePolicy;
  /** `back`: a written line is dirty and goes down when it leaves; `through`: every write goes down at once. */
  readonly write: "back" | "through";
  /** Whether a write that misses brings its line in. */
  readonly allocate: boolean;
  readonly kind: CacheKind;
  /** A line that leaves takes its copies in the levels above along (back-invalidation). */
  readonly inclusive: boolean;
  /** Whether a dirty line that comes from the cache above is a reference here, as in Dinero IV; in cachegrind it is none. */
  readonly countsWritebacks: boolean;
  /** Cycles of one look-up. */
  readonly latency: number;
}

/** What a look-up in one cache was. `none`: the reference never came that far. */
export const cacheResult = { none: 0, hit: 1, compulsory: 2, capacity: 3, conflict: 4 } as const;
export const cacheResultNames = ["none", "hit", "compulsory", "capacity", "conflict"] as const;

/** `modify` reads and writes the same bytes, as `inc` does: one reference, a read, which leaves its line written. */
export const cacheAccess = { read: 0, write: 1, execute: 2, modify: 3 } as const;

export interface CacheStats {
  /** References that came here; always the sum of hits and misses. */
  readonly accesses: number;
  readonly hits: number;
  /** Always the sum of compulsory, capacity and conflict. */
  readonly misses: number;
  /** Of reads and instruction fetches. */
  readonly readMisses: number;
  readonly writeMisses: number;
  readonly compulsory: number;
  readonly capacity: number;
  readonly conflict: number;
  /** Lines that made room. */
  readonly evictions: number;
  /** Dirty lines that went down. */
  readonly writebacks: number;
  /** Lines that left because an inclusive cache below lost them. */
  readonly invalidations: number;
  /** misses / accesses, 0 without any. */
  readonly missRatio: number;
}

/** Cycles outside the caches. */
export interface Latencies {
  /** Of a look-up in the lookaside buffer, hit or miss; 0 when left out. */
  readonly tlb?: number;
  readonly memory: number;
  readonly disk: number;
}

/** What holds until a script says otherwise: main memory and a magnetic disk at about 2 GHz, a lookaside buffer without a price. */
export const usualLatencies = { tlb: 0, memory: 200, disk: 10_000_000 } as const satisfies Latencies;

export interface CacheTotals {
  /** References by the processor; always the sum of hits and misses. */
  readonly accesses: number;
  /** References that some cache answered. */
  readonly hits: number;
  /** References that no cache answered. */
  readonly misses: number;
  /** Lines read from memory. */
  readonly memoryReads: number;
  /** Writes that reached memory: lines written back, and writes that no cache kept. */
  readonly memoryWrites: number;
  /** References that asked the lookaside buffer. */
  readonly tlbLookups: number;
  /** Memory accesses to walk page tables. */
  readonly walkAccesses: number;
  /** References that waited for the disk. */
  readonly pageFaults: number;
  readonly cycles: number;
  /** Average memory access time: cycles in caches and memory for one reference. */
  readonly amat: number;
  /** The same with the lookaside buffer, the walks of page tables and the page faults. */
  readonly effectiveAccessTime: number;
}

/** Where the line of an address belongs, and whether it is there. */
export interface CachePlace {
  readonly set: number;
  /** Address of the line's first byte. */
  readonly address: number;
  readonly state: "absent" | "clean" | "dirty";
}

/** One valid line, for views. */
export interface CacheLine {
  readonly set: number;
  readonly way: number;
  /** Address of its first byte. */
  readonly address: number;
  readonly dirty: boolean;
}
