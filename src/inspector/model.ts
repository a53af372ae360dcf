import type { EventEffect } from "../engine/events";
import type { BlockState } from "../engine/heap/blocks";
import type { HeapStats } from "../engine/heap/contract";
import type { FixedSizeStats } from "../engine/pool/contract";
import type { SnapshotPart, SnapshotParts } from "./parts";

/**
 * What the Memory Inspector shows, as plain data that survives `postMessage`. Addresses are hexadecimal strings;
 * drawings use offsets from a region's start, which are numbers. Lines are 0-based, as everywhere inside.
 */

/** What the last step did to a block, page or pool block; the strongest one when there were several. */
export type ChangeKind = EventEffect;

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

export type HeapSegment = BlockSegment | GroupSegment;

/** One entry of the free list; each links to the next one of the array. */
export interface FreeEntry {
  readonly address: string;
  readonly offset: number;
  readonly size: number;
}

/** One list of free blocks of at least `least` bytes and less than `below`; `index` counts empty lists, too. */
export interface StructureRow {
  readonly index: number;
  readonly least: number;
  readonly below: number;
  readonly blocks: number;
  /** In list order; may be the first part of a longer list. */
  readonly addresses: readonly string[];
}

/** 32 bins: a bit for each that has blocks, the lowest for the smallest; `least` is what that one holds, headers not counted. */
export interface BinWord {
  readonly least: number;
  readonly bits: number;
}

interface Rows<Kind extends string> {
  readonly kind: Kind;
  /** By ascending size. Lists that are empty are left out. */
  readonly rows: readonly StructureRow[];
}

/** What the policy keeps free blocks in, besides the list of all. */
export type StructureView =
  | Rows<"list">
  | (Rows<"bins"> & { readonly words: readonly BinWord[] })
  /** Lists for exact sizes; larger free blocks are in a separate list. */
  | Rows<"quick">
  /** `roots` have no buddies: all blocks are halves of halves of them. */
  | (Rows<"buddy"> & {
      readonly smallest: number;
      readonly roots: readonly { readonly address: string; readonly size: number }[];
    })
  | (Rows<"arena"> & { readonly pointer: string; readonly deadBlocks: number; readonly deadBytes: number });

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
  readonly stats: HeapStats;
  /** In address order, without gaps. */
  readonly segments: readonly HeapSegment[];
  /** In list order; may be the first part of a longer list. */
  readonly freeList: readonly FreeEntry[];
  readonly freeListTotal: number;
  readonly structure: StructureView;
  /** One past the last byte of the last used block, from the heap's start: what is worth looking at first. */
  readonly interesting: number;
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
  readonly count: number;
  readonly stats: FixedSizeStats;
  /** Null for slab caches, whose slabs have lists of their own. */
  readonly order: "lifo" | "fifo" | null;
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

/** One step. Parts that no shown view draws are empty or null; `parts` names those that are not. */
export interface PanelSnapshot extends SnapshotParts {
  /** The script's name, for the heading. */
  readonly title: string;
  /** Another number, another run: what was asked about the whole run before is out of date. */
  readonly run: number;
  /** A run in progress takes no commands but pause. */
  readonly running: boolean;
  readonly step: StepView;
  /** Parts that have something to draw at this step, whether or not it was sent. */
  readonly contents: readonly SnapshotPart[];
  /** Parts that were built. */
  readonly parts: readonly SnapshotPart[];
}
