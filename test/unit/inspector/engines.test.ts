import assert from "node:assert/strict";
import { EventLog } from "../../../src/engine/events";
import { plainSlab } from "../../../src/engine/slab/geometry";
import { SlabCache } from "../../../src/engine/slab/SlabCache";
import { plainPool } from "../../../src/engine/pool/geometry";
import { Pool } from "../../../src/engine/pool/Pool";
import { virtualMemoryOptions } from "../../../src/engine/vm/defaults";
import { VirtualMemory } from "../../../src/engine/vm/VirtualMemory";
import { changeMarks, viewedPages } from "../../../src/inspector/changes";
import { pagesView } from "../../../src/inspector/pagesView";
import { poolView } from "../../../src/inspector/poolView";
import type { StepRecord } from "../../../src/machine/records/records";

/** Marks of one operation, from the events that the engine really logged for it. */
function marksOf(log: EventLog, op: string, operation: () => unknown, vm: VirtualMemory | null = null) {
  log.clear();
  operation();
  const record: StepRecord = {
    step: 1,
    line: 0,
    text: "",
    op,
    ok: true,
    value: null,
    events: log.toArray(),
    problems: [],
    story: "",
    refusal: null,
  };
  return changeMarks(record, viewedPages(vm));
}

describe("Views of the real engines", () => {
  it("show a slab cache slab by slab, with states, colours and the order of handing out", () => {
    const log = new EventLog();
    const cache = new SlabCache(plainSlab("s", 0x10000, 1000, { colour: 32, max: 100 }), log);
    const objects = Array.from({ length: 9 }, (_, owner) => cache.allocate(owner));
    cache.free(objects[8]);
    const freed = marksOf(log, "free", () => cache.free(objects[1]));
    const view = poolView(cache, freed, () => undefined);
    assert.deepEqual(
      view.slabs.map(({ state, used, colour, cells }) => [state, used, colour, cells]),
      [
        ["partial", 3, 0, 4],
        ["full", 4, 32, 4],
        ["empty", 0, 64, 4],
      ],
    );
    assert.deepEqual(
      view.cells.map(({ listPlace }) => listPlace),
      [null, 1, null, null, null, null, null, null, 2, 3, 4, 5],
    );
    assert.equal(view.cells[1].changed, "freed");
    assert.equal(view.order, null);
    assert.equal(view.hiddenSlabs, 0);
  });

  it("tell the number of slabs that are too many to draw", () => {
    const cache = new SlabCache(plainSlab("s", 0x10000, 2048, { max: 1000 }), new EventLog());
    for (let owner = 0; owner < 300; owner++) cache.allocate(owner);
    const view = poolView(cache, changeMarks(undefined), () => undefined);
    assert.equal(view.slabs.length + view.hiddenSlabs, cache.stats().slabs);
    assert.equal(view.slabs.length, 64);
    assert.equal(view.cells.length, 128);
  });

  it("follow a pool's allocations and frees, with the order of its free list", () => {
    const log = new EventLog();
    const pool = new Pool(plainPool("p", 0x10000, 64, 5), log);
    for (let owner = 0; owner < 3; owner++) pool.allocate(owner);
    const freed = marksOf(log, "free", () => pool.free(0x10040));
    const view = poolView(pool, freed, () => undefined);
    assert.deepEqual(
      view.cells.map((cell) => [cell.address, cell.used, cell.listPlace, cell.changed]),
      [
        ["0x10000", 1, null, null],
        ["0x10040", 0, 1, "freed"],
        ["0x10080", 1, null, null],
        ["0x100c0", 0, 2, null],
        ["0x10100", 0, 3, null],
      ],
    );
    const taken = marksOf(log, "alloc", () => pool.allocate(9));
    assert.equal(poolView(pool, taken, () => undefined).cells[1].changed, "allocated");
  });

  it("follow a page table's maps, translations and bits", () => {
    const log = new EventLog();
    const vm = new VirtualMemory(virtualMemoryOptions({ frames: 100 }), log);
    const memory = { vm, caches: null, regionAt: () => undefined, allocation: () => undefined };
    vm.map(0, 3, 10);
    const mapped = marksOf(log, "map", () => vm.map(1, 1, 20), vm);
    assert.deepEqual(
      pagesView(memory, mapped)!.rows.map((row) => [row.vpn, row.pfn, row.permissions, row.physical, row.changed]),
      [
        [0, 10, "rw--", "0xa000", null],
        [1, 20, "r---", "0x14000", "mapped"],
      ],
    );
    const stored = marksOf(log, "store", () => vm.access(8, "write"), vm);
    const [first] = pagesView(memory, stored)!.rows;
    assert.deepEqual([first.accessed, first.dirty, first.changed], [true, true, "translated"]);
    const unmapped = marksOf(log, "unmap", () => vm.unmap(1), vm);
    const view = pagesView(memory, unmapped)!;
    assert.equal(view.mapped, 1);
    assert.deepEqual(
      view.cells.flatMap((cell) => (cell.changed ? [cell.first] : [])),
      [20],
    );
  });
});
