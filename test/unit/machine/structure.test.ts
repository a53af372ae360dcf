import assert from "node:assert/strict";
import { structureView } from "../../../src/inspector/structureView";
import { describeState } from "../../../src/machine/inspect/describeState";
import { layoutText } from "../../../src/machine/inspect/layoutText";
import { runScript } from "./runScript";

/** After `heap h …`, `a` to `c` of 24, 24 and 300 bytes, and `a` and `c` freed: what free blocks are kept in. */
const cases: readonly { heap: string; data: object; text: string[]; view: object }[] = [
  {
    heap: "1KiB header=8",
    data: { kind: "list", order: "address" },
    text: [],
    view: { kind: "list", rows: [] },
  },
  {
    heap: "1KiB header=8 policy=tlsf",
    data: {
      kind: "bins",
      bins: [
        { index: 3, least: 32, below: 40, blocks: ["0x10000"] },
        // 960 bytes hold 952: the first level from 512 on, in steps of 16.
        { index: 64 + 27, least: 952, below: 968, blocks: ["0x10040"] },
      ],
      bitmaps: [1 << 3, 0, 1 << 27],
    },
    text: ["  bins:", "    32..40: 0x10000", "    952..968: 0x10040"],
    view: {
      kind: "bins",
      rows: [
        { index: 3, least: 32, below: 40, blocks: 1, addresses: ["0x10000"] },
        { index: 91, least: 952, below: 968, blocks: 1, addresses: ["0x10040"] },
      ],
      words: [
        { least: 0, bits: 1 << 3 },
        { least: 256, bits: 0 },
        { least: 512, bits: 1 << 27 },
      ],
    },
  },
  {
    heap: "1KiB header=8 policy=quick-fit order=lifo",
    data: { kind: "quick", lists: [{ size: 32, blocks: ["0x10000"] }], limit: 264, order: "lifo" },
    text: ["  quick lists:", "    32: 0x10000"],
    view: { kind: "quick", rows: [{ index: 24, least: 32, below: 33, blocks: 1, addresses: ["0x10000"] }] },
  },
  {
    heap: "1040 header=8 policy=buddy",
    data: {
      kind: "buddy",
      smallest: 16,
      orders: [
        { size: 16, blocks: ["0x10400"] },
        { size: 32, blocks: ["0x10000"] },
        { size: 64, blocks: ["0x10040"] },
        { size: 128, blocks: ["0x10080"] },
        { size: 256, blocks: ["0x10100"] },
        { size: 512, blocks: ["0x10200"] },
      ],
      roots: [
        { addr: "0x10000", size: 1024 },
        { addr: "0x10400", size: 16 },
      ],
    },
    text: [
      "  buddy orders:",
      ...["    16: 0x10400", "    32: 0x10000", "    64: 0x10040"],
      ...["    128: 0x10080", "    256: 0x10100", "    512: 0x10200"],
    ],
    view: {
      kind: "buddy",
      rows: [
        { index: 0, least: 16, below: 17, blocks: 1, addresses: ["0x10400"] },
        { index: 1, least: 32, below: 33, blocks: 1, addresses: ["0x10000"] },
        { index: 2, least: 64, below: 65, blocks: 1, addresses: ["0x10040"] },
        { index: 3, least: 128, below: 129, blocks: 1, addresses: ["0x10080"] },
        { index: 4, least: 256, below: 257, blocks: 1, addresses: ["0x10100"] },
        { index: 5, least: 512, below: 513, blocks: 1, addresses: ["0x10200"] },
      ],
      smallest: 16,
      roots: [
        { address: "0x10000", size: 1024 },
        { address: "0x10400", size: 16 },
      ],
    },
  },
  {
    heap: "1KiB header=8 policy=bump",
    data: { kind: "arena", pointer: "0x10178", deadBlocks: 2, deadBytes: 344 },
    text: ["  arena: next at 0x10178, 344 bytes dead in 2 blocks"],
    view: { kind: "arena", rows: [], pointer: "0x10178", deadBlocks: 2, deadBytes: 344 },
  },
];

describe("What a policy keeps free blocks in", () => {
  for (const { heap, data, text, view } of cases) {
    it(`reaches records, text and the panel: ${heap}`, () => {
      const script = `heap h ${heap}\na = alloc 24\nb = alloc 24\nc = alloc 300\nfree a\nfree c`;
      const { machine } = runScript(script);
      assert.deepEqual(describeState(machine.state).heaps["h"].structure, data);
      const lines = layoutText(machine.state);
      const list = lines.findIndex((line) => line.startsWith("  free list:"));
      assert.deepEqual(lines.slice(list + 1), text);
      const [[, engine]] = machine.state.heaps;
      assert.deepEqual(structureView(engine.structure()), view);
    });
  }
});
