import { toHex } from "../engine/address";
import type { HeapBlock } from "../engine/heap/blocks";
import type { HeapBlocks } from "../engine/heap/contract";
import type { HeapReader } from "../engine/heap/HeapReader";
import type { Allocation } from "../machine/state/allocation";
import { markOf, mayBeMarked, type ChangeMarks } from "./changes";
import type { BlockSegment, HeapSegment } from "./model";

/** A part of a heap to show in full detail: half-open, in bytes from the heap's start. */
export interface DetailWindow {
  readonly from: number;
  readonly to: number;
}

export interface HeapViewInput {
  readonly heap: HeapReader;
  readonly marks: ChangeMarks;
  readonly allocation: (id: number) => Allocation | undefined;
  /** Whether the run has reported the allocation of this id as a leak. */
  readonly isLeaked: (id: number) => boolean;
  /** Most segments to send. Three of four go to the detail window when there is one. */
  readonly budget: number;
  readonly window: DetailWindow | undefined;
}

export interface HeapSegments {
  /** In address order, without gaps. */
  readonly segments: readonly HeapSegment[];
  /** One past the last byte of the last block that is not free, from the heap's start. */
  readonly interesting: number;
}

/**
 * The blocks of a heap. Beyond the budget neighbours that begin in the same slice of addresses become a group, but for those
 * that the step has marked. A block is looked at once and costs no memory: a heap may have hundreds of thousands of them.
 * `places` are those of free blocks in their list, from 1 on, by address.
 */
export function heapSegments(input: HeapViewInput, places: ReadonlyMap<number, number>): HeapSegments {
  const { heap, marks, budget, isLeaked } = input;
  const { base } = heap;
  const stats = heap.stats();
  const isEachAlone = stats.usedBlocks + stats.freeBlocks + stats.quarantinedBlocks <= budget;
  const sliceOf = slicesOf(input);
  const segments: HeapSegment[] = [];
  let interesting = 0;
  const blocks = heap.walkBlocks();
  for (let isThere = blocks.next(); isThere;) {
    const first = blocks.block();
    const offset = first.address - base;
    const slice = sliceOf(offset);
    const isAlone = isEachAlone || isMarked(marks, blocks);
    let count = 0;
    let size = 0;
    let usedBlocks = 0;
    let usedBytes = 0;
    let freeBlocks = 0;
    let freeBytes = 0;
    let quarantinedBlocks = 0;
    let largestFree = 0;
    let leakedBlocks = 0;
    do {
      const { state } = blocks;
      const own = blocks.size;
      count++;
      size += own;
      if (state === "used") {
        usedBlocks++;
        usedBytes += own;
        if (isLeaked(blocks.owner)) leakedBlocks++;
      } else if (state === "quarantined") quarantinedBlocks++;
      else {
        freeBlocks++;
        freeBytes += own;
        if (own > largestFree) largestFree = own;
      }
      if (state !== "free") interesting = offset + size;
      isThere = blocks.next();
    } while (isThere && !isAlone && sliceOf(blocks.address - base) === slice && !isMarked(marks, blocks));
    if (count === 1) {
      segments.push(blockSegment(first, input, places));
      continue;
    }
    segments.push({
      kind: "group",
      address: toHex(first.address),
      offset,
      size,
      usedBlocks,
      usedBytes,
      freeBlocks,
      freeBytes,
      quarantinedBlocks,
      largestFree,
      leakedBlocks,
    });
  }
  return { segments, interesting };
}

/** The number of the slice of addresses at an offset, of which there are as many as the budget allows. */
function slicesOf({ heap, budget, window }: HeapViewInput): (offset: number) => number {
  const bytes = heap.end - heap.base;
  if (window === undefined) {
    const slice = bytes / budget;
    return (offset) => Math.floor(offset / slice);
  }
  const { from, to } = window;
  const coarse = bytes / (budget / 4);
  const fine = (to - from) / (budget * 0.75);
  // Negative numbers keep the slices of the window apart from the coarse ones.
  return (offset) =>
    offset >= from && offset < to ? -2 - Math.floor((offset - from) / fine) : Math.floor(offset / coarse);
}

function isMarked(marks: ChangeMarks, blocks: HeapBlocks): boolean {
  if (!mayBeMarked(marks, blocks.address, blocks.size)) return false;
  const { address, payload, size } = blocks.block();
  return markOf(marks, address, payload, size) !== null;
}

function blockSegment(
  block: HeapBlock,
  { heap, marks, allocation, isLeaked }: HeapViewInput,
  places: ReadonlyMap<number, number>,
): BlockSegment {
  const maker = block.state !== "free" ? allocation(block.owner) : undefined;
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
    handle: maker?.handle ?? null,
    line: maker?.line ?? null,
    leaked: maker !== undefined && isLeaked(maker.id),
    listPlace: places.get(block.address) ?? null,
    changed: markOf(marks, block.address, block.payload, block.size),
  };
}

/** Red zones reach from the header to the payload and from the last byte asked for to the footer. */
function zonesOf({ options }: HeapReader, block: HeapBlock): BlockSegment["zones"] {
  if (options.redzone === 0 || block.state === "free") return null;
  const end = block.address + block.size - options.footer;
  return {
    before: block.payload - block.address - options.header,
    after: end - block.payload - block.requested,
  };
}
