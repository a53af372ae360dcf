import type { CacheHierarchy } from "../../../engine/cache/CacheHierarchy";
import type { Latencies } from "../../../engine/cache/contract";
import type { VirtualMemoryReader } from "../../../engine/vm/VirtualMemoryReader";
import type { HardwarePart, PolicyOf } from "./parts";

interface Ran {
  /** Problems of severity error. */
  readonly errors: number;
  /** By the host's clock. */
  readonly milliseconds: number;
}

/** What one replacement policy did. */
export interface ReplacementRow extends Ran {
  readonly policy: PolicyOf["replacement"];
  readonly references: number;
  readonly faults: number;
  readonly evictions: number;
  readonly writebacks: number;
  readonly swapIns: number;
  /** Pages in frames on average over the references. */
  readonly workingSet: number;
}

/** What one policy of the lookaside buffer did. */
export interface TlbRow extends Ran {
  readonly policy: PolicyOf["tlb"];
  readonly hits: number;
  readonly misses: number;
  /** Reads of page tables. */
  readonly walkAccesses: number;
  /** Cycles. */
  readonly effectiveAccessTime: number;
}

/** What one policy of all caches did. */
export interface CacheRow extends Ran {
  readonly policy: PolicyOf["cache"];
  /** Of each cache, in order from the processor on. */
  readonly levels: readonly { readonly name: string; readonly misses: number; readonly missRatio: number }[];
  readonly accesses: number;
  /** References that no cache answered. */
  readonly misses: number;
  readonly memoryReads: number;
  readonly memoryWrites: number;
  /** Cycles. */
  readonly amat: number;
}

export interface RowOf {
  readonly replacement: ReplacementRow;
  readonly tlb: TlbRow;
  readonly cache: CacheRow;
}

/** A policy under which the memory could not be made, or not run: with what it says. */
export interface RefusedPolicy {
  readonly policy: string;
  readonly reason: string;
}

/** The policies of one part, each over all references; under all of them the rest of the memory is the same. */
export type PartComparison = {
  readonly [Part in HardwarePart]: {
    readonly part: Part;
    readonly rows: readonly RowOf[Part][];
    readonly refused: readonly RefusedPolicy[];
    /** What all rows share; null without any row. */
    readonly size: PartSize | null;
  };
}[HardwarePart];

export type PartSize =
  | { readonly kind: "frames"; readonly frames: number; readonly pageSize: number }
  | { readonly kind: "entries"; readonly entries: number; readonly ways: number }
  | { readonly kind: "caches"; readonly caches: readonly { readonly name: string; readonly size: number }[] };

/** The memory at the end of a run. */
export interface RanMemory {
  readonly vm: VirtualMemoryReader | null;
  readonly caches: CacheHierarchy | null;
  /** Counts of the references where there is no cache. */
  readonly uncached: CacheHierarchy | null;
  readonly latencies: Latencies;
}

/** Makes the row of a part, or null where the run ended without it. */
const readers: {
  readonly [Part in HardwarePart]: (policy: PolicyOf[Part], memory: RanMemory, ran: Ran) => RowOf[Part] | null;
} = {
  replacement(policy, { vm }, ran) {
    if (vm?.options.demand !== true) return null;
    const { references, faults, evictions, writebacks, swapIns } = vm.stats();
    const workingSet = vm.pager.residency.mean(references);
    return { policy, references, faults, evictions, writebacks, swapIns, workingSet, ...ran };
  },

  tlb(policy, { vm, caches, uncached, latencies }, ran) {
    if (vm === null || vm.tlb === null) return null;
    const { tlbHits: hits, tlbMisses: misses } = vm.stats();
    const totals = (caches ?? uncached)?.totals(latencies);
    const { walkAccesses = 0, effectiveAccessTime = 0 } = totals ?? {};
    return { policy, hits, misses, walkAccesses, effectiveAccessTime, ...ran };
  },

  cache(policy, { caches, latencies }, ran) {
    if (caches === null) return null;
    const levels = caches.caches.map((cache) => {
      const { misses, missRatio } = cache.stats();
      return { name: cache.options.name, misses, missRatio };
    });
    const { accesses, misses, memoryReads, memoryWrites, amat } = caches.totals(latencies);
    return { policy, levels, accesses, misses, memoryReads, memoryWrites, amat, ...ran };
  },
};

export function rowOf<Part extends HardwarePart>(
  part: Part,
  policy: PolicyOf[Part],
  memory: RanMemory,
  ran: Ran,
): RowOf[Part] | null {
  return readers[part](policy, memory, ran);
}

export function sizeOf(part: HardwarePart, { vm, caches }: RanMemory): PartSize {
  switch (part) {
    case "replacement":
      return { kind: "frames", frames: vm?.options.frames ?? 0, pageSize: vm?.options.pageSize ?? 0 };
    case "tlb":
      return { kind: "entries", entries: vm?.tlb?.options.entries ?? 0, ways: vm?.tlb?.options.ways ?? 0 };
    case "cache":
      return { kind: "caches", caches: (caches?.caches ?? []).map(({ options: { name, size } }) => ({ name, size })) };
  }
}
