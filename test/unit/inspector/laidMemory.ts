import type { HeapBlock } from "../../../src/engine/heap/blocks";
import type { HeapBlocks, HeapStats } from "../../../src/engine/heap/contract";
import type { HeapReader } from "../../../src/engine/heap/HeapReader";
import type { HeapStructure } from "../../../src/engine/heap/structure";
import type { SlabCache } from "../../../src/engine/slab/SlabCache";
import type { FixedSizeReader } from "../../../src/machine/state/regions";
import type { PoolBlock } from "../../../src/engine/pool/contract";
import type { PoolReader } from "../../../src/engine/pool/Pool";
import type { VirtualMemoryReader } from "../../../src/engine/vm/VirtualMemoryReader";
import { VirtualMemory } from "../../../src/engine/vm/VirtualMemory";
import { resolveShape } from "../../../src/engine/vm/tableFormats";
import { EventLog, eventKindNumber, type EngineEvent, type EngineEventKind } from "../../../src/engine/events";
import { asAddress } from "../../../src/engine/address";
import type { Allocation, HandleValue } from "../../../src/machine/state/allocation";
import type { MomentReader } from "../../../src/machine/run/readers";
import type { MachineState } from "../../../src/machine/run/MachineState";
import { parse } from "../../../src/language/parsing/parser";
import { defaultMachineOptions } from "../../../src/machine/run/options";
import type { StepRecord } from "../../../src/machine/records/records";
import type { Problem } from "../../../src/machine/problems/Problem";

/**
 * Memory laid out by hand, for tests that need an exact picture whatever the allocator would have done: blocks of
 * given sizes in address order, a free list in any order, pages, pools. It answers questions and cannot be changed.
 */
export interface LaidBlock {
  readonly size: number;
  /** Handle name for a used block, null for a free one. */
  readonly handle: string | null;
  readonly requested?: number;
  readonly line?: number;
}

export interface LaidHeap {
  readonly name: string;
  readonly base: number;
  readonly header: number;
  readonly blocks: readonly LaidBlock[];
  /** Indices into `blocks`, in list order; address order when absent. */
  readonly listOrder?: readonly number[];
  /** One list when absent. */
  readonly structure?: HeapStructure;
}

export interface LaidPool {
  readonly name: string;
  readonly base: number;
  readonly blockSize: number;
  readonly handles: readonly (string | null)[];
  readonly listOrder: readonly number[];
}

export interface LaidPages {
  readonly pageSize: number;
  readonly frames: number;
  readonly pages: number;
  readonly entries: readonly { readonly vpn: number; readonly pfn: number; readonly flags: number }[];
}

export interface LaidMemory {
  readonly heaps?: readonly LaidHeap[];
  readonly pools?: readonly LaidPool[];
  /** Slab caches by their names, as their engine left them. */
  readonly slabs?: readonly SlabCache[];
  readonly pages?: LaidPages;
  readonly position?: number;
  readonly reached?: number;
  readonly finished?: boolean;
  readonly record?: Partial<StepRecord>;
  readonly problems?: readonly Problem[];
}

export function event(kind: EngineEventKind, a = 0, b = 0, c = 0, d = 0): EngineEvent {
  const log = new EventLog();
  log.push(eventKindNumber(kind), a, b, c, d);
  return log.at(0);
}

/** `leaked`: ids of the allocations, which count from 0 in the order of the laid blocks. */
export function leakAt(line: number, step: number, ...leaked: readonly number[]): Problem {
  return {
    id: "leak",
    severity: "warning",
    line,
    column: 0,
    endColumn: 5,
    step,
    facts: {
      kind: "pool-gone",
      ids: leaked,
      block: { handle: null, requested: 8, address: 0x10000, line, region: "p", freed: null },
      pool: "p",
      end: "destroyed",
      endLine: line,
    },
  };
}

export function layHistory(memory: LaidMemory): MomentReader {
  const allocations: Allocation[] = [];
  const owner = (region: string, handle: string, address: number, requested: number, line: number): number => {
    const id = allocations.length;
    allocations.push({ id, region, handle, address, requested, line, step: line + 1, freed: null });
    return id;
  };
  const heaps = new Map((memory.heaps ?? []).map((heap) => [heap.name, layHeap(heap, owner)]));
  const pools = new Map<string, FixedSizeReader>([
    ...(memory.pools ?? []).map((pool) => [pool.name, layPool(pool, owner)] as const),
    ...(memory.slabs ?? []).map((cache) => [cache.options.name, cache] as const),
  ]);
  const position = memory.position ?? 1;
  const state = {
    step: position,
    heaps,
    pools,
    vm: memory.pages === undefined ? null : layPages(memory.pages),
    caches: null,
    *handles(): IterableIterator<HandleValue> {
      for (const allocation of allocations) {
        yield { name: allocation.handle ?? "", address: allocation.address, allocation };
      }
    },
    allocation: (id: number) => allocations[id],
  };
  const record: StepRecord | undefined =
    memory.record === undefined
      ? undefined
      : {
          step: position,
          line: 0,
          text: "",
          op: "alloc",
          ok: true,
          value: null,
          events: [],
          problems: [],
          story: "",
          refusal: null,
          ...memory.record,
        };
  return {
    program: parse(""),
    options: defaultMachineOptions,
    state: state as unknown as MachineState,
    position,
    finished: memory.finished ?? false,
    next: undefined,
    nextLine: null,
    record,
    reached: memory.reached ?? position,
    problems: memory.problems ?? [],
  };
}

