import assert from "node:assert/strict";
import { defaultHeapOptions } from "../../../../src/engine/heap/defaults";
import { Heap } from "../../../../src/engine/heap/Heap";
import { heapPolicies, type HeapOptions } from "../../../../src/engine/heap/options";

const base = 0x10000;
const heapOf = (size: number, partial: Partial<HeapOptions> = {}): Heap =>
  new Heap(defaultHeapOptions("main", base, size, partial));
const text = (heap: Heap): string =>
  [...heap.blocks()].map((b) => `${b.state === "used" ? "u" : "f"}${b.address - base}+${b.size}`).join(" ");

describe("Heap", () => {
  it("runs the founding scenario", () => {
    const heap = heapOf(1 << 20);
    const a = heap.allocate(100, 0);
    const b = heap.allocate(200, 1);
    assert.deepEqual([a - base, b - base], [32, 136 + 32]);
    assert.equal(text(heap), "u0+136 u136+232 f368+1048208");
    assert.equal(heap.stats().currentUsed, 300);
    assert.equal(heap.free(a), true);
    assert.equal(heap.free(b), true);
    assert.equal(text(heap), "f0+1048576");
    const { allocations, deallocations, totalFreed, peakUsed, currentUsed } = heap.stats();
    assert.deepEqual([allocations, deallocations, totalFreed, peakUsed, currentUsed], [2, 2, 300, 300, 0]);
  });

  it("writes headers, links and footers as bytes", () => {
    const heap = heapOf(1024, { footer: 8 });
    const a = heap.allocate(8, 0);
    const b = heap.allocate(8, 1);
    const fields = (address: number): number[] => [0, 8, 16, 24].map((at) => heap.bytes!.getInteger(address + at, 8));
    assert.deepEqual(fields(base), [48, 1, 0, 0]);
    assert.equal(heap.bytes!.getInteger(base + 40, 8), 48);
    heap.allocate(8, 2);
    heap.free(a);
    assert.deepEqual(fields(base), [48, 0, base + 144, 0]);
    assert.deepEqual(fields(base + 144), [880, 0, 0, base]);
    heap.free(b);
    assert.deepEqual(fields(base), [96, 0, base + 144, 0]);
    assert.equal(heap.bytes!.getInteger(base + 88, 8), 96);
  });

  it("keeps size and used bit in a 4-byte header", () => {
    const heap = heapOf(64, { header: 4, footer: 4, min: 16 });
    const a = heap.allocate(5, 0);
    assert.equal(a, base + 8);
    assert.equal(heap.bytes!.getInteger(base + 4, 4), 17);
    heap.free(a);
    assert.equal(heap.bytes!.getInteger(base + 4, 4), 60);
  });

  it("reports damaged headers, works on from the truth and keeps damage it does not touch", () => {
    const heap = heapOf(1024);
    const a = heap.allocate(8, 0);
    const b = heap.allocate(8, 1);
    heap.bytes!.fill(a, 48, 0x41);
    const damage = heap.headerDamage(a, b);
    assert.deepEqual(
      damage.map(({ block, field }) => [block.owner, field]),
      (["size", "flags", "next", "prev"] as const).map((field) => [1, field]),
    );
    assert.equal(damage[0].expected, 40);
    assert.equal(damage[0].found, heap.bytes!.getInteger(base + 40, 8));
    assert.equal(heap.free(a), true);
    assert.equal(heap.headerDamage(b - 32, b).length, 4);
    assert.equal(heap.free(b), true);
    assert.equal(text(heap), "f0+1024");
    assert.deepEqual(heap.headerDamage(base, base + 1024), []);
  });

  it("says precisely why an address cannot be freed", () => {
    const heap = heapOf(1024);
    const a = heap.allocate(16, 0);
    const b = heap.allocate(16, 1);
    heap.free(b);
    const interior = (offset: number): object => ({ reason: "interior", payload: a, offset });
    for (const [address, expected] of [
      [a, { reason: "none" }],
      [b, { reason: "double-free" }],
      [a + 4, interior(4)],
      [a - 32, interior(-32)],
      [b + 1, { reason: "never-allocated" }],
      [base + 1023, { reason: "never-allocated" }],
      [base + 1024, { reason: "outside" }],
      [base - 1, { reason: "outside" }],
      [0, { reason: "outside" }],
      [NaN, { reason: "outside" }],
    ] as const) {
      assert.deepEqual(heap.whyNotFree(address), expected);
      if (address !== a) assert.equal(heap.free(address), false);
    }
    assert.equal(heap.allocate(16, 2), b);
    assert.deepEqual(heap.whyNotFree(b), { reason: "none" });
  });

  for (const [requested, align, failure] of [
    [0, 1, "invalid-size"],
    [-1, 1, "invalid-size"],
    [1.5, 1, "invalid-size"],
    [NaN, 1, "invalid-size"],
    [2 ** 53, 1, "invalid-size"],
    [2 ** 53 - 1, 1, "out-of-memory"],
    [225, 1, "out-of-memory"],
    [224, 1, "none"],
    [8, 3, "invalid-align"],
    [8, 0, "invalid-align"],
    [8, 2 ** 50, "out-of-memory"],
  ] as const) {
    it(`allocating ${requested} aligned to ${align} in 256 bytes gives ${failure}`, () => {
      const heap = heapOf(256);
      assert.equal(heap.allocate(requested, 0, align) >= 0, failure === "none");
      assert.equal(heap.lastFailure, failure);
      assert.deepEqual(heap.checkInvariants(), []);
    });
  }

  for (const [size, remainder] of [
    [72, "u0+72"],
    [79, "u0+79"],
    [80, "u0+40 f40+40"],
  ] as const) {
    it(`splits a block of ${size} bytes for 8 into ${remainder}`, () => {
      const heap = heapOf(size);
      heap.allocate(8, 0);
      assert.equal(text(heap), remainder);
    });
  }

  it("leaves an alignment gap as a block when it is large enough, else as padding", () => {
    const large = heapOf(1024);
    assert.equal(large.allocate(8, 0, 128), base + 128);
    assert.equal(text(large), "f0+96 u96+40 f136+888");
    const small = heapOf(1024);
    assert.equal(small.allocate(8, 0, 64), base + 64);
    assert.equal(text(small), "u0+72 f72+952");
  });

  it("reallocates in place where it can and moves the bytes where it cannot", () => {
    const heap = heapOf(1024);
    const a = heap.allocate(64, 0);
    heap.bytes!.fill(a, 64, 7);
    assert.equal(heap.reallocate(a, 128, 1), a);
    assert.equal(heap.bytes!.firstUndefined(a, 128), a + 64);
    const wall = heap.allocate(8, 2);
    assert.equal(heap.reallocate(a, 16, 3), a);
    assert.equal(text(heap), "u0+48 f48+112 u160+40 f200+824");
    const moved = heap.reallocate(a, 300, 4);
    assert.equal(moved, wall + 8 + 32);
    assert.deepEqual([...heap.bytes!.read(moved, 16)], Array<number>(16).fill(7));
    assert.equal(heap.bytes!.firstUndefined(moved, 300), moved + 16);
    assert.equal(heap.blockAt(moved)!.owner, 4);
    assert.equal(heap.reallocate(moved, 5000, 5), -1);
    assert.equal(heap.lastFailure, "out-of-memory");
    assert.equal(heap.reallocate(a, 8, 5), -1);
    const { allocations, totalAllocated, totalFreed, currentUsed, peakUsed } = heap.stats();
    assert.deepEqual(
      [allocations, totalAllocated, totalFreed, currentUsed, peakUsed],
      [2, 64 + 64 + 8 + 284, 112, 308, 308],
    );
  });

  it("grows by multiples of the step, into a free tail, up to the maximum", () => {
    const heap = heapOf(0, { grow: 256, max: 700 });
    assert.equal(heap.allocate(300, 0), base + 32);
    assert.equal(heap.end, base + 512);
    assert.equal(heap.allocate(200, 1) >= 0, true);
    assert.equal(heap.end, base + 700);
    assert.equal(heap.allocate(200, 2), -1);
    assert.deepEqual(heap.checkInvariants(), []);
  });

  it("extends for its last block, which stays where it is, up to the maximum", () => {
    for (const policy of heapPolicies) {
      const heap = heapOf(128, { policy, header: 8, min: 16, grow: 64, max: 1024 });
      const a = heap.allocate(8, 0);
      const b = heap.allocate(8, 1);
      heap.free(a);
      assert.deepEqual([heap.reallocate(b, 200, 2) === b, policy], [policy !== "buddy", policy]);
      const c = heap.allocate(8, 3);
      if (policy !== "buddy") assert.equal(heap.reallocate(b, 400, 4) === b, c < b, policy);
      assert.equal(heap.reallocate(b, 2000, 5), -1);
      assert.deepEqual(heap.checkInvariants(), []);
    }
  });

  it("a lone block of buddies doubles with the heap", () => {
    const heap = heapOf(64, { policy: "buddy", header: 8, min: 16, grow: 64, max: 1024 });
    const a = heap.allocate(40, 0);
    assert.equal(heap.reallocate(a, 200, 1), a);
    assert.equal(text(heap), "u0+256");
  });

  it("defragments: slides blocks and bytes down, keeps alignments, reports every move", () => {
    const heap = heapOf(2048);
    const a = heap.allocate(8, 0);
    const b = heap.allocate(8, 1);
    const c = heap.allocate(8, 2, 256);
    heap.bytes!.write(b, new Uint8Array([1, 2, 3]));
    heap.bytes!.write(c, new Uint8Array([4, 5, 6]));
    heap.free(a);
    const moves = heap.defragment().map(({ owner, from, to }) => [owner, from, to]);
    assert.deepEqual(moves, [[1, b, a]]);
    assert.equal(text(heap), "u0+40 u40+224 f264+1784");
    assert.deepEqual([...heap.bytes!.read(a, 3)], [1, 2, 3]);
    assert.deepEqual([...heap.bytes!.read(c, 3)], [4, 5, 6]);
    assert.deepEqual(heap.checkInvariants(), []);
    assert.deepEqual(heap.headerDamage(base, base + 2048), []);
    assert.equal(heap.free(a) && heap.free(c), true);
    assert.equal(text(heap), "f0+2048");
  });

  it("tells its operations as events", () => {
    const heap = heapOf(256);
    const a = heap.allocate(8, 0);
    heap.free(a);
    const events = heap.log.toArray().map((event) => Object.values(event));
    assert.deepEqual(events, [
      ["search", 1, base, 40],
      ["split", base, 40, base + 40, 216],
      ["allocate", base, 40, a, 8],
      ["free", base, 40, a, 8],
      ["coalesce", base, 256, base + 40, 216],
    ]);
  });

  it("restores bytes, blocks, list and counts from a snapshot, more than once", () => {
    const heap = heapOf(1024, { order: "lifo", policy: "best-fit", coalesce: "never" });
    const payloads = [8, 16, 24, 32].map((size, owner) => heap.allocate(size, owner));
    heap.free(payloads[1]);
    heap.bytes!.set(payloads[0], 9);
    const picture = (): unknown => [
      [...heap.blocks()],
      [...heap.freeList()],
      heap.stats(),
      Buffer.from(heap.bytes!.read(base, 1024)).toString("hex"),
      heap.whyNotFree(payloads[1]),
    ];
    const saved = heap.snapshot();
    const before = picture();
    for (let round = 0; round < 3; round++) {
      heap.free(payloads[round]);
      heap.defragment();
      heap.allocate(100 + round, 9);
      heap.restore(saved);
      assert.deepEqual(picture(), before);
      assert.deepEqual(heap.checkInvariants(), []);
    }
  });

  it("keeps no bytes when told so", () => {
    const heap = heapOf(1024, { bytes: false });
    const a = heap.allocate(10, 0);
    assert.equal(heap.bytes, null);
    assert.equal(heap.reallocate(a, 20, 0), a);
    assert.deepEqual(heap.headerDamage(base, base + 1024), []);
    assert.deepEqual(heap.checkInvariants(), []);
  });
});
