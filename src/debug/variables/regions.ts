import { toHex } from "../../engine/address";
import type { HeapBlock, HeapContract, HeapStats } from "../../engine/heap/contract";
import type { FixedSizeStats, PoolBlock } from "../../engine/pool/contract";
import type { Slab } from "../../engine/slab/contract";
import type { SlabCacheReader } from "../../engine/slab/SlabCache";
import type { MachineState } from "../../machine/run/MachineState";
import type { FixedSizeReader } from "../../machine/state/regions";
import type { DataTarget } from "../breakpoints/dataTargets";
import type { ValueFormat } from "../protocol/format";
import { showCounters } from "./counters";
import { showStructure } from "./structure";
import { pageOf, type Children, type ShownValue } from "./store";

/** A block in use is watched through its life, another one as the bytes that it has now. */
function watchOf({ state, owner, address, size }: HeapBlock | PoolBlock): DataTarget {
  return state === "used" && owner >= 0
    ? { kind: "block", allocation: owner }
    : { kind: "bytes", address, length: size };
}

function ownerText(state: MachineState, owner: number): string {
  const allocation = owner < 0 ? undefined : state.allocation(owner);
  if (allocation === undefined) return "";
  return `, ${allocation.handle ?? "no handle"} of line ${allocation.line + 1}`;
}

function showBlock(state: MachineState, block: HeapBlock, index: number, format: ValueFormat): ShownValue {
  const requested = block.state !== "free" ? `, ${format.bytes(block.requested)} asked for` : "";
  return {
    name: `[${index}]`,
    value: `${toHex(block.address)} ${block.state} ${format.bytes(block.size)}${requested}${ownerText(state, block.owner)}`,
    type: `${block.state} block`,
    memoryReference: toHex(block.address),
    watch: watchOf(block),
  };
}

/** A heap: what it keeps its free blocks in, its counters as one node, then its blocks in address order. */
export function showHeap(state: MachineState, heap: HeapContract, format: ValueFormat): ShownValue {
  const stats = heap.stats();
  return {
    name: heap.options.name,
    value:
      `${heap.options.policy}, ${format.number(stats.currentUsed)} of ${format.bytes(stats.heapBytes)} in use, ` +
      `${format.number(stats.usedBlocks)} used and ${format.number(stats.freeBlocks)} free blocks`,
    type: "heap",
    evaluateName: heap.options.name,
    memoryReference: toHex(heap.base),
    children: {
      named: () => [showStructure(heap, format), showCounters(stats, trafficText(stats, format), format)],
      indexed: {
        count: stats.usedBlocks + stats.freeBlocks,
        page: (start, count) =>
          pageOf(heap.blocks(), start, count, (block, index) => showBlock(state, block, index, format)),
      },
    },
  };
}

function trafficText(
  { allocations, deallocations, peakUsed }: HeapStats | FixedSizeStats,
  format: ValueFormat,
): string {
  return `allocations ${format.number(allocations)}, deallocations ${format.number(deallocations)}, peakUsed ${format.number(peakUsed)}`;
}

/** The free blocks of one heap in list order. */
export function freeListOf(state: MachineState, heap: HeapContract, format: ValueFormat): Children {
  return {
    indexed: {
      count: heap.stats().freeBlocks,
      page: (start, count) =>
        pageOf(heap.freeList(), start, count, (block, index) => showBlock(state, block, index, format)),
    },
  };
}

function showPoolBlock(state: MachineState, block: PoolBlock, format: ValueFormat): ShownValue {
  return {
    name: `[${block.index}]`,
    value: `${toHex(block.address)} ${block.state} ${format.bytes(block.size)}${ownerText(state, block.owner)}`,
    type: `${block.state} block`,
    memoryReference: toHex(block.address),
    watch: watchOf(block),
  };
}

/** A pool: its counters as one node, then its blocks by index. */
export function showPool(state: MachineState, pool: FixedSizeReader, format: ValueFormat): ShownValue {
  if (pool.kind === "slab") return showSlabCache(state, pool, format);
  const stats = pool.stats();
  return {
    ...poolHeading(pool, format),
    children: {
      named: () => [showCounters(stats, trafficText(stats, format), format)],
      indexed: {
        count: stats.usedBlocks + stats.freeBlocks,
        page: (start, length) => pageOf(pool.blocks(), start, length, (block) => showPoolBlock(state, block, format)),
      },
    },
  };
}

function poolHeading(pool: FixedSizeReader, format: ValueFormat): ShownValue {
  const { blockSize, usedBlocks, freeBlocks } = pool.stats();
  const noun = pool.kind === "slab" ? "objects" : "blocks";
  return {
    name: pool.options.name,
    value: `${format.number(usedBlocks)} of ${format.number(usedBlocks + freeBlocks)} ${noun} of ${format.bytes(blockSize)} in use`,
    type: pool.kind,
    evaluateName: pool.options.name,
    memoryReference: toHex(pool.base),
  };
}

/** A slab cache: its counters as one node, then its slabs in address order with their objects. */
function showSlabCache(state: MachineState, cache: SlabCacheReader, format: ValueFormat): ShownValue {
  const stats = cache.stats();
  return {
    ...poolHeading(cache, format),
    children: {
      named: () => [showCounters(stats, trafficText(stats, format), format)],
      indexed: {
        count: stats.slabs,
        page: (start, count) => pageOf(cache.slabs(), start, count, (slab) => showSlab(state, cache, slab, format)),
      },
    },
  };
}

function showSlab(state: MachineState, cache: SlabCacheReader, slab: Slab, format: ValueFormat): ShownValue {
  const { objectsPerSlab } = cache.stats();
  return {
    name: `slab ${slab.index}`,
    value: `${toHex(slab.address)} ${slab.state}, ${format.number(slab.used)} of ${format.number(objectsPerSlab)} used, colour ${format.number(slab.colour)}`,
    type: "slab",
    memoryReference: toHex(slab.address),
    children: {
      indexed: {
        count: objectsPerSlab,
        page: (start, count) =>
          pageOf(cache.blocks(slab.address), start, count, (block) => showPoolBlock(state, block, format)),
      },
    },
  };
}
