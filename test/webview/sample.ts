import { EventLog } from "../../src/engine/events";
import { plainSlab } from "../../src/engine/slab/geometry";
import { SlabCache } from "../../src/engine/slab/SlabCache";
import type { PanelSnapshot } from "../../src/inspector/model";
import { SeriesRecorder } from "../../src/inspector/series";
import { buildSnapshot } from "../../src/inspector/snapshot";
import { event, layHistory, leakAt, type LaidMemory } from "../unit/inspector/laidMemory";

/** Memory with everything that the panel draws: holes in list order, a leak, padding, changes, pages and a pool. */
export const sampleMemory: LaidMemory = {
  heaps: [
    {
      name: "main",
      base: 0x10000,
      header: 32,
      blocks: [
        { size: 136, handle: "a", requested: 100, line: 1 },
        { size: 96, handle: null },
        { size: 232, handle: "b", requested: 200, line: 2 },
        { size: 160, handle: null },
        { size: 104, handle: "c", requested: 50, line: 4 },
        { size: 72, handle: "lost", requested: 40, line: 5 },
        { size: 128, handle: null },
        { size: 200, handle: "d", requested: 160, line: 7 },
        { size: 1048576 - 1128, handle: null },
      ],
      listOrder: [3, 1, 6, 8],
    },
  ],
  pools: [
    {
      name: "cells",
      base: 0x120000,
      blockSize: 64,
      handles: ["p", null, "q", null, null, null, null, null, null, null],
      listOrder: [1, 3, 4, 5, 6, 7, 8, 9],
    },
  ],
  slabs: [sampleSlabs()],
  pages: {
    pageSize: 4096,
    frames: 100,
    pages: 1024,
    entries: [
      { vpn: 0, pfn: 10, flags: 1 | 2 | 16 },
      { vpn: 1, pfn: 20, flags: 1 | 2 | 16 | 32 },
      { vpn: 2, pfn: 5, flags: 1 | 4 },
      { vpn: 7, pfn: 63, flags: 1 | 2 | 8 },
      { vpn: 8, pfn: 42, flags: 1 | 2 },
    ],
  },
  position: 9,
  reached: 12,
  problems: [leakAt(5, 6), leakAt(5, 9, 3)],
  record: {
    line: 8,
    text: "d = alloc 160",
    story:
      "First fit looked at 3 free blocks, took the one at 0x103a0 (1,047,648 bytes) and split it: 200 bytes used, 1,047,448 bytes free.",
    events: [
      event("split", 0x103a0, 200, 0x10468, 1047448),
      event("allocate", 0x103a0, 200, 0x103c0, 160),
      event("map", 8, 42, 3),
    ],
    problems: [leakAt(5, 9)],
  },
};

/** Three slabs: one full, one with a free object, one empty, shifted by their colours. */
function sampleSlabs(): SlabCache {
  const cache = new SlabCache(plainSlab("inodes", 0x200000, 1000, { colour: 32, max: 100 }), new EventLog());
  const objects = Array.from({ length: 9 }, () => cache.allocate(-2));
  cache.free(objects[5]);
  cache.free(objects[8]);
  return cache;
}

/** The sample at its step 9 of 12, with the series of the steps before. */
export function sampleSnapshot(): PanelSnapshot {
  const series = new SeriesRecorder();
  const used = [0, 100, 300, 300, 400, 450, 490, 490, 390, 550, 350, 350, 50];
  used.forEach((bytes, step) => {
    const blocks = [
      { size: bytes + 40, handle: "x", requested: bytes },
      { size: 700 - bytes, handle: null },
      { size: step * 20 + 100, handle: null },
    ];
    series.record(layHistory({ position: step, heaps: [{ name: "main", base: 0, header: 0, blocks }] }).state);
  });
  return buildSnapshot({ history: layHistory(sampleMemory), title: "sample.memscript", series, total: 12 });
}
