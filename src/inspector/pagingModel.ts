import type { CacheStats, CacheTotals, Latencies } from "../engine/cache/contract";
import type { VirtualMemoryStats } from "../engine/vm/contract";
import type { SwapSlot, TableRow, TlbRow } from "../machine/inspect/vmTables";
import type { ChangeKind } from "./model";

export interface PageRow {
  readonly vpn: number;
  /** Null for a page that is not present. */
  readonly pfn: number | null;
  /** Swap slot of a page that is not present; null for one without bytes there. */
  readonly slot: number | null;
  /** Of a page that is not present: it had a frame before. */
  readonly evicted: boolean;
  /** `rwxu` with `-` for what is not allowed. */
  readonly permissions: string;
  readonly accessed: boolean;
  readonly dirty: boolean;
  /** A write copies the page first. */
  readonly copyOnWrite: boolean;
  /** Other pages, of this process or others, have the same frame. */
  readonly shared: boolean;
  readonly global: boolean;
  /** Pages of the least size that it spans; 1 but for huge pages. */
  readonly span: number;
  /** The entry in its table, in hexadecimal with all digits. */
  readonly word: string;
  readonly virtual: string;
  readonly physical: string | null;
  readonly changed: ChangeKind | null;
}

/** One cell of the strip of frames; stands for `count` frames from `first` on. */
export interface FrameCell {
  readonly first: number;
  readonly count: number;
  readonly used: number;
  /** Of the used ones: how many hold page tables, and how many hold a page that several share. */
  readonly tables: number;
  readonly shared: number;
  /** The first pages of a single frame. */
  readonly pages: readonly { readonly process: string; readonly vpn: number }[];
  readonly changed: boolean;
}

export interface ProcessRow {
  readonly name: string;
  readonly runs: boolean;
  readonly mapped: number;
  /** Frames that its pages hold. */
  readonly resident: number;
}

export interface RegionRow {
  readonly name: string;
  readonly kind: "region" | "guard" | "segment";
  /** Half-open. */
  readonly start: string;
  readonly end: string;
  readonly permissions: string;
  readonly growth: "none" | "up" | "down";
}

/** An entry of the lookaside buffer: the translation of 2^order pages. */
export interface TlbViewRow extends TlbRow {
  /** Whether the step went through it. */
  readonly used: boolean;
}

export interface TlbView {
  readonly sets: number;
  readonly ways: number;
  /** By set and way; the first of them. */
  readonly rows: readonly TlbViewRow[];
}

/** One cell of the strip of swap slots; stands for `count` slots from `first` on. */
export interface SwapCell {
  readonly first: number;
  readonly count: number;
  /** Slots taken, and of these the ones in the compressed pool and the ones with an equal copy in a frame. */
  readonly used: number;
  readonly packed: number;
  readonly copies: number;
}

/** A frame that several pages have: by fork, by a shared mapping or because their bytes are the same. */
export interface SharedFrame {
  readonly frame: number;
  /** The first of them, with those of other processes. */
  readonly pages: readonly { readonly process: string; readonly vpn: number }[];
  /** How many more there are. */
  readonly others: number;
}

/** The way of the selected address to its byte; texts have code between backticks. */
export interface WalkView {
  readonly address: string;
  readonly reached: boolean;
  /** The parts that the address is cut into; `bits` is null where page sizes are no powers of two. */
  readonly fields: readonly { readonly name: string; readonly bits: string | null; readonly value: number }[];
  /** `field`: index of the part of the address that this step uses. */
  readonly rows: readonly { readonly name: string; readonly text: string; readonly field: number | null }[];
}

export interface PagesView {
  readonly pageSize: number;
  readonly frames: number;
  readonly pages: number;
  readonly mapped: number;
  readonly stats: VirtualMemoryStats;
  /** The process whose rows, regions and tables these are. */
  readonly process: string;
  readonly processes: readonly ProcessRow[];
  readonly regions: readonly RegionRow[];
  /** The root first; empty for a flat or inverted table. */
  readonly tables: readonly TableRow[];
  /** Null without a lookaside buffer. */
  readonly tlb: TlbView | null;
  readonly swap: readonly SwapSlot[];
  /** All slots, free ones too; of a store without bound those up to the last one taken. */
  readonly swapCells: readonly SwapCell[];
  /** By frame; the first of them. */
  readonly sharedFrames: readonly SharedFrame[];
  /** Of the selected address while its process is shown. */
  readonly walk: WalkView | null;
  /** Index of the first row among all mapped pages. */
  readonly first: number;
  readonly rows: readonly PageRow[];
  readonly cells: readonly FrameCell[];
}

/** A level of the caches, or one half of a split level. */
export interface CacheView extends CacheStats {
  readonly name: string;
  /** Bytes of all lines: sets × ways × line. */
  readonly size: number;
  readonly sets: number;
  readonly ways: number;
  readonly line: number;
  readonly policy: string;
  readonly write: "back" | "through";
  /** Cycles of one look-up. */
  readonly latency: number;
  /** Valid lines by set and way, the first of them. */
  readonly lines: readonly CacheLineView[];
  /** Valid lines too many to list. */
  readonly hiddenLines: number;
  /** Valid lines counted in cells of neighbouring slots, for a cache too large to draw slot by slot; else null. */
  readonly cells: CacheCells | null;
  /** The lines that the step looked up, and what is beside them in their sets. */
  readonly marks: readonly CacheMark[];
}

export interface CacheLineView {
  readonly set: number;
  readonly way: number;
  readonly address: string;
  readonly dirty: boolean;
}

/** By row of sets and column of ways; one element a cell. */
export interface CacheCells {
  readonly setsPerCell: number;
  readonly waysPerCell: number;
  readonly valid: Uint32Array;
  readonly dirty: Uint32Array;
}

/** What a reference met at a line of a cache. */
export interface CacheMark {
  readonly set: number;
  /** Null where the line is not: a write that does not bring it in, or a line that has left again. */
  readonly way: number | null;
  readonly address: string;
  readonly result: "hit" | "compulsory" | "capacity" | "conflict";
  /** Ways of the set around this one, half-open, and the valid lines in them. */
  readonly from: number;
  readonly to: number;
  readonly neighbours: readonly CacheLineView[];
}

/** What one reference met in one cache. */
export interface CacheLook {
  readonly cache: string;
  readonly result: CacheMark["result"];
  readonly write: boolean;
  readonly set: number;
  /** Addresses of the lines; two where the bytes straddle. */
  readonly lines: readonly string[];
  /** Whether the line is there now: writes do not bring it into every cache. */
  readonly isThere: boolean;
}

/** A line that left a cache. */
export interface CacheLeave {
  readonly cache: string;
  readonly address: string;
  /** `inclusion`: a cache below that holds everything of this one lost it. */
  readonly why: "room" | "inclusion";
  /** Clean lines are written nowhere. */
  readonly writtenTo: { readonly kind: "nowhere" | "memory" } | { readonly kind: "cache"; readonly name: string };
}

/** All caches, from the processor on. */
export interface CachesView {
  /** What memory and disk cost behind the caches. */
  readonly latencies: Latencies;
  readonly totals: CacheTotals;
  readonly levels: readonly CacheView[];
  /** What the step's references met, in order: the first ones and the last, and how many are left out between. */
  readonly looks: readonly CacheLook[];
  readonly hiddenLooks: number;
  /** The lines that left on the way. */
  readonly leaves: readonly CacheLeave[];
}
