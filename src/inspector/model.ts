import type { CacheStats, CacheTotals, Latencies } from "../engine/cache/contract";
import type { BlockState } from "../engine/heap/contract";
import type { SnapshotPart } from "./views";

/**
 * What the Memory Inspector shows, as plain data that survives `postMessage`. Addresses are hexadecimal strings;
 * drawings use offsets from a region's start, which are numbers. Lines are 0-based, as everywhere inside.
 */

/** What the last step did to a block, page or pool block; the strongest one when there were several. */
export type ChangeKind =
  | "allocated"
  | "freed"
  | "merged"
  | "split"
  | "resized"
  | "moved"
  | "grown"
  | "written"
  | "read"
  | "mapped"
  | "unmapped"
  | "protected"
  | "translated";

export interface BlockSegment {
  readonly kind: "block";
  /** Where the header begins. */
  readonly address: string;
  readonly payload: string;
  /** Bytes from the heap's start to `address`. */
  readonly offset: number;
  /** Whole size: header + payload + footer. */
  readonly size: number;
  readonly header: number;
  readonly footer: number;
  /** Bytes of the red zones before and after the payload; null for free blocks and heaps without. */
  readonly zones: { readonly before: number; readonly after: number } | null;
  /** Bytes asked for; 0 for free blocks. In a heap without red zones, what the payload has beyond it is padding. */
  readonly requested: number;
  readonly state: BlockState;
  /** The handle it was allocated to, as the script wrote it. */
  readonly handle: string | null;
  /** Line that allocated it. */
  readonly line: number | null;
  /** Whether the run reported it as a leak by now. */
  readonly leaked: boolean;
  /** 1-based place in the free list; null for used blocks and beyond the listed part of the list. */
  readonly listPlace: number | null;
  readonly changed: ChangeKind | null;
}

/** Neighbouring blocks too small to draw one by one at this detail. */
export interface GroupSegment {
  readonly kind: "group";
  readonly address: string;
  readonly offset: number;
  readonly size: number;
  readonly usedBlocks: number;
  readonly usedBytes: number;
  readonly freeBlocks: number;
  readonly freeBytes: number;
  readonly quarantinedBlocks: number;
  readonly largestFree: number;
  readonly leakedBlocks: number;
}

export type Segment = BlockSegment | GroupSegment;

/** One entry of the free list; each links to the next one of the array. */
export interface FreeEntry {
  readonly address: string;
  readonly offset: number;
  readonly size: number;
}

/** Free blocks of `least` to `below` bytes, the latter excluded. */
export interface StructureRow {
  readonly least: number;
  readonly below: number;
  readonly blocks: number;
  /** In list order; may be the first part of a longer list. */
  readonly addresses: readonly string[];
}

/** A bin with free blocks; `index` counts from the smallest bin on. */
export interface BinRow extends StructureRow {
  readonly index: number;
}

/** 32 bins: a bit for each that has blocks, the lowest for the smallest; `least` is what that one holds, headers not counted. */
export interface BinWord {
  readonly least: number;
  readonly bits: number;
}

/** What the policy keeps free blocks in, besides the list of all. Empty rows are left out. */
export type StructureView =
  | { readonly kind: "list" }
  | { readonly kind: "bins"; readonly rows: readonly BinRow[]; readonly words: readonly BinWord[] }
  /** Lists for exact sizes; larger free blocks are in a list of their own. */
  | { readonly kind: "quick"; readonly rows: readonly StructureRow[] }
  /** `roots` have no buddies: all blocks are halves of halves of them. */
  | {
      readonly kind: "buddy";
      readonly rows: readonly StructureRow[];
      readonly smallest: number;
      readonly roots: readonly { readonly address: string; readonly size: number }[];
    }
  | { readonly kind: "arena"; readonly pointer: string; readonly deadBlocks: number; readonly deadBytes: number };

export interface HeapView {
  readonly name: string;
  readonly base: string;
  readonly end: string;
  readonly size: number;
  readonly policy: string;
  readonly order: string;
  readonly coalesce: string;
  readonly header: number;
  /** Whether the heap has red zones and a quarantine, for the legend. */
  readonly hasRedZones: boolean;
  readonly hasQuarantine: boolean;
  readonly stats: {
    readonly usedBytes: number;
    readonly freeBytes: number;
    readonly usedBlocks: number;
    readonly freeBlocks: number;
    readonly quarantinedBytes: number;
    readonly quarantinedBlocks: number;
    readonly largestFree: number;
    readonly peakUsed: number;
    /** 0 to 1. */
    readonly externalFragmentation: number;
    readonly internalFragmentation: number;
  };
  /** In address order, without gaps. */
  readonly segments: readonly Segment[];
  /** In list order; may be the first part of a longer list. */
  readonly freeList: readonly FreeEntry[];
  readonly freeListTotal: number;
  readonly structure: StructureView;
  /** One past the last byte of the last used block, from the heap's start: what is worth looking at first. */
  readonly interesting: number;
}

