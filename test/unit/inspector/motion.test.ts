import assert from "node:assert/strict";
import fc from "fast-check";
import type { HeapView } from "../../../src/inspector/model";
import type { PagesView } from "../../../src/inspector/pagingModel";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { SeriesRecorder } from "../../../src/inspector/series";
import { buildSnapshot } from "../../../src/inspector/snapshot";
import { placeBetween, placedList } from "../../../webview/heap/tweenSegments";
import { transfers } from "../../../webview/pages/pageTransfers";
import { underWay } from "../../../webview/pages/movingPages";

function shotsOf(script: string, ...steps: readonly number[]): { heap: HeapView; pages: PagesView | null }[] {
  const history = new History(parse(script));
  return steps.map((step) => {
    history.seek(step);
    const { heaps, pages } = buildSnapshot({ history, title: "", series: new SeriesRecorder() });
    return { heap: heaps[0], pages };
  });
}

/** The heaps before and after the last step of a script in a heap of 1000 bytes without headers. */
function heapsOf(...lines: readonly string[]): [HeapView, HeapView] {
  const script = ["heap 1000 header=0 align=1 min=1 base=0", ...lines].join("\n");
  const [before, after] = shotsOf(script, lines.length, lines.length + 1);
  return [before.heap, after.heap];
}

/** Which blocks are drawn where: handle or `-`, start, size; `^` for those on the move. */
const picture = (own: HeapView, other: HeapView, share: number): string =>
  placeBetween(own, other, share)
    .map(({ segment, offset, size, moves }) => {
      const name = segment.kind === "block" ? (segment.handle ?? "-") : "group";
      return `${moves ? "^" : ""}${name} ${offset}+${size}`;
    })
    .join(", ");

describe("A heap between two steps", () => {
  it("lets a split's border slide out of the block's start", () => {
    const [before, after] = heapsOf("a = alloc 100", "b = alloc 200");
    assert.equal(picture(after, before, 1), "a 0+100, b 100+0, - 100+900");
    assert.equal(picture(after, before, 0.5), "a 0+100, b 100+100, - 200+800");
    assert.equal(picture(after, before, 0), "a 0+100, b 100+200, - 300+700");
    assert.equal(picture(before, after, 0.5), "a 0+100, - 100+900");
  });

  it("collapses the borders of merged neighbours", () => {
    const [before, after] = heapsOf("a = alloc 100", "b = alloc 200", "c = alloc 100", "free a", "free b");
    assert.equal(picture(before, after, 0), "- 0+100, b 100+200, c 300+100, - 400+600");
    assert.equal(picture(before, after, 0.5), "- 0+50, b 50+250, c 300+100, - 400+600");
    assert.equal(picture(before, after, 1), "- 0+0, b 0+300, c 300+100, - 400+600");
  });

  it("slides moved blocks from their old addresses to the new ones, over the others", () => {
    const [before, after] = heapsOf("a = alloc 100", "b = alloc 200", "c = alloc 50", "free a", "defrag");
    assert.equal(picture(after, before, 1), "- 100+900, ^b 100+200, ^c 300+50");
    assert.equal(picture(after, before, 0.5), "- 175+825, ^b 50+200, ^c 250+50");
    assert.equal(picture(before, after, 0.5), "- 0+50, - 300+700, ^b 50+200, ^c 250+50");
  });

  it("takes two blocks of one handle for two blocks", () => {
    const [before, after] = heapsOf("a = alloc 100", "a = alloc 200");
    assert.ok(!picture(after, before, 0.5).includes("^"));
  });

  it("lets what a heap has grown by come out of its old end", () => {
    const [before, after] = shotsOf("heap 4KiB grow=4KiB\na = alloc 3000\nb = alloc 3000", 2, 3);
    const placed = placeBetween(after.heap, before.heap, 1);
    assert.equal(placed.at(-1)!.offset + placed.at(-1)!.size, before.heap.size);
  });

  it("has the links of the free list where the blocks are", () => {
    const [before, after] = heapsOf("a = alloc 100");
    const list = placedList(after.freeList, placeBetween(after, before, 0.5));
    assert.deepEqual(
      list.map(({ offset, size }) => [offset, size]),
      [[50, 950]],
    );
  });

  it("begins and ends exactly, and no block is ever turned inside out", () => {
    const action = fc.record({ free: fc.boolean(), handle: fc.nat(5), size: fc.integer({ min: 1, max: 300 }) });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 20 }), share, (actions, way) => {
        const lines = actions.map(({ free, handle, size }) =>
          free ? `free h${handle}` : `h${handle} = alloc ${size}`,
        );
        const [before, after] = heapsOf(...lines);
        for (const [own, other] of [
          [before, after],
          [after, before],
        ]) {
          const here = placeBetween(own, other, 0);
          assert.ok(here.every(({ segment, offset, size }) => offset === segment.offset && size === segment.size));
          for (const { offset, size } of placeBetween(own, other, way)) {
            assert.ok(size >= -1e-9 && offset >= 0 && offset + size <= 1000 + 1e-9);
          }
        }
      }),
    );
  });
});

describe("Pages between two steps", () => {
  const script = "vm frames=2 replacement=fifo swap=8\naccess 0x0000 w\naccess 0x1000 w\naccess 0x2000 w\nunmap 2";
  const moves = (from: number, to: number) => {
    const [before, after] = shotsOf(script, from, to);
    return transfers(before.pages!, after.pages!);
  };

  it("tells faults, evictions and what goes the other way back in time", () => {
    const [fault] = moves(1, 2);
    assert.deepEqual(fault, { vpn: 0, from: null, to: fault.to });
    const frame = fault.to;
    assert.deepEqual(moves(2, 1), [{ vpn: 0, from: frame, to: null }]);
    assert.deepEqual(moves(3, 4), [
      { vpn: 0, from: frame, to: null },
      { vpn: 2, from: null, to: frame },
    ]);
    assert.deepEqual(moves(4, 5), [{ vpn: 2, from: frame, to: null }]);
  });

  it("does not take the end of the shown part of the table for an eviction", () => {
    const [{ pages }] = shotsOf(script, 3);
    assert.deepEqual(transfers(pages!, { ...pages!, rows: pages!.rows.slice(1) }), []);
    assert.deepEqual(transfers(pages!, { ...pages!, process: "child", rows: [] }), []);
  });

  it("lets pages leave before others come", () => {
    const both = moves(3, 4);
    const shares = (progress: number) => underWay(both, progress).map((page) => page.progress);
    assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map(shares), [
      [0, 0],
      [0.5, 0],
      [1, 0],
      [1, 0.5],
      [1, 1],
    ]);
    assert.deepEqual(underWay(moves(1, 2), 0.25)[0].progress, 0.25);
  });
});
