import { EventLog } from "../../engine/events";
import { Heap } from "../../engine/heap/Heap";
import { heapPolicies, type HeapOptions } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";
import { plainPool } from "../../engine/pool/geometry";
import { Pool } from "../../engine/pool/Pool";
import { slabPageBytes } from "../../engine/slab/contract";
import { plainSlab } from "../../engine/slab/geometry";
import { SlabCache } from "../../engine/slab/SlabCache";
import { stepsPerYield, type Work } from "../../language/coroutines";
import type { Program } from "../../language/parsing/syntax";
import type { MachineLimits } from "../run/limits";
import type { MachineState } from "../run/MachineState";
import { Machine } from "../run/Machine";
import { replayHeapOptions } from "../replay/options";
import type { Fragmentation } from "./rows";

/** What one allocator did with a pool's requests. */
export interface PoolRow {
  readonly allocator: "pool" | "slab" | HeapPolicy;
  /** Bytes of memory taken, at the peak. */
  readonly memoryBytes: number;
  /** What the memory has beyond the most requested bytes live at once: headers, bookkeeping, rounding, free blocks. */
  readonly overheadBytes: number;
  /** When most requested bytes were live. */
  readonly atPeak: Fragmentation;
  /** Free blocks looked at. */
  readonly searched: number;
  /** Requests that were refused. */
  readonly failures: number;
}

/** The requests that one pool or slab cache of a script served, repeated in other allocators. */
export interface PoolComparison {
  readonly name: string;
  readonly blockSize: number;
  readonly allocations: number;
  /** Most requested bytes live at once: what an allocator that wastes nothing would take. */
  readonly idealBytes: number;
  readonly rows: readonly PoolRow[];
}

/** A block taken, with its size, or given back; in the order in which the script asked. */
interface Request {
  readonly step: number;
  readonly id: number;
  /** 0 when the block is given back. */
  readonly size: number;
}

interface Allocator {
  readonly name: PoolRow["allocator"];
  /** Address, or -1. */
  allocate(size: number, owner: number): number;
  free(address: number): void;
  fragmentation(requested: number): Fragmentation;
  memoryBytes(): number;
  searched(): number;
}

/**
 * Runs a script, and repeats what each of its pools and slab caches served in a pool of exactly the blocks needed, in
 * a slab cache with the defaults, and in a heap of each policy that grows by pages. `heap` changes the heaps' options.
 */
export function* comparePools(
  program: Program,
  limits: MachineLimits,
  heap: Partial<HeapOptions> = {},
): Work<PoolComparison[]> {
  const machine = new Machine(program, { limits, overrides: new Map() });
  const blockSizes = new Map<string, number>();
  while (machine.step() !== undefined) {
    for (const [name, { options }] of machine.state.pools) {
      blockSizes.set(name, Math.max(options.blockSize, blockSizes.get(name) ?? 0));
    }
    if (machine.state.step % stepsPerYield === 0) yield;
  }
  const comparisons: PoolComparison[] = [];
  for (const [name, blockSize] of blockSizes) {
    comparisons.push(yield* compareOne(name, blockSize, requestsOf(machine.state, name), heap));
  }
  return comparisons;
}

/** What a region served: allocations that were refused have left nothing, so they are not repeated. */
function requestsOf(state: MachineState, region: string): Request[] {
  const requests: Request[] = [];
  for (let id = 0; ; id++) {
    const allocation = state.allocation(id);
    if (allocation === undefined) break;
    if (allocation.region !== region) continue;
    requests.push({ step: allocation.step, id, size: allocation.requested });
    if (allocation.freed !== null) requests.push({ step: allocation.freed.step, id, size: 0 });
  }
  return requests.sort((a, b) => a.step - b.step || a.size - b.size || a.id - b.id);
}

