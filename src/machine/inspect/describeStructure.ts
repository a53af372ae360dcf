import { toHex } from "../../engine/address";
import type { HeapStructure, SizeList } from "../../engine/heap/structure";
import type { ListOrder } from "../../engine/heap/placementOptions";

/** What a heap keeps its free blocks in, as `--state` tells it: the engine's structure with addresses in hexadecimal. */
export type StructureData =
  | { readonly kind: "list"; readonly order: ListOrder }
  | { readonly kind: "bins"; readonly bins: readonly BinData[]; readonly bitmaps: readonly number[] }
  | { readonly kind: "quick"; readonly lists: readonly SizeData[]; readonly limit: number; readonly order: ListOrder }
  | {
      readonly kind: "buddy";
      readonly smallest: number;
      readonly orders: readonly SizeData[];
      readonly roots: readonly { readonly addr: string; readonly size: number }[];
    }
  | { readonly kind: "arena"; readonly pointer: string; readonly deadBlocks: number; readonly deadBytes: number };

/** Free blocks of `least` to `below` bytes, the latter excluded. */
export interface BinData extends Addresses {
  readonly index: number;
  readonly least: number;
  readonly below: number;
}

/** Free blocks of exactly one size. */
export interface SizeData extends Addresses {
  readonly size: number;
}

interface Addresses {
  /** In list order. */
  readonly blocks: readonly string[];
}

export function describeStructure(structure: HeapStructure): StructureData {
  const { lists } = structure;
  const sizeOf = ({ least, blocks }: SizeList): SizeData => ({ size: least, blocks: blocks.map(toHex) });
  switch (structure.kind) {
    case "list":
      return { kind: structure.kind, order: structure.order };
    case "bins": {
      const bins = lists.map((list) => ({ ...list, blocks: list.blocks.map(toHex) }));
      return { kind: structure.kind, bins, bitmaps: structure.words.map(({ bits }) => bits) };
    }
    case "quick":
      return { kind: structure.kind, lists: lists.map(sizeOf), limit: structure.limit, order: structure.order };
    case "buddy": {
      const roots = structure.roots.map(({ address, size }) => ({ addr: toHex(address), size }));
      return { kind: structure.kind, smallest: structure.smallest, orders: lists.map(sizeOf), roots };
    }
    case "arena": {
      const { pointer, deadBlocks, deadBytes } = structure;
      return { kind: structure.kind, pointer: toHex(pointer), deadBlocks, deadBytes };
    }
  }
}

/** The structure in lines of text, for `layout`; a list says nothing more than the free list does. */
export function structureText(structure: StructureData, longest: number): string[] {
  const row = (what: string, blocks: readonly string[]): string => {
    const more = blocks.length > longest ? ` … ${blocks.length - longest} more` : "";
    return `    ${what}: ${blocks.slice(0, longest).join(" ")}${more}`;
  };
  switch (structure.kind) {
    case "list":
      return [];
    case "bins":
      return ["  bins:", ...structure.bins.map(({ least, below, blocks }) => row(`${least}..${below}`, blocks))];
    case "quick":
      return ["  quick lists:", ...structure.lists.map(({ size, blocks }) => row(String(size), blocks))];
    case "buddy":
      return ["  buddy orders:", ...structure.orders.map(({ size, blocks }) => row(String(size), blocks))];
    case "arena":
      return [
        `  arena: next at ${structure.pointer}, ${structure.deadBytes} bytes dead in ${structure.deadBlocks} blocks`,
      ];
  }
}
