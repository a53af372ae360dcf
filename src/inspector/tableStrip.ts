import { setBits, type EntryBit } from "../engine/vm/entryBits";

export { permissionLetters } from "../machine/problems/flags";

/** What a cell of a strip shows, by number: nothing, one kind of entries, several kinds, or chains of an inverted table. */
export const cellStates = [
  "absent",
  "table",
  "page",
  "huge",
  "swapped",
  "evicted",
  "untouched",
  "mixed",
  "chain",
] as const;
export type CellState = (typeof cellStates)[number];

/** Permissions of entries that do not agree. */
export const mixedPermissions = 255;

/**
 * A strip of entries: a whole table cut into cells, or what one cell of the strip above stands for. The arrays have one
 * element a cell.
 */
export interface TableStrip {
  /** From the root (0). */
  readonly level: number;
  /** What the manual calls the table. */
  readonly table: string;
  /** Frame that holds it; null for a table outside physical memory. */
  readonly frame: number | null;
  /** Index of the first entry, and how many entries each cell stands for: a power of two. */
  readonly first: number;
  readonly perCell: number;
  /** The cell on the way to the page; -1 for none. */
  readonly path: number;
  /** Entries in use. */
  readonly used: Uint32Array;
  /** Indices into {@link cellStates}. */
  readonly states: Uint8Array;
  /** `rwxu`, the lowest bit first; of the pages alone, or {@link mixedPermissions}. */
  readonly permissions: Uint8Array;
  /** Frame of the table or page that a single entry leads to; -1 for none. */
  readonly frames: Float64Array;
  /** The page to select for a cell: the first mapped one behind it, else its first; -1 beyond the address space. */
  readonly pages: Float64Array;
  /** Words of the entries where each cell is one, as they are in memory; else empty. */
  readonly words: BigUint64Array;
}

/** One entry of a chain of an inverted table. */
export interface ChainLink {
  readonly frame: number;
  readonly process: string;
  readonly vpn: number;
}

export interface TableLevels {
  /** The process whose table it is. */
  readonly process: string;
  readonly entryBytes: number;
  readonly pageSize: number;
  readonly bits: readonly EntryBit[];
  /** From the root down to the entry that maps the page or leads nowhere; the root alone without a page. */
  readonly strips: readonly TableStrip[];
  /** The chain of the page's bucket, in the order of a look-up; null but for an inverted table with a page. */
  readonly chain: readonly ChainLink[] | null;
}

/** The word of an entry with all its digits, and the names of its set bits. */
export function wordText(
  { entryBytes, bits }: Pick<TableLevels, "entryBytes" | "bits">,
  word: bigint,
): readonly [word: string, bits: string] {
  return [`0x${word.toString(16).padStart(2 * entryBytes, "0")}`, setBits(bits, word).join(" ")];
}
