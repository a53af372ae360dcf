import { toHex } from "../../engine/address";
import type { HeapStructure } from "../../engine/heap/contract";
import type { ListOrder } from "../../engine/heap/options";

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
  switch (structure.kind) {
    case "list":
      return structure;
    case "bins":
      return { ...structure, bins: structure.bins.map((bin) => ({ ...bin, blocks: bin.blocks.map(toHex) })) };
    case "quick":
      return {
        ...structure,
        lists: structure.lists.map(({ least, blocks }) => ({ size: least, blocks: blocks.map(toHex) })),
      };
    case "buddy":
      return {
        ...structure,
        orders: structure.orders.map(({ size, blocks }) => ({ size, blocks: blocks.map(toHex) })),
        roots: structure.roots.map(({ address, size }) => ({ addr: toHex(address), size })),
      };
    case "arena":
      return { ...structure, pointer: toHex(structure.pointer) };
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
