import { toHex } from "../../engine/address";
import type { HeapStructure } from "../../engine/heap/structure";

/** What a heap keeps its free blocks in, under the keys of JSON: `blocks`, `addr` and `pointer` are addresses. */
export function structureFacts(structure: HeapStructure) {
  const { lists } = structure;
  const sizes = lists.map(({ least: size, blocks }) => ({ size, blocks }));
  switch (structure.kind) {
    case "list":
      return { kind: structure.kind, order: structure.order };
    case "bins":
      return { kind: structure.kind, bins: lists, bitmaps: structure.words.map(({ bits }) => bits) };
    case "quick":
      return { kind: structure.kind, lists: sizes, limit: structure.limit, order: structure.order };
    case "buddy": {
      const roots = structure.roots.map(({ address: addr, size }) => ({ addr, size }));
      return { kind: structure.kind, smallest: structure.smallest, orders: sizes, roots };
    }
    case "arena": {
      const { pointer, deadBlocks, deadBytes } = structure;
      return { kind: structure.kind, pointer, deadBlocks, deadBytes };
    }
  }
}

const titles = { bins: "bins", quick: "quick lists", buddy: "buddy orders" };

/** The structure in lines of text, for `layout`; a list says nothing more than the free list does. */
export function structureText(structure: HeapStructure, longest: number): string[] {
  switch (structure.kind) {
    case "list":
      return [];
    case "arena": {
      const { pointer, deadBlocks, deadBytes } = structure;
      return [`  arena: next at ${toHex(pointer)}, ${deadBytes} bytes dead in ${deadBlocks} blocks`];
    }
    default: {
      const rows = structure.lists.map(({ least, below, blocks }) => {
        const sizes = structure.kind === "bins" ? `${least}..${below}` : String(least);
        const more = blocks.length > longest ? ` … ${blocks.length - longest} more` : "";
        return `    ${sizes}: ${blocks.slice(0, longest).map(toHex).join(" ")}${more}`;
      });
      return [`  ${titles[structure.kind]}:`, ...rows];
    }
  }
}
