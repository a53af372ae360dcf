import { CacheHierarchy, type CacheHierarchySnapshot } from "../../engine/cache/CacheHierarchy";
import { usualLatencies, type Latencies } from "../../engine/cache/contract";
import { EventLog } from "../../engine/events";
import type { Heap, HeapSnapshot } from "../../engine/heap/Heap";
import type { FixedSizeSnapshot } from "../../engine/pool/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import type { VirtualMemorySnapshot } from "../../engine/vm/contract";
import type { Span } from "../../language/parsing/syntax";
import type { CacheTrip } from "../access/caches";
import type { Allocation } from "./allocation";
import { HandleTable, type HandleMark } from "./HandleTable";
import { IndexedNames } from "./IndexedNames";
import { Ledger, type LedgerMark } from "./Ledger";
import { isHeap, isHere, type FixedSizeRegion, type Region } from "./regions";

/** The line that damaged a field of the allocator, by the field's address. */
export interface Damage {
  readonly line: number;
  readonly step: number;
  /** The kinds of operations that have met the damage and reported it. */
  readonly tripped: readonly string[];
}

/** A `repeat` in progress. */
export interface RunningLoop {
  /** Index of the first instruction of the body. */
  readonly start: number;
  readonly variable: string | null;
  readonly rounds: number;
  /** Rounds begun, the current one included; the loop variable is one less. */
  round: number;
  /** Steps done when the current round began. */
  stepsAtRound: number;
}

/** A pool whose memory is a block of another region. */
export interface Carving {
  /** The block's allocation. */
  readonly allocation: number;
  /** Whether the pool took the block itself and gives it back when it is destroyed. */
  readonly isOwner: boolean;
  /** Whether the pool's blocks are freed with the block, and no leaks then. */
  readonly autofree: boolean;
}

export interface WorldSnapshot {
  readonly regions: readonly {
    readonly name: string;
    readonly region: Region;
    readonly snapshot: HeapSnapshot | FixedSizeSnapshot;
  }[];
  readonly vm: { readonly engine: VirtualMemory; readonly snapshot: VirtualMemorySnapshot } | null;
  readonly carvings: ReadonlyMap<string, Carving>;
  readonly caches: { readonly engine: CacheHierarchy; readonly snapshot: CacheHierarchySnapshot } | null;
  readonly uncached: CacheHierarchySnapshot;
  readonly latencies: Latencies;
  readonly ledger: LedgerMark;
  readonly handles: HandleMark;
  readonly loops: readonly RunningLoop[];
  readonly damage: ReadonlyMap<number, Damage>;
  readonly guardDamage: ReadonlyMap<number, Damage>;
  readonly escaped: ReadonlyMap<number, number>;
  readonly searched: number;
  readonly explained: number;
  readonly lost: ReadonlySet<number>;
  readonly failed: ReadonlyMap<string, number>;
}

/** Everything that statements change. */
export class World {
  readonly log = new EventLog();
  readonly heaps = new Map<string, Heap>();
  /** Pools and slab caches. */
  readonly pools = new Map<string, FixedSizeRegion>();
  /** By name of the pool; a pool carved out of another one's block comes after it. */
  carvings = new Map<string, Carving>();
  vm: VirtualMemory | null = null;
  /** Made anew by each `cache` line. */
  caches: CacheHierarchy | null = null;
  /** Counts references while there is no cache, for what they cost. */
  readonly uncached = new CacheHierarchy([]);
  latencies: Latencies = usualLatencies;
  readonly ledger = new Ledger();
  readonly handles = new HandleTable();
  readonly indexedNames = new IndexedNames();
  loops: RunningLoop[] = [];
  /** Fields of the allocators that a write damaged; entries of fields written anew since may linger. */
  damage = new Map<number, Damage>();
  /** The same of the bytes of red zones and of payloads in quarantine. */
  guardDamage = new Map<number, Damage>();
  /** Allocations whose address was written into memory, with the place that took it last: losing the last handle may not lose them. */
  escaped = new Map<number, number>();
  /** Bytes looked through so far for pointers to blocks whose last handle was overwritten. */
  searched = 0;
  /** Blocks walked so far to explain requests that failed. */
  explained = 0;
  /** Allocations already reported as leaks. */
  lost = new Set<number>();
  /** Handles that a failed allocation set to 0, with its line. */
  failed = new Map<string, number>();
  step = 0;
  /** What the references of this step met in the caches; null when there were none. */
  cacheTrip: CacheTrip | null = null;
  /** The page references of a whole run, for policies that look ahead; null when the run is too long for that. */
  lookAhead: (() => readonly number[] | null) | null = null;
  /** Where the pages that are referenced are noted; null: nowhere. */
  references: number[] | null = null;

  constructor(
    /** The statement's columns on a line of the script, for problems that stand at another line than the one executed. */
    readonly spanOfLine: (line: number) => Span | undefined,
    /** Where a recorded program made the request of a line, as its comment notes it. */
    readonly callSiteOfLine: (line: number) => string | null = () => null,
  ) {}

