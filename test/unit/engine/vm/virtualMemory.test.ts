import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { EventLog } from "../../../../src/engine/events";
import { pageFlags, type VirtualMemoryOptions } from "../../../../src/engine/vm/contract";
import { FrameBitmap } from "../../../../src/engine/vm/FrameBitmap";
import { virtualMemoryOptions } from "../../../../src/engine/vm/defaults";
import { VirtualMemory } from "../../../../src/engine/vm/VirtualMemory";

const { read, write, execute, user, accessed, dirty } = pageFlags;
const rw = read | write;

function makeMemory(options: Partial<VirtualMemoryOptions> = {}): VirtualMemory {
  return new VirtualMemory(virtualMemoryOptions({ frames: 100, ...options }), new EventLog());
}

describe("VirtualMemory", () => {
  it("translates as the founding scenario says", () => {
    const memory = makeMemory();
    assert.equal(memory.map(0, rw | user, 10).reason, "none");
    assert.equal(memory.map(1, rw | user, 20).reason, "none");
    assert.deepEqual(memory.translate(0), { reason: "none", physical: 40960, vpn: 0 });
    assert.deepEqual(memory.translate(4096), { reason: "none", physical: 81920, vpn: 1 });
    assert.deepEqual(memory.translate(4097), { reason: "none", physical: 81921, vpn: 1 });
    assert.deepEqual(memory.translate(8192), { reason: "page-fault", vpn: 2 });
    assert.equal(memory.stats().references, 0);
  });

  it("says why a page cannot be mapped, and changes nothing then", () => {
    const memory = makeMemory({ frames: 2, pages: 8 });
    memory.map(3, rw, 1);
    assert.deepEqual(memory.map(3, rw, 0), { reason: "already-mapped", pfn: 1 });
    assert.deepEqual(memory.map(4, rw, 1), { reason: "frame-in-use", vpn: 3 });
    for (const frame of [2, -1, 0.5, Number.NaN])
      assert.deepEqual(memory.map(4, rw, frame), { reason: "invalid-frame" });
    for (const page of [8, -1, 1.5, Number.NaN]) assert.deepEqual(memory.map(page, rw), { reason: "invalid-page" });
    assert.deepEqual(memory.map(4, rw), { reason: "none" });
    assert.equal(memory.entry(4)!.pfn, 0);
    assert.deepEqual(memory.map(5, rw), { reason: "out-of-frames" });
    assert.equal(memory.mappedPages, 2);
    assert.equal(memory.freeFrames, 0);
    assert.equal(memory.pageOfFrame(0), 4);
    assert.equal(memory.unmap(4), true);
    assert.equal(memory.unmap(4), false);
    assert.equal(memory.pageOfFrame(0), undefined);
    assert.deepEqual(memory.checkInvariants(), []);
  });

  it("sets accessed and dirty bits, checks permissions, and counts hits and faults", () => {
    const memory = makeMemory();
    memory.map(0, read | user);
    assert.equal(memory.access(5, "read").reason, "none");
    assert.equal(memory.entry(0)!.flags, read | user | accessed);
    assert.deepEqual(memory.access(5, "write"), { reason: "protection-fault", vpn: 0, flags: read | user | accessed });
    assert.deepEqual(memory.access(5, "execute").reason, "protection-fault");
    assert.equal(memory.protect(0, rw | execute), true);
    assert.equal(memory.access(5, "write").reason, "none");
    assert.equal(memory.access(5, "execute").reason, "none");
    assert.equal(memory.entry(0)!.flags, rw | execute | accessed | dirty);
    assert.deepEqual(memory.access(4096, "read"), { reason: "page-fault", vpn: 1 });
    assert.deepEqual(memory.access(2 ** 40, "read"), { reason: "invalid-page", vpn: 2 ** 28 });
    assert.equal(memory.protect(1, rw), false);
    const { references, hits, faults } = memory.stats();
    assert.deepEqual({ references, hits, faults }, { references: 7, hits: 3, faults: 4 });
  });

  it("counts a walk as a reference without touching any bit", () => {
    const memory = makeMemory();
    memory.map(0, 0);
    assert.equal(memory.reference(1).reason, "none");
    assert.equal(memory.reference(5000).reason, "page-fault");
    assert.equal(memory.entry(0)!.flags, 0);
    assert.equal(memory.stats().references, 2);
  });

  it("tells its events", () => {
    const memory = makeMemory();
    memory.map(7, rw, 3);
    memory.protect(7, read);
    memory.access(7 * 4096 + 1, "read");
    memory.unmap(7);
    assert.deepEqual(memory.log.toArray(), [
      { kind: "map", vpn: 7, pfn: 3, flags: rw, space: 0 },
      { kind: "protect", vpn: 7, flags: read, oldFlags: rw, space: 0 },
      { kind: "translate", va: 7 * 4096 + 1, pa: 3 * 4096 + 1 },
      { kind: "unmap", vpn: 7, pfn: 3, space: 0 },
    ]);
  });

  it("takes a sparse space of 2^40 pages and a million frames, each page at the lowest free frame", () => {
    const memory = makeMemory({ pages: 2 ** 40, frames: 2 ** 20 });
    const spread = 2 ** 40 / 2 ** 20;
    for (let page = 0; page < 2 ** 20; page++) {
      if (memory.map(page * spread, rw).reason !== "none") assert.fail(`page ${page} was refused`);
    }
    assert.deepEqual(memory.map(1, rw), { reason: "out-of-frames" });
    memory.unmap(777_777 * spread);
    memory.unmap(1000 * spread);
    memory.map(1, rw);
    assert.equal(memory.entry(1)!.pfn, 1000);
    memory.map(2, rw);
    assert.equal(memory.entry(2)!.pfn, 777_777);
    assert.equal(memory.entry((2 ** 20 - 1) * spread)!.pfn, 2 ** 20 - 1);
  });

  it("uses page sizes that are no powers of two", () => {
    const memory = makeMemory({ pageSize: 10, frames: 3, pages: 5 });
    memory.map(4, rw, 2);
    assert.deepEqual(memory.translate(47), { reason: "none", physical: 27, vpn: 4 });
    assert.equal(memory.virtualAddress(memory.entry(4)!.vpn, 7), 47);
  });

  const operation = fc.record({
    kind: fc.constantFrom("map", "mapTo", "unmap", "protect", "access", "snapshot", "restore", "store"),
    page: fc.nat(14),
    frame: fc.nat(9),
    flags: fc.nat(15),
    access: fc.constantFrom("read" as const, "write" as const, "execute" as const),
  });

  it("agrees with a naive table on random operations", () => {
    interface Model {
      table: Map<number, { pfn: number; flags: number }>;
      bytes: Map<number, number>;
      hits: number;
      faults: number;
    }
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.constantFrom(16, 10),
        fc.array(operation, { maxLength: 80 }),
        (frames, pageSize, steps) => {
          const pages = 12;
          const memory = makeMemory({ frames, pages, pageSize });
          let model: Model = { table: new Map(), bytes: new Map(), hits: 0, faults: 0 };
          let saved = { model: structuredClone(model), snapshot: memory.snapshot() };
          const holder = (pfn: number) => [...model.table].find(([, entry]) => entry.pfn === pfn)?.[0];
          for (const { kind, page, frame, flags, access } of steps) {
            const entry = model.table.get(page);
            if (kind === "map" || kind === "mapTo") {
              const all = Array.from({ length: frames }, (_, index) => index);
              const pfn = kind === "mapTo" ? frame : all.find((candidate) => holder(candidate) === undefined);
              let expected = "none";
              if (page >= pages) expected = "invalid-page";
              else if (entry !== undefined) expected = "already-mapped";
              else if (pfn === undefined) expected = "out-of-frames";
              else if (pfn >= frames) expected = "invalid-frame";
              else if (holder(pfn) !== undefined) expected = "frame-in-use";
              else model.table.set(page, { pfn, flags });
              assert.equal(memory.map(page, flags, kind === "mapTo" ? frame : undefined).reason, expected);
            } else if (kind === "unmap") {
              assert.equal(memory.unmap(page), model.table.delete(page));
            } else if (kind === "protect") {
              if (entry !== undefined) entry.flags = (entry.flags & ~15) | flags;
              assert.equal(memory.protect(page, flags), entry !== undefined);
            } else if (kind === "access") {
              const address = page * pageSize + frame;
              const outcome = memory.access(address, access);
              if (page >= pages || entry === undefined || (entry.flags & pageFlags[access]) === 0) {
                model.faults++;
                assert.notEqual(outcome.reason, "none");
              } else {
                model.hits++;
                entry.flags |= accessed | (access === "write" ? dirty : 0);
                assert.deepEqual(outcome, {
                  reason: "none",
                  physical: entry.pfn * pageSize + frame,
                  vpn: page,
                  faulted: false,
                  evicted: null,
                  evictedFrom: null,
                  tlbHit: null,
                  copied: false,
                });
              }
            } else if (kind === "store") {
              memory.physical.set(frame, flags);
              model.bytes.set(frame, flags);
            } else if (kind === "snapshot") {
              saved = { model: structuredClone(model), snapshot: memory.snapshot() };
            } else {
              model = structuredClone(saved.model);
              memory.restore(saved.snapshot);
            }
            assert.deepEqual(memory.checkInvariants(), []);
            const expected = [...model.table]
              .sort(([a], [b]) => a - b)
              .map(([vpn, rest]) => ({ vpn, slot: null, order: 0, evicted: false, ...rest }));
            assert.deepEqual([...memory.entries()], expected);
            const { hits, faults, references } = memory.stats();
            assert.deepEqual([hits, faults, references], [model.hits, model.faults, model.hits + model.faults]);
            for (const [address, byte] of model.bytes) assert.equal(memory.physical.get(address), byte);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("FrameBitmap", () => {
  for (const frames of [0, 1, 31, 32, 33, 1024, 1025, 40_000]) {
    it(`fills ${frames} frames from the lowest up, and finds one freed in the middle`, () => {
      const bitmap = new FrameBitmap(frames);
      for (let frame = 0; frame < frames; frame++) {
        assert.equal(bitmap.lowestFree(), frame);
        bitmap.add(frame);
      }
      assert.equal(bitmap.lowestFree(), -1);
      if (frames === 0) return;
      const middle = Math.floor(frames / 2);
      bitmap.delete(middle);
      assert.equal(bitmap.has(middle), false);
      assert.equal(bitmap.lowestFree(), middle);
      bitmap.clear();
      assert.equal(bitmap.lowestFree(), 0);
    });
  }
});
