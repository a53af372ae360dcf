import { toHex } from "../engine/address";
import type { HeapStructure } from "../engine/heap/contract";
import type { HeapPolicy } from "../engine/heap/options";
import { segregatedClasses, tlsfClasses } from "../engine/heap/sizeClasses";
import type { StructureRow, StructureView } from "./model";

/** Addresses sent of one list at most; the number of blocks tells how many there are. */
const addressBudget = 32;

/** The structure of a heap's free blocks as rows by ascending size. */
export function structureView(structure: HeapStructure, policy: HeapPolicy): StructureView {
  switch (structure.kind) {
    case "list":
      return { kind: "list" };
    case "bins":
      return {
        kind: "bins",
        rows: structure.bins.map(({ index, least, below, blocks }) => ({ ...rowOf(least, below, blocks), index })),
        words: structure.bitmaps.map((bits, word) => ({ least: leastOfWord(word, policy), bits: bits >>> 0 })),
      };
    case "quick":
      return { kind: "quick", rows: structure.lists.map(({ least, below, blocks }) => rowOf(least, below, blocks)) };
    case "buddy":
      return {
        kind: "buddy",
        rows: structure.orders.map(({ size, blocks }) => rowOf(size, size + 1, blocks)),
        smallest: structure.smallest,
        roots: structure.roots.map(({ address, size }) => ({ address: toHex(address), size })),
      };
    case "arena": {
      const { pointer, deadBlocks, deadBytes } = structure;
      return { kind: "arena", pointer: toHex(pointer), deadBlocks, deadBytes };
    }
  }
}

/** What a block in the first of 32 bins holds at least, without its header. */
function leastOfWord(word: number, policy: HeapPolicy): number {
  return (policy === "tlsf" ? tlsfClasses : segregatedClasses).leastOf(32 * word);
}

function rowOf(least: number, below: number, blocks: readonly number[]): StructureRow {
  return { least, below, blocks: blocks.length, addresses: blocks.slice(0, addressBudget).map(toHex) };
}
