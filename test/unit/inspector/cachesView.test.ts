import assert from "node:assert/strict";
import { cacheLineBudget, cachesView } from "../../../src/inspector/cachesView";
import { runScript } from "../machine/runScript";

const viewOf = (...lines: string[]) => cachesView(runScript(lines.join("\n")).machine.state);

describe("The view of caches", () => {
  it("is null without caches", () => {
    assert.equal(viewOf("access 0"), null);
  });

  it("has geometry, counters and lines of each level, and what references cost", () => {
    const view = viewOf(
      "cache L1 64B ways=2 line=16 latency=1",
      "cache L2 256B ways=4 line=16 latency=10 write=through allocate=off",
      "latency memory=100",
      "access 0x0 w",
      "access 0x20",
      "access 0x40",
      "access 0x10",
      "access 0x4c",
    );
    assert.ok(view);
    const [first, second] = view.levels;
    const { name, size, sets, ways, line, policy, write, latency } = first;
    assert.deepEqual(
      { name, size, sets, ways, line, policy, write, latency },
      { name: "L1", size: 64, sets: 2, ways: 2, line: 16, policy: "lru", write: "back", latency: 1 },
    );
    // 0x0, 0x20 and 0x40 share set 0 of two ways: the dirty line 0x0 leaves.
    assert.deepEqual(first.lines, [
      { set: 0, way: 0, address: "0x40", dirty: false },
      { set: 0, way: 1, address: "0x20", dirty: false },
      { set: 1, way: 0, address: "0x10", dirty: false },
    ]);
    const { accesses, hits, misses, compulsory, capacity, conflict, evictions, writebacks } = first;
    assert.deepEqual(
      { accesses, hits, misses, compulsory, capacity, conflict, evictions, writebacks },
      { accesses: 5, hits: 1, misses: 4, compulsory: 4, capacity: 0, conflict: 0, evictions: 1, writebacks: 1 },
    );
    assert.equal(second.write, "through");
    assert.equal(second.accesses, 4);
    // Five look-ups in L1, four in L2 and four in memory.
    assert.equal(view.totals.cycles, 5 * 1 + 4 * 10 + 4 * 100);
    assert.equal(view.latencies.memory, 100);
    assert.equal(view.totals.amat, 445 / 5);
    assert.equal(view.totals.effectiveAccessTime, 445 / 5);
  });

  it("tells of dirty lines", () => {
    const lines = viewOf("cache L1 64B ways=2 line=16", "access 0x10 w", "access 0x30")?.levels[0].lines;
    assert.deepEqual(lines, [
      { set: 1, way: 0, address: "0x10", dirty: true },
      { set: 1, way: 1, address: "0x30", dirty: false },
    ]);
  });

  it("lists the first lines of a large cache and says how many are not shown", () => {
    const view = viewOf("cache L1 64KiB ways=1 line=16", "repeat 300 as i", "  access i * 16", "end");
    assert.ok(view);
    const [{ lines, hiddenLines }] = view.levels;
    assert.equal(lines.length, cacheLineBudget);
    assert.equal(hiddenLines, 300 - cacheLineBudget);
  });

  it("tells what the last step met: kinds of misses, lines that made room, copies that followed, writes that stay out", () => {
    const view = viewOf(
      "cache L1 32B ways=2 line=16 allocate=off",
      "cache L2 32B ways=1 line=16 inclusive=on",
      "access 0x0 w",
      "access 0x0",
      "access 0x0 w",
      "access 0x20",
    );
    assert.deepEqual(view?.looks, [
      { cache: "L1", result: "compulsory", write: false, set: 0, lines: ["0x20"], isThere: true },
      { cache: "L2", result: "compulsory", write: false, set: 0, lines: ["0x20"], isThere: true },
    ]);
    assert.deepEqual(view.leaves, [
      { cache: "L1", address: "0x0", why: "inclusion", writtenTo: { kind: "nowhere" } },
      { cache: "L2", address: "0x0", why: "room", writtenTo: { kind: "memory" } },
    ]);
    const [mark] = view.levels[1].marks;
    assert.deepEqual([mark.set, mark.way, mark.result, mark.neighbours.length], [0, 0, "compulsory", 1]);
    const write = viewOf("cache L1 32B ways=2 line=16 allocate=off", "access 0x0 w");
    assert.deepEqual(
      write?.looks.map(({ isThere, write: isWrite }) => [isThere, isWrite]),
      [[false, true]],
    );
    assert.deepEqual(write.levels[0].marks[0].way, null);
    assert.deepEqual(viewOf("cache L1 32B ways=2 line=16", "access 0x0", "stats")?.looks, []);
  });

  it("keeps the first look-ups of a long step and its last one", () => {
    const view = viewOf("vm frames=4", "map 0 -> 0", "cache L1 4KiB ways=4 line=16", "load 0x0 2048");
    assert.deepEqual([view?.looks.length, view?.hiddenLooks, view?.looks.at(-1)?.lines], [64, 64, ["0x7f0"]]);
    assert.equal(view?.levels[0].marks.at(-1)?.address, "0x7f0");
  });

  it("counts the lines of a large cache in cells, none left out", () => {
    const view = viewOf("cache L1 64KiB ways=64 line=16", "repeat 300 as i", "  access i * 16 w", "end");
    const cells = view?.levels[0].cells;
    assert.deepEqual([cells?.setsPerCell, cells?.waysPerCell, cells?.valid.length], [2, 2, 1024]);
    assert.equal(
      cells?.valid.reduce((sum, count) => sum + count, 0),
      300,
    );
    assert.equal(
      cells.dirty.reduce((sum, count) => sum + count, 0),
      300,
    );
  });
});