function* compareOne(
  name: string,
  blockSize: number,
  requests: readonly Request[],
  heap: Partial<HeapOptions>,
): Work<PoolComparison> {
  const peak = peakOf(requests);
  const allocators = [
    poolAllocator(blockSize, Math.max(1, peak.blocks)),
    slabAllocator(blockSize),
    ...heapPolicies.map((policy) => heapAllocator(policy, heap)),
  ];
  const rows: PoolRow[] = [];
  for (const allocator of allocators) rows.push(yield* serve(allocator, requests, peak));
  const allocations = requests.filter(({ size }) => size > 0).length;
  return { name, blockSize, allocations, idealBytes: peak.bytes, rows };
}

interface Peak {
  readonly bytes: number;
  /** Most blocks live at once, which may be at another request than the most bytes. */
  readonly blocks: number;
  /** Index of the request after which the most bytes are live for the first time. */
  readonly at: number;
}

function peakOf(requests: readonly Request[]): Peak {
  const sizes = new Map<number, number>();
  let live = 0;
  let peak: Peak = { bytes: 0, blocks: 0, at: -1 };
  for (const [at, { id, size }] of requests.entries()) {
    live += size > 0 ? size : -(sizes.get(id) ?? 0);
    if (size > 0) sizes.set(id, size);
    else sizes.delete(id);
    const blocks = Math.max(peak.blocks, sizes.size);
    peak = live > peak.bytes ? { bytes: live, blocks, at } : { ...peak, blocks };
  }
  return peak;
}

function* serve(allocator: Allocator, requests: readonly Request[], peak: Peak): Work<PoolRow> {
  const addresses = new Map<number, number>();
  let failures = 0;
  let atPeak: Fragmentation = { internal: 0, external: 0 };
  for (const [at, { id, size }] of requests.entries()) {
    const address = addresses.get(id);
    if (size > 0) {
      const taken = allocator.allocate(size, id);
      if (taken === -1) failures++;
      else addresses.set(id, taken);
    } else if (address !== undefined) {
      allocator.free(address);
      addresses.delete(id);
    }
    if (at === peak.at) atPeak = allocator.fragmentation(peak.bytes);
    if (at % stepsPerYield === 0) yield;
  }
  const memoryBytes = allocator.memoryBytes();
  return {
    allocator: allocator.name,
    memoryBytes,
    overheadBytes: memoryBytes - peak.bytes,
    atPeak,
    searched: allocator.searched(),
    failures,
  };
}

function poolAllocator(blockSize: number, count: number): Allocator {
  return fixedAllocator(new Pool(plainPool("pool", 0x1_0000, blockSize, count, { bytes: false }), new EventLog()));
}

function slabAllocator(blockSize: number): Allocator {
  return fixedAllocator(new SlabCache(plainSlab("slab", 0x1_0000, blockSize, { bytes: false }), new EventLog()));
}

/** Any free block of a pool or slab cache serves any request, so nothing is lost to external fragmentation. */
function fixedAllocator(region: Pool | SlabCache): Allocator {
  let allocations = 0;
  return {
    name: region.kind,
    allocate(_, owner) {
      region.log.clear();
      allocations++;
      return region.allocate(owner);
    },
    free(address) {
      region.log.clear();
      region.free(address);
    },
    fragmentation(requested) {
      const { usedBlocks, blockSize } = region.stats();
      return { internal: usedBlocks === 0 ? 0 : 1 - requested / (usedBlocks * blockSize), external: 0 };
    },
    memoryBytes: () => region.stats().peakPoolBytes,
    searched: () => allocations,
  };
}

function heapAllocator(policy: HeapPolicy, given: Partial<HeapOptions>): Allocator {
  const log = new EventLog();
  const heap = new Heap(replayHeapOptions({ size: slabPageBytes, grow: slabPageBytes, ...given, policy }), log);
  return {
    name: policy,
    allocate(size, owner) {
      log.clear();
      return heap.allocate(size, owner);
    },
    free(address) {
      log.clear();
      heap.free(address);
    },
    fragmentation() {
      const { internalFragmentation, externalFragmentation } = heap.stats();
      return { internal: internalFragmentation, external: externalFragmentation };
    },
    memoryBytes: () => heap.stats().peakHeapBytes,
    searched: () => heap.stats().searched,
  };
}