export interface PageRow {
  readonly vpn: number;
  /** Null for a page that is not present. */
  readonly pfn: number | null;
  /** Swap slot of a page that is not present; null for one never touched. */
  readonly slot: number | null;
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

/** One table of the shown process's page table. */
export interface TableNodeRow {
  readonly level: number;
  readonly name: string;
  readonly frame: number;
  /** Entries in use. */
  readonly used: number;
  readonly firstPage: number;
}

export interface TlbViewRow {
  readonly set: number;
  readonly process: string;
  readonly vpn: number;
  readonly order: number;
  readonly global: boolean;
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

export interface SwapRow {
  readonly slot: number;
  /** Bytes in the compressed pool; null on the device. */
  readonly packed: number | null;
  /** Frame with an equal copy, or null. */
  readonly frame: number | null;
  readonly pages: readonly { readonly process: string; readonly vpn: number }[];
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
  readonly freeFrames: number;
  readonly stats: {
    readonly references: number;
    readonly hits: number;
    readonly faults: number;
    readonly tableBytes: number;
    readonly swapUsed: number;
    readonly tlbHits: number;
    readonly tlbMisses: number;
    /** Pages copied because one of their owners wrote, and frames given back because others had the same bytes. */
    readonly copies: number;
    readonly mergedPages: number;
  };
  /** The process whose rows, regions and tables these are. */
  readonly process: string;
  readonly processes: readonly ProcessRow[];
  readonly regions: readonly RegionRow[];
  /** The root first; empty for a flat or inverted table. */
  readonly tables: readonly TableNodeRow[];
  /** Null without a lookaside buffer. */
  readonly tlb: readonly TlbViewRow[] | null;
  readonly swap: readonly SwapRow[];
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

/** One cell of a pool's grid; `count` is 1 unless the pool is too large to draw block by block. */
export interface PoolCell {
  readonly first: number;
  readonly count: number;
  readonly used: number;
  readonly address: string;
  /** Bytes from `address` to the end of its last block. */
  readonly size: number;
  readonly handle: string | null;
  readonly line: number | null;
  /** 1-based place in the order of handing out; 1 is next. */
  readonly listPlace: number | null;
  readonly changed: ChangeKind | null;
}

/** One slab of a cache. */
export interface SlabView {
  readonly index: number;
  readonly address: string;
  readonly state: "empty" | "partial" | "full";
  readonly used: number;
  readonly objects: number;
  /** Bytes by which its objects are shifted. */
  readonly colour: number;
  /** How many cells are its own; slabs follow each other in `cells`. */
  readonly cells: number;
}

export interface PoolView {
  readonly name: string;
  readonly kind: "pool" | "slab";
  readonly base: string;
  readonly blockSize: number;
  readonly count: number;
  /** Null for slab caches, whose slabs have lists of their own. */
  readonly order: "lifo" | "fifo" | null;
  readonly usedBlocks: number;
  readonly freeBlocks: number;
  readonly peakUsed: number;
  readonly cells: readonly PoolCell[];
  /** By state, partial ones first, and within a state by address; none for pools. */
  readonly slabs: readonly SlabView[];
  /** How many slabs there are in each state. */
  readonly slabCounts: Readonly<Record<SlabView["state"], number>>;
  /** Slabs too many to draw. */
  readonly hiddenSlabs: number;
}

/** Samples over steps, one column an array, by ascending step. Bytes, summed over heaps; `largest` is their maximum. */
export interface SeriesView {
  /** Whether any sample saw a heap, or references to pages. */
  readonly hasHeap: boolean;
  readonly hasPaging: boolean;
  readonly steps: readonly number[];
  readonly used: readonly number[];
  readonly free: readonly number[];
  readonly largest: readonly number[];
  /** External fragmentation, 0 to 1. */
  readonly fragmentation: readonly number[];
  /** Most bytes in use so far. */
  readonly peak: readonly number[];
  /** Page faults so far. */
  readonly faults: readonly number[];
  /** Share of the references so far that found their page in a frame, 0 to 1. */
  readonly hitRate: readonly number[];
}

export interface ProblemView {
  readonly id: string;
  readonly severity: "error" | "warning" | "information";
  readonly title: string;
  readonly message: string;
  readonly advice: string;
  readonly line: number;
  readonly step: number;
  readonly related: readonly { readonly line: number; readonly message: string }[];
}

export interface StepView {
  /** Steps executed; 0 before the first. */
  readonly position: number;
  /** Furthest step known. */
  readonly reached: number;
  /** Steps of the whole run; null while nobody has seen its end. */
  readonly total: number | null;
  readonly finished: boolean;
  /** Line of the step just executed, null at the start. */
  readonly line: number | null;
  readonly text: string;
  readonly story: string;
  /** Line that runs next, null at the end. */
  readonly nextLine: number | null;
  /** Of the step just executed. */
  readonly problems: readonly ProblemView[];
  /** Of the whole run so far. */
  readonly problemCount: number;
  /** Steps with problems, ascending, for marks on the time line. */
  readonly problemSteps: readonly number[];
  /** Steps at which lines with breakpoints ran first, where known. */
  readonly breakpointSteps: readonly number[];
}

/** What there is at this step, whether or not it is drawn. */
export interface Contents {
  /** Names. */
  readonly heaps: readonly string[];
  /** Names. */
  readonly pools: readonly string[];
  readonly pages: boolean;
  readonly caches: boolean;
  /** Whether any step of the run had a heap, whose bytes make a curve. */
  readonly curve: boolean;
}

/** One step. Parts that no shown view draws are empty or null; `parts` names those that are not. */
export interface Snapshot {
  /** The script's name, for the heading. */
  readonly title: string;
  /** Another number, another run: what was asked about the whole run before is out of date. */
  readonly run: number;
  /** A run in progress takes no commands but pause. */
  readonly running: boolean;
  readonly step: StepView;
  readonly contents: Contents;
  readonly parts: readonly SnapshotPart[];
  readonly heaps: readonly HeapView[];
  readonly pools: readonly PoolView[];
  readonly pages: PagesView | null;
  /** Null without caches. */
  readonly caches: CachesView | null;
  readonly series: SeriesView;
}
