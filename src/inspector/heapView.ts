import { toHex } from "../engine/address";
import type { HeapBlock, HeapContract } from "../engine/heap/contract";
import type { Allocation } from "../machine/contract";
import { markOf, type ChangeMarks } from "./changes";
import { structureView } from "./structureView";
import type { BlockSegment, FreeEntry, HeapView, Segment } from "./model";

/** A part of a heap to show in full detail: half-open, in bytes from the heap's start. */
export interface DetailWindow {
  readonly from: number;
  readonly to: number;
}

export interface HeapViewInput {
  readonly heap: HeapContract;
  readonly marks: ChangeMarks;
  readonly allocation: (id: number) => Allocation | undefined;
  /** Whether the run has reported the allocation of this id as a leak. */
  readonly isLeaked: (id: number) => boolean;
  /** Most segments to send. Three of four go to the detail window when there is one. */
  readonly budget: number;
  readonly window: DetailWindow | undefined;
}

/** Free-list links sent at most; more arrows than this say nothing anyway. */
const linkBudget = 1000;

/** What a group tells of its blocks, before there is one. */
const noSums = {
  size: 0,
  usedBlocks: 0,
  usedBytes: 0,
  freeBlocks: 0,
  freeBytes: 0,
  quarantinedBlocks: 0,
  largestFree: 0,
  leakedBlocks: 0,
};

/** One pass over the blocks; beyond the budget neighbours that begin in the same slice of addresses become a group. */
export function heapView(input: HeapViewInput): HeapView {
  const { heap } = input;
  const { base, end, options } = heap;
  const stats = heap.stats();
  const freeList: FreeEntry[] = [];
  const places = new Map<number, number>();
  for (const block of heap.freeList()) {
    if (freeList.length === linkBudget) break;
    freeList.push({ address: toHex(block.address), offset: block.address - base, size: block.size });
    places.set(block.address, freeList.length);
  }
  const grouper = new Grouper(input, stats.usedBlocks + stats.freeBlocks + stats.quarantinedBlocks, places);
  let interesting = 0;
  for (const block of heap.blocks()) {
    if (block.state !== "free") interesting = block.address + block.size - base;
    grouper.add(block);
  }
  return {
    name: options.name,
    base: toHex(base),
    end: toHex(end),
    size: end - base,
    policy: options.policy,
    order: options.order,
    coalesce: options.coalesce,
    header: options.header,
    hasRedZones: options.redzone > 0,
    hasQuarantine: options.quarantine > 0,
    stats: {
      usedBytes: stats.currentUsed,
      freeBytes: stats.freeBytes,
      usedBlocks: stats.usedBlocks,
      freeBlocks: stats.freeBlocks,
      quarantinedBytes: stats.quarantinedBytes,
      quarantinedBlocks: stats.quarantinedBlocks,
      largestFree: stats.largestFree,
      peakUsed: stats.peakUsed,
      externalFragmentation: stats.externalFragmentation,
      internalFragmentation: stats.internalFragmentation,
    },
    segments: grouper.finish(),
    freeList,
    // The dead blocks of an arena are free, but in no list.
    freeListTotal: freeList.length < linkBudget ? freeList.length : stats.freeBlocks,
    structure: structureView(heap.structure(), options.policy),
    interesting,
  };
}

/** Red zones reach from the header to the payload and from the last byte asked for to the footer. */
function zonesOf({ options }: HeapContract, block: HeapBlock): BlockSegment["zones"] {
  if (options.redzone === 0 || block.state === "free") return null;
  const end = block.address + block.size - options.footer;
  return {
    before: block.payload - block.address - options.header,
    after: end - block.payload - block.requested,
  };
}

/**
 * Collects blocks into segments. Marked blocks always stay visible on their own. A block is looked at once and costs no
 * memory: a heap may have hundreds of thousands of them.
 */
class Grouper {
  private readonly segments: Segment[] = [];
  /** The first block of the group that is being collected. */
  private first: HeapBlock | null = null;
  private sums = noSums;
  private slice = -1;
  private readonly all: boolean;
  /** Bytes of a slice outside and inside the detail window. */
  private readonly coarse: number;
  private readonly fine: number;

  constructor(
    private readonly input: HeapViewInput,
    total: number,
    private readonly places: ReadonlyMap<number, number>,
  ) {
    const { heap, budget, window } = input;
    this.all = total <= budget;
    this.coarse = (heap.end - heap.base) / (window === undefined ? budget : budget / 4);
    this.fine = window === undefined ? this.coarse : (window.to - window.from) / (budget * 0.75);
  }

  add(block: HeapBlock): void {
    const slice = this.all ? -1 : this.sliceOf(block.address - this.input.heap.base);
    const isAlone = this.all || this.standsAlone(block);
    if (isAlone || slice !== this.slice) this.flush();
    this.slice = slice;
    if (this.first === null) {
      this.first = block;
      this.sums = { ...noSums };
    }
    this.count(block);
    if (isAlone) this.flush();
  }

  finish(): Segment[] {
    this.flush();
    return this.segments;
  }

  private count(block: HeapBlock): void {
    const { sums } = this;
    sums.size += block.size;
    if (block.state === "used") {
      sums.usedBlocks++;
      sums.usedBytes += block.size;
      if (this.input.isLeaked(block.owner)) sums.leakedBlocks++;
    } else if (block.state === "quarantined") sums.quarantinedBlocks++;
    else {
      sums.freeBlocks++;
      sums.freeBytes += block.size;
      if (block.size > sums.largestFree) sums.largestFree = block.size;
    }
  }

  private sliceOf(offset: number): number {
    const { window } = this.input;
    if (window !== undefined && offset >= window.from && offset < window.to) {
      // Negative numbers keep the slices of the window apart from the coarse ones.
      return -2 - Math.floor((offset - window.from) / this.fine);
    }
    return Math.floor(offset / this.coarse);
  }

  private standsAlone(block: HeapBlock): boolean {
    return markOf(this.input.marks, block.address, block.payload, block.size) !== null;
  }

  private flush(): void {
    const { first, sums } = this;
    if (first === null) return;
    this.first = null;
    const blocks = sums.usedBlocks + sums.freeBlocks + sums.quarantinedBlocks;
    const offset = first.address - this.input.heap.base;
    this.segments.push(
      blocks === 1 ? this.block(first) : { kind: "group", address: toHex(first.address), offset, ...sums },
    );
  }

  private block(block: HeapBlock): BlockSegment {
    const { heap, marks } = this.input;
    const allocation = block.state !== "free" ? this.input.allocation(block.owner) : undefined;
    const zones = zonesOf(heap, block);
    return {
      kind: "block",
      address: toHex(block.address),
      payload: toHex(block.payload),
      offset: block.address - heap.base,
      size: block.size,
      header: zones === null ? block.payload - block.address : heap.options.header,
      footer: heap.options.footer,
      zones,
      requested: block.requested,
      state: block.state,
      handle: allocation?.handle ?? null,
      line: allocation?.line ?? null,
      leaked: allocation !== undefined && this.input.isLeaked(allocation.id),
      listPlace: this.places.get(block.address) ?? null,
      changed: markOf(marks, block.address, block.payload, block.size),
    };
  }
}
