import assert from "node:assert/strict";
import fc from "fast-check";
import type { HeapBlock } from "../../../src/engine/heap/blocks";
import { defaultHeapOptions } from "../../../src/engine/heap/defaults";
import { Heap } from "../../../src/engine/heap/Heap";
import { markOf, type ChangeMarks } from "../../../src/inspector/changes";
import { heapSegments, type DetailWindow, type HeapViewInput } from "../../../src/inspector/heapSegments";

const base = 0x10000;
const bytes = 8192;

/** Allocates, and frees the block before the last so many. */
const operation = fc.oneof(
  fc.record({ kind: fc.constant("allocate"), value: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant("free"), value: fc.nat(20) }),
);

function heapAfter(operations: readonly { readonly kind: string; readonly value: number }[], quarantine: number): Heap {
  const heap = new Heap(defaultHeapOptions("main", base, bytes, { redzone: 8, footer: 8, quarantine, min: 16 }));
  const payloads: number[] = [];
  for (const [owner, { kind, value }] of operations.entries()) {
    if (kind === "allocate") payloads.push(heap.allocate(value, owner));
    else heap.free(payloads.splice(-1 - value, 1)[0] ?? 0);
  }
  return heap;
}

const place = fc.integer({ min: 0, max: bytes });
const range = fc
  .tuple(place, place)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) + 1 }));

function marksAt(ranges: readonly DetailWindow[]): ChangeMarks {
  const touched = ranges.map(({ from, to }) => ({ from: base + from, to: base + to, kind: "written" as const }));
  const bounds = {
    from: Math.min(...touched.map(({ from }) => from)),
    to: Math.max(...touched.map(({ to }) => to)),
  };
  return { exact: new Map(), touched, bounds, pages: new Map(), frames: new Set() };
}

/** What a segment is to tell, from the list of its blocks. */
function summary(blocks: readonly HeapBlock[], isLeaked: (id: number) => boolean): object {
  const of = (state: HeapBlock["state"]): HeapBlock[] => blocks.filter((block) => block.state === state);
  const sum = (list: readonly HeapBlock[]): number => list.reduce((total, { size }) => total + size, 0);
  return {
    kind: "group",
    address: `0x${blocks[0].address.toString(16)}`,
    offset: blocks[0].address - base,
    size: sum(blocks),
    usedBlocks: of("used").length,
    usedBytes: sum(of("used")),
    freeBlocks: of("free").length,
    freeBytes: sum(of("free")),
    quarantinedBlocks: of("quarantined").length,
    largestFree: Math.max(0, ...of("free").map(({ size }) => size)),
    leakedBlocks: of("used").filter(({ owner }) => isLeaked(owner)).length,
  };
}

/** The blocks of each segment. */
function naiveSegments({ heap, marks, budget, window }: HeapViewInput): HeapBlock[][] {
  const blocks = [...heap.blocks()];
  if (blocks.length <= budget) return blocks.map((block) => [block]);
  const slice = (offset: number): string => {
    const size = heap.end - heap.base;
    if (window === undefined) return `all ${Math.floor(offset / (size / budget))}`;
    if (offset < window.from || offset >= window.to) return `coarse ${Math.floor(offset / (size / (budget / 4)))}`;
    return `fine ${Math.floor((offset - window.from) / ((window.to - window.from) / (budget * 0.75)))}`;
  };
  const isMarked = (block: HeapBlock): boolean => markOf(marks, block.address, block.payload, block.size) !== null;
  const segments: HeapBlock[][] = [];
  for (const block of blocks) {
    const last = segments.at(-1);
    const joins =
      last !== undefined &&
      !isMarked(block) &&
      !isMarked(last[0]) &&
      slice(last[0].address - base) === slice(block.address - base);
    if (joins) last.push(block);
    else segments.push([block]);
  }
  return segments;
}

describe("Segments of a heap", () => {
  it("are its blocks, grouped by slices of addresses beyond the budget", () => {
    const input = fc.record({
      operations: fc.array(operation, { maxLength: 80 }),
      quarantine: fc.constantFrom(0, 1024),
      budget: fc.integer({ min: 1, max: 40 }),
      window: fc.option(range, { nil: undefined }),
      marked: fc.array(range, { maxLength: 2 }),
      leaks: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(input, ({ operations, quarantine, budget, window, marked, leaks }) => {
        const heap = heapAfter(operations, quarantine);
        const isLeaked = (id: number): boolean => id % leaks === 0;
        const view = { heap, marks: marksAt(marked), allocation: () => undefined, isLeaked, budget, window };
        const { segments, interesting } = heapSegments(view, new Map());
        const naive = naiveSegments(view);
        assert.deepEqual(
          segments.map((segment) =>
            segment.kind === "group" ? segment : [segment.offset, segment.size, segment.state],
          ),
          naive.map((blocks) => {
            const [{ address, size, state }] = blocks;
            return blocks.length > 1 ? summary(blocks, isLeaked) : [address - base, size, state];
          }),
        );
        const last = [...heap.blocks()].filter(({ state }) => state !== "free").at(-1);
        assert.equal(interesting, last === undefined ? 0 : last.address + last.size - base);
      }),
      { numRuns: 300 },
    );
  });
});
