import { toHex } from "../../engine/address";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { ValueFormat } from "../protocol/format";
import type { ShownValue } from "./store";

/** What the policy keeps a heap's free blocks in: bins, quick lists, buddy orders, or the pointer of an arena. */
export function showStructure(heap: HeapReader, format: ValueFormat): ShownValue {
  const structure = heap.structure();
  const shown = (value: string, named: () => readonly ShownValue[]): ShownValue => ({
    name: "structure",
    value,
    type: structure.kind,
    children: { named },
  });
  switch (structure.kind) {
    case "list":
      return { name: "structure", value: `one list in ${structure.order} order`, type: "list" };
    case "bins":
      return shown(`${format.number(structure.lists.length)} bins with free blocks`, () =>
        structure.lists.map(({ index, least, below, blocks }) => {
          const sizes = `${format.number(least)}..${format.number(below)}`;
          return addressList(`bin ${index}`, `sizes ${sizes}`, blocks, format);
        }),
      );
    case "quick":
      return shown(`quick lists for blocks of up to ${format.bytes(structure.limit)}, then one list`, () =>
        structure.lists.map(({ least, blocks }) => addressList(format.bytes(least), "quick list", blocks, format)),
      );
    case "buddy":
      return shown(`free blocks of powers of two from ${format.bytes(structure.smallest)} on`, () =>
        structure.lists.map(({ least, blocks }) => addressList(format.bytes(least), "order", blocks, format)),
      );
    case "arena":
      return shown(`arena, next block at ${toHex(structure.pointer)}`, () => [
        { name: "pointer", value: toHex(structure.pointer), memoryReference: toHex(structure.pointer) },
        { name: "deadBlocks", value: format.number(structure.deadBlocks) },
        { name: "deadBytes", value: format.number(structure.deadBytes) },
      ]);
  }
}

/** Free blocks of one list, in its order. */
function addressList(name: string, what: string, blocks: readonly number[], format: ValueFormat): ShownValue {
  const noun = blocks.length === 1 ? "free block" : "free blocks";
  return {
    name,
    value: `${what}, ${format.number(blocks.length)} ${noun}`,
    type: "free list",
    children: {
      indexed: {
        count: blocks.length,
        page: (start, count) =>
          blocks.slice(start, start + count).map((address, index) => ({
            name: `[${start + index}]`,
            value: toHex(address),
            memoryReference: toHex(address),
          })),
      },
    },
  };
}
