import { toHex } from "../engine/address";
import type { HeapStructure } from "../engine/heap/structure";
import type { StructureView } from "./model";

/** Addresses sent of one list at most; the number of blocks tells how many there are. */
const addressBudget = 32;

/** The structure of a heap's free blocks with its lists as rows. */
export function structureView(structure: HeapStructure): StructureView {
  const rows = structure.lists.map(({ blocks, ...sizes }) => ({
    ...sizes,
    blocks: blocks.length,
    addresses: blocks.slice(0, addressBudget).map(toHex),
  }));
  switch (structure.kind) {
    case "list":
    case "quick":
      return { kind: structure.kind, rows };
    case "bins":
      return { kind: "bins", rows, words: structure.words.map(({ bits, least }) => ({ least, bits: bits >>> 0 })) };
    case "buddy": {
      const roots = structure.roots.map(({ address, size }) => ({ address: toHex(address), size }));
      return { kind: "buddy", rows, smallest: structure.smallest, roots };
    }
    case "arena": {
      const { pointer, deadBlocks, deadBytes } = structure;
      return { kind: "arena", rows, pointer: toHex(pointer), deadBlocks, deadBytes };
    }
  }
}
