import assert from "node:assert/strict";
import fc from "fast-check";
import type { BlockSegment } from "../../../src/inspector/model";
import { SeriesRecorder } from "../../../src/inspector/series";
import { buildSnapshot, type SnapshotInput } from "../../../src/inspector/snapshot";
import { event, layHistory, leakAt, type LaidMemory } from "./laidMemory";

const shoot = (memory: LaidMemory, more: Partial<SnapshotInput> = {}) =>
  buildSnapshot({ history: layHistory(memory), title: "test", series: new SeriesRecorder(), ...more });

const heap = {
  name: "main",
  base: 0x10000,
  header: 32,
  blocks: [
    { size: 136, handle: "a", requested: 100, line: 1 },
    { size: 64, handle: null },
    { size: 96, handle: "b", line: 3 },
    { size: 200, handle: null },
    { size: 40, handle: "c", line: 7 },
    { size: 512, handle: null },
  ],
  listOrder: [3, 1, 5],
};

describe("The snapshot of a heap", () => {
  it("has every block in address order with header, payload and owner", () => {
    const [view] = shoot({ heaps: [heap] }).heaps;
    const blocks = view.segments as BlockSegment[];
    assert.deepEqual(
      blocks.map((block) => [block.address, block.offset, block.size, block.state, block.handle, block.line]),
      [
        ["0x10000", 0, 136, "used", "a", 1],
        ["0x10088", 136, 64, "free", null, null],
        ["0x100c8", 200, 96, "used", "b", 3],
        ["0x10128", 296, 200, "free", null, null],
        ["0x101f0", 496, 40, "used", "c", 7],
        ["0x10218", 536, 512, "free", null, null],
      ],
    );
    assert.equal(blocks[0].payload, "0x10020");
    assert.equal(blocks[0].header, 32);
    assert.equal(blocks[0].requested, 100);
    assert.equal(view.interesting, 536);
  });

  it("keeps the free list in list order, not in address order", () => {
    const [view] = shoot({ heaps: [heap] }).heaps;
    assert.deepEqual(
      view.freeList.map((entry) => entry.address),
      ["0x10128", "0x10088", "0x10218"],
    );
    const places = view.segments.map((segment) => (segment as BlockSegment).listPlace);
    assert.deepEqual(places, [null, 2, null, 1, null, 3]);
  });

  for (const [name, events, changed] of [
    [
      "allocation with a split",
      [event("split", 0x100c8, 96, 0x10128, 200), event("allocate", 0x100c8, 96, 0x100e8, 64)],
      [null, null, "allocated", "split", null, null],
    ],
    [
      "free that merges",
      [event("free", 0x10088, 64), event("coalesce", 0x10088, 64, 0x100a8, 32)],
      [null, "merged", null, null, null, null],
    ],
    ["write into a payload", [event("write", 0x10030, 4)], ["written", null, null, null, null, null]],
    ["write over a border", [event("write", 0x10080, 16)], ["written", "written", null, null, null, null]],
    ["move", [event("move", 0x10500, 0x100e8, 64)], [null, null, "moved", null, null, null]],
  ] as const) {
    it(`marks what the last step changed: ${name}`, () => {
      const [view] = shoot({ heaps: [heap], record: { events } }).heaps;
      assert.deepEqual(
        view.segments.map((segment) => (segment as BlockSegment).changed),
        changed,
      );
    });
  }

  it("does not take physical addresses of a page table for addresses of the heap", () => {
    const [view] = shoot({ heaps: [heap], record: { op: "store", events: [event("write", 0x10030, 4)] } }).heaps;
    assert.ok(view.segments.every((segment) => (segment as BlockSegment).changed === null));
  });

  it("shows as leaked exactly the blocks that were reported by then", () => {
    const problems = [leakAt(1, 4, 0), leakAt(3, 5, 1)];
    const leaked = (memory: LaidMemory) =>
      shoot(memory).heaps[0].segments.flatMap((segment) =>
        segment.kind === "block" && segment.leaked ? [segment.handle] : [],
      );
    assert.deepEqual(leaked({ heaps: [heap], problems: problems.slice(0, 1) }), ["a"]);
    assert.deepEqual(leaked({ heaps: [heap], problems }), ["a", "b"]);
  });

  it("stays within its budget, loses no byte and hides no changed block", () => {
    const laid = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5000 }), used: fc.boolean() }), {
      minLength: 30,
      maxLength: 400,
    });
    fc.assert(
      fc.property(laid, fc.nat(), fc.boolean(), (blocks, pick, windowed) => {
        const many = {
          ...heap,
          header: 0,
          blocks: blocks.map(({ size, used }) => ({ size, handle: used ? "h" : null })),
          listOrder: [],
        };
        const sizes = blocks.map((block) => block.size);
        const chosen = pick % blocks.length;
        const address = heap.base + sizes.slice(0, chosen).reduce((left, right) => left + right, 0);
        const total = sizes.reduce((left, right) => left + right, 0);
        const window = { from: Math.floor(total / 3), to: Math.floor(total / 2) + 1 };
        const [view] = shoot(
          { heaps: [many], record: { events: [event("free", address, sizes[chosen])] } },
          { segmentBudget: 20, ...(windowed ? { windows: new Map([["main", window]]) } : {}) },
        ).heaps;
        let expected = 0;
        let counted = 0;
        for (const segment of view.segments) {
          assert.equal(segment.offset, expected);
          expected += segment.size;
          counted += segment.kind === "block" ? 1 : segment.usedBlocks + segment.freeBlocks;
        }
        assert.equal(expected, total);
        assert.equal(counted, blocks.length);
        assert.ok(view.segments.length <= 20 + 6, `${view.segments.length} segments`);
        const marked = view.segments.filter((segment) => segment.kind === "block" && segment.changed === "freed");
        assert.deepEqual(
          marked.map((segment) => segment.offset),
          [address - heap.base],
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("The snapshot of pages and pools", () => {
  const entries = [
    { vpn: 0, pfn: 10, flags: 1 | 2 | 16 },
    { vpn: 1, pfn: 20, flags: 1 | 4 | 8 | 16 | 32 },
  ];
  it("shows entries with their bits and the frames they take", () => {
    const pages = shoot({
      pages: { pageSize: 4096, frames: 100, pages: 1024, entries },
      record: { events: [event("map", 1, 20)] },
    }).pages!;
    assert.deepEqual(pages.rows, [
      {
        vpn: 0,
        pfn: 10,
        permissions: "rw--",
        accessed: true,
        dirty: false,
        evicted: false,
        copyOnWrite: false,
        shared: false,
        global: false,
        span: 1,
        word: "0x8000000a",
        virtual: "0x0",
        physical: "0xa000",
        slot: null,
        changed: null,
      },
      {
        vpn: 1,
        pfn: 20,
        permissions: "r-xu",
        accessed: true,
        dirty: true,
        evicted: false,
        copyOnWrite: false,
        shared: false,
        global: false,
        span: 1,
        word: "0x80000014",
        virtual: "0x1000",
        physical: "0x14000",
        slot: null,
        changed: "mapped",
      },
    ]);
    assert.deepEqual(
      pages.cells.flatMap((cell) => (cell.used > 0 ? [cell.first] : [])),
      [10, 20],
    );
    assert.deepEqual(
      pages.cells.flatMap((cell) => (cell.changed ? [cell.first] : [])),
      [20],
    );
  });

  it("folds a million frames into cells that account for each", () => {
    const pages = shoot({ pages: { pageSize: 4096, frames: 1_000_000, pages: 2 ** 20, entries } }).pages!;
    assert.ok(pages.cells.length <= 512);
    assert.equal(
      pages.cells.reduce((sum, cell) => sum + cell.count, 0),
      1_000_000,
    );
    assert.equal(
      pages.cells.reduce((sum, cell) => sum + cell.used, 0),
      2,
    );
  });

  it("sends a window of many rows", () => {
    const many = Array.from({ length: 1000 }, (_, vpn) => ({ vpn, pfn: vpn, flags: 1 }));
    const memory = { pages: { pageSize: 4096, frames: 1000, pages: 1024, entries: many } };
    assert.deepEqual(shoot(memory, { pages: { first: 900 } }).pages!.rows.map((row) => row.vpn)[0], 900);
    assert.equal(shoot(memory, { pages: { first: 5000 } }).pages!.first, 999);
    assert.equal(shoot(memory).pages!.rows.length, 256);
  });

  it("numbers the free blocks of a pool in list order", () => {
    const pool = {
      name: "p",
      base: 0x20000,
      blockSize: 64,
      handles: ["x", null, "y", null, null],
      listOrder: [3, 1, 4],
    };
    const [view] = shoot({ pools: [pool], record: { events: [event("pool-free", 0x200c0, 3)] } }).pools;
    assert.deepEqual(
      view.cells.map((cell) => [cell.used, cell.listPlace, cell.handle, cell.changed]),
      [
        [1, null, "x", null],
        [0, 2, null, null],
        [1, null, "y", null],
        [0, 1, null, "freed"],
        [0, 3, null, null],
      ],
    );
  });

  it("shares cells in a large pool", () => {
    const handles = Array.from({ length: 5000 }, (_, at) => (at % 3 === 0 ? "h" : null));
    const [view] = shoot({ pools: [{ name: "p", base: 0, blockSize: 8, handles, listOrder: [] }] }).pools;
    assert.ok(view.cells.length <= 1024);
    assert.equal(
      view.cells.reduce((sum, cell) => sum + cell.count, 0),
      5000,
    );
    assert.equal(
      view.cells.reduce((sum, cell) => sum + cell.used, 0),
      1667,
    );
  });
});

describe("The snapshot of a step", () => {
  it("survives JSON unchanged", () => {
    const snapshot = shoot({
      heaps: [heap],
      problems: [leakAt(1, 3)],
      record: { story: "A story.", problems: [leakAt(1, 3)] },
    });
    assert.deepEqual(JSON.parse(JSON.stringify(snapshot)), snapshot);
    assert.deepEqual(snapshot.step.problemSteps, [3]);
    assert.equal(snapshot.step.problems[0].title, "Memory leak");
  });

  it("knows the total at the end of the run, or when somebody counted", () => {
    assert.equal(shoot({ position: 4 }).step.total, null);
    assert.equal(shoot({ position: 4, finished: true }).step.total, 4);
    assert.equal(shoot({ position: 4 }, { total: 9 }).step.total, 9);
  });
});
