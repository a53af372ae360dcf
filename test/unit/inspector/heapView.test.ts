import assert from "node:assert/strict";
import { defaultHeapOptions } from "../../../src/engine/heap/defaults";
import { Heap } from "../../../src/engine/heap/Heap";
import { changeMarks } from "../../../src/inspector/changes";
import { heapView } from "../../../src/inspector/heapView";
import type { HeapView } from "../../../src/inspector/model";
import type { Allocation } from "../../../src/machine/state/allocation";

const names = ["a", "b", "c"];
const allocation = (id: number): Allocation => ({
  id,
  region: "main",
  handle: names[id],
  address: 0,
  requested: 0,
  line: id,
  step: id,
  freed: null,
});

function debugHeap(budget: number): HeapView {
  const options = { redzone: 16, footer: 8, quarantine: 256, min: 16 };
  const heap = new Heap(defaultHeapOptions("main", 0x10000, 1024, options));
  const [a, b] = [40, 37, 8].map((size, owner) => heap.allocate(size, owner));
  heap.free(a);
  heap.free(b);
  return heapView({
    heap,
    marks: changeMarks(undefined),
    allocation,
    isLeaked: () => false,
    budget,
    window: undefined,
  });
}

describe("heapView of a debug heap", () => {
  it("shows quarantined blocks as a state of their own, and the extent of red zones", () => {
    const { segments, stats, hasRedZones, hasQuarantine, interesting } = debugHeap(100);
    assert.deepEqual(
      segments.map((segment) =>
        segment.kind === "block" ? [segment.state, segment.handle, segment.size, segment.header, segment.zones] : [],
      ),
      [
        ["quarantined", "a", 112, 32, { before: 16, after: 16 }],
        ["quarantined", "b", 112, 32, { before: 16, after: 19 }],
        ["used", "c", 80, 32, { before: 16, after: 16 }],
        ["free", null, 720, 32, null],
      ],
    );
    assert.deepEqual([stats.quarantinedBlocks, stats.quarantinedBytes, stats.usedBlocks], [2, 224, 1]);
    assert.ok(hasRedZones && hasQuarantine);
    assert.equal(interesting, 304);
  });

  it("counts quarantined blocks apart where they are too small to draw", () => {
    const [group] = debugHeap(1).segments;
    assert.ok(group.kind === "group");
    assert.deepEqual([group.usedBlocks, group.freeBlocks, group.quarantinedBlocks, group.usedBytes], [1, 1, 2, 80]);
  });
});
