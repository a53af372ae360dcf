import assert from "node:assert/strict";
import { showStructure } from "../../../src/debug/variables/structure";
import type { ShownValue } from "../../../src/debug/variables/store";
import { defaultHeapOptions } from "../../../src/engine/heap/defaults";
import { Heap } from "../../../src/engine/heap/Heap";
import type { HeapPolicy } from "../../../src/engine/heap/policies";
import { ValueFormat } from "../../../src/debug/protocol/format";

/** A heap with two free blocks of 64 bytes, in front of used ones, and a free end; opened down to the addresses. */
function opened(policy: HeapPolicy): string[] {
  const heap = new Heap(defaultHeapOptions("h", 0x10000, 1024, { policy, header: 8, min: 32 }));
  const blocks = [0, 1, 2, 3].map((owner) => heap.allocate(56, owner));
  heap.free(blocks[0]);
  heap.free(blocks[2]);
  const lines = (value: ShownValue, depth: number): string[] => {
    const { named, indexed } = value.children ?? {};
    const below = [...(named?.() ?? []), ...(indexed?.page(0, indexed.count) ?? [])];
    return [`${"  ".repeat(depth)}${value.name}: ${value.value}`, ...below.flatMap((child) => lines(child, depth + 1))];
  };
  return lines(showStructure(heap, new ValueFormat(false)), 0);
}

const cases: readonly (readonly [HeapPolicy, readonly string[]])[] = [
  ["first-fit", ["structure: one list in address order"]],
  [
    "segregated",
    [
      "structure: 2 bins with free blocks",
      "  bin 7: sizes 64..72, 2 free blocks",
      "    [0]: 0x10080",
      "    [1]: 0x10000",
      "  bin 65: sizes 648..776, 1 free block",
      "    [0]: 0x10100",
    ],
  ],
  [
    "quick-fit",
    [
      "structure: quick lists for blocks of up to 264 bytes, then one list",
      "  64 bytes: quick list, 2 free blocks",
      "    [0]: 0x10080",
      "    [1]: 0x10000",
    ],
  ],
  [
    "buddy",
    [
      "structure: free blocks of powers of two from 32 bytes on",
      "  64 bytes: order, 2 free blocks",
      "    [0]: 0x10000",
      "    [1]: 0x10080",
      "  256 bytes: order, 1 free block",
      "    [0]: 0x10100",
      "  512 bytes: order, 1 free block",
      "    [0]: 0x10200",
    ],
  ],
  ["bump", ["structure: arena, next block at 0x10100", "  pointer: 0x10100", "  deadBlocks: 2", "  deadBytes: 128"]],
];

describe("a heap's structure among the variables", () => {
  for (const [policy, expected] of cases) {
    it(policy, () => assert.deepEqual(opened(policy), expected));
  }

  it("pages long lists", () => {
    const heap = new Heap(defaultHeapOptions("h", 0x10000, 8192, { policy: "segregated", header: 8, min: 32 }));
    const blocks = Array.from({ length: 40 }, (_, owner) => heap.allocate(56, owner));
    blocks.forEach((block, index) => index % 2 === 0 && heap.free(block));
    const [bin] = showStructure(heap, new ValueFormat(false)).children!.named!();
    assert.equal(bin.children!.indexed!.count, 20);
    assert.deepEqual(
      bin.children!.indexed!.page(17, 10).map(({ name }) => name),
      ["[17]", "[18]", "[19]"],
    );
  });
});