  region(name: string): Region | undefined {
    return this.heaps.get(name) ?? this.pools.get(name);
  }

  *regions(): IterableIterator<Region> {
    yield* this.heaps.values();
    yield* this.pools.values();
  }

  /** The innermost region that holds the address: a pool rather than the heap that it is carved out of. */
  regionAt(address: number): Region | undefined {
    let found: Region | undefined;
    for (const regions of [this.heaps, this.pools]) {
      for (const region of regions.values()) {
        if (!holds(region, address)) continue;
        if (found === undefined || region.end - region.base <= found.end - found.base) found = region;
      }
    }
    return found;
  }

  /** The outermost region that holds the address: it has the bytes. */
  outermostAt(address: number): Region | undefined {
    for (const regions of [this.heaps, this.pools]) {
      for (const region of regions.values()) if (holds(region, address)) return region;
    }
    return undefined;
  }

  /** The region and the pools carved out of it, as far as they touch the half-open range. */
  *regionsWithin(region: Region, from: number, to: number): IterableIterator<Region> {
    yield region;
    for (const name of this.carvings.keys()) {
      const pool = this.pools.get(name);
      if (pool !== undefined && pool !== region && pool.bytes === region.bytes && pool.base < to && pool.end > from) {
        yield pool;
      }
    }
  }

  /** The allocation whose live block covers the address. */
  ownerAt(address: number): Allocation | undefined {
    const block = this.regionAt(address)?.blockAt(address);
    return block?.state === "used" ? this.ledger.get(block.owner) : undefined;
  }

  /** Every header of the region has been written anew: damage done to the old ones is gone. */
  forgetDamage(region: Region): void {
    for (const memory of [this.damage, this.guardDamage]) {
      for (const address of memory.keys()) {
        if (address >= region.base && address < region.end) memory.delete(address);
      }
    }
  }

  loopVariable(name: string): number | undefined {
    for (let index = this.loops.length - 1; index >= 0; index--) {
      const loop = this.loops[index];
      if (loop.variable === name) return loop.round - 1;
    }
    return undefined;
  }

  /** Simulated bytes that exist now, all stores together. */
  residentBytes(): number {
    let sum = this.vm?.physical.residentBytes ?? 0;
    for (const heap of this.heaps.values()) sum += heap.bytes?.residentBytes ?? 0;
    for (const [name, pool] of this.pools) if (!this.carvings.has(name)) sum += pool.bytes?.residentBytes ?? 0;
    return sum;
  }

  snapshot(): WorldSnapshot {
    const regions = [...this.heaps, ...this.pools].map(([name, region]) => ({
      name,
      region,
      snapshot: region.snapshot(),
    }));
    return {
      regions,
      carvings: new Map(this.carvings),
      vm: this.vm === null ? null : { engine: this.vm, snapshot: this.vm.snapshot() },
      caches: this.caches === null ? null : { engine: this.caches, snapshot: this.caches.save() },
      uncached: this.uncached.save(),
      latencies: this.latencies,
      ledger: this.ledger.mark(),
      handles: this.handles.mark(),
      loops: this.loops.map((loop) => ({ ...loop })),
      damage: new Map(this.damage),
      guardDamage: new Map(this.guardDamage),
      escaped: new Map(this.escaped),
      searched: this.searched,
      explained: this.explained,
      lost: new Set(this.lost),
      failed: new Map(this.failed),
    };
  }

  /** Whoever had the snapshot that was made or restored last, since when nothing happened, has given it up. */
  takeBack(): void {
    this.vm?.physical.takeBack();
    for (const [name, region] of [...this.heaps, ...this.pools]) {
      if (!this.carvings.has(name)) region.bytes?.takeBack();
    }
  }

  restore(saved: WorldSnapshot, step: number): void {
    this.heaps.clear();
    this.pools.clear();
    for (const { name, region, snapshot } of saved.regions) {
      if (isHeap(region)) {
        region.restore(snapshot as HeapSnapshot);
        this.heaps.set(name, region);
      } else {
        region.restore(snapshot as FixedSizeSnapshot);
        this.pools.set(name, region);
      }
    }
    this.carvings = new Map(saved.carvings);
    saved.vm?.engine.restore(saved.vm.snapshot);
    this.vm = saved.vm?.engine ?? null;
    saved.caches?.engine.load(saved.caches.snapshot);
    this.caches = saved.caches?.engine ?? null;
    this.uncached.load(saved.uncached);
    this.latencies = saved.latencies;
    this.ledger.restore(saved.ledger);
    this.handles.restore(saved.handles);
    this.loops = saved.loops.map((loop) => ({ ...loop }));
    this.damage = new Map(saved.damage);
    this.guardDamage = new Map(saved.guardDamage);
    this.escaped = new Map(saved.escaped);
    this.searched = saved.searched;
    this.explained = saved.explained;
    this.lost = new Set(saved.lost);
    this.failed = new Map(saved.failed);
    this.step = step;
    this.log.clear();
  }
}

function holds(region: Region, address: number): boolean {
  return address >= region.base && address < region.end && isHere(region);
}