type Owner = (region: string, handle: string, address: number, requested: number, line: number) => number;

function layHeap(laid: LaidHeap, owner: Owner): HeapReader {
  let address = laid.base;
  const blocks = laid.blocks.map((block, at): HeapBlock => {
    const begin = address;
    address += block.size;
    const payload = asAddress(begin + laid.header);
    const requested = block.handle === null ? 0 : (block.requested ?? block.size - laid.header);
    return {
      address: asAddress(begin),
      size: block.size,
      payload,
      requested,
      state: block.handle === null ? "free" : "used",
      owner: block.handle === null ? -1 : owner(laid.name, block.handle, payload, requested, block.line ?? at),
    };
  });
  const free = blocks.filter((block) => block.state === "free");
  const list = laid.listOrder?.map((at) => blocks[at]) ?? free;
  const sum = (numbers: readonly number[]): number => numbers.reduce((left, right) => left + right, 0);
  const freeBytes = sum(free.map((block) => block.size));
  const largestFree = Math.max(0, ...free.map((block) => block.size));
  const currentUsed = sum(blocks.map((block) => block.requested));
  const stats: Partial<HeapStats> = {
    currentUsed,
    peakUsed: currentUsed,
    freeBytes,
    freeBlocks: free.length,
    quarantinedBytes: 0,
    quarantinedBlocks: 0,
    usedBlocks: blocks.length - free.length,
    largestFree,
    externalFragmentation: freeBytes === 0 ? 0 : 1 - largestFree / freeBytes,
    internalFragmentation: 0,
  };
  const { name, base, header } = laid;
  const heap = {
    options: {
      name,
      base,
      header,
      footer: 0,
      redzone: 0,
      quarantine: 0,
      policy: "first-fit",
      order: "lifo",
      coalesce: "never",
    },
    base,
    end: address,
    stats: () => stats,
    blocks: () => blocks.values(),
    walkBlocks: () => walkOver(blocks),
    freeList: () => list.values(),
    structure: () => laid.structure ?? { kind: "list", lists: [], order: "lifo" },
  };
  return heap as unknown as HeapReader;
}

function walkOver(blocks: readonly HeapBlock[]): HeapBlocks {
  let at = -1;
  return {
    next: () => ++at < blocks.length,
    block: () => blocks[at],
    get address() {
      return blocks[at].address;
    },
    get size() {
      return blocks[at].size;
    },
    get state() {
      return blocks[at].state;
    },
    get owner() {
      return blocks[at].owner;
    },
  };
}

function layPool(laid: LaidPool, owner: Owner): PoolReader {
  const { name, base, blockSize, handles } = laid;
  const blocks = handles.map((handle, index): PoolBlock => {
    const address = asAddress(base + index * blockSize);
    const state = handle === null ? "free" : "used";
    return {
      index,
      address,
      size: blockSize,
      state,
      owner: handle === null ? -1 : owner(name, handle, address, blockSize, index),
    };
  });
  const usedBlocks = blocks.filter((block) => block.state === "used").length;
  const pool = {
    kind: "pool",
    options: { name, base, blockSize, count: blocks.length, order: "lifo" },
    base,
    stats: () => ({ blockSize, usedBlocks, freeBlocks: blocks.length - usedBlocks, peakUsed: usedBlocks }),
    blocks: () => blocks.values(),
    freeList: () => laid.listOrder.values(),
  };
  return pool as unknown as PoolReader;
}

/** A real vm with these pages, after two references to the first of them and one beyond the address space. */
function layPages({ pageSize, frames, pages, entries }: LaidPages): VirtualMemoryReader {
  const shape = resolveShape({ pageSize, frames, pages, format: "flat", levels: 1, entryBytes: null });
  if (shape.kind === "bad") throw new Error(shape.refusal.kind);
  const vm = new VirtualMemory(
    {
      pageSize,
      frames,
      pages,
      format: shape.format,
      inverted: false,
      paging: true,
      segmentSpace: pages * pageSize,
      demand: false,
      allocation: "global",
      swapSlots: 0,
      compressedBytes: 0,
      bytes: true,
      physicalBits: 52,
      tlb: null,
    },
    new EventLog(),
  );
  for (const { vpn, pfn, flags } of entries) vm.map(vpn, flags, pfn);
  for (const page of [entries[0].vpn, entries[0].vpn, pages]) vm.reference(page * pageSize);
  return vm;
}
