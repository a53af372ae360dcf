import type { FrameNumber, PageNumber, PhysicalAddress } from "../address";
import type { Growth } from "./AddressSpace";
import type { Denial } from "./processor";
import type { Segment } from "./segments";
import type { TableFormat } from "./tableFormats";
import type { EntryFault } from "./tableWalk";
import type { TlbOptions } from "./Tlb";

export { pageFlags, permissionMask } from "./tableFormats";

export interface VirtualMemoryOptions {
  /** Bytes of a page and of a frame; any positive whole number (powers of two let offsets be bit fields). */
  readonly pageSize: number;
  /** Frames of physical memory. */
  readonly frames: number;
  /** Pages of the virtual address space. */
  readonly pages: number;
  readonly format: TableFormat;
  /** One hashed entry a frame instead of a table a process. */
  readonly inverted: boolean;
  /** Without paging an address goes through segments alone. */
  readonly paging: boolean;
  /** Bytes of the virtual address space that segments divide. */
  readonly segmentSpace: number;
  /** A touched page without a frame gets one; otherwise that is a page fault and nothing more. */
  readonly demand: boolean;
  /** Whether a process that reached its quota of frames evicts its own pages. */
  readonly allocation: "global" | "local";
  /** Slots of swap space; Infinity: a backing store without bound. */
  readonly swapSlots: number;
  /** Bytes of the compressed pool in front of swap space; 0: none. */
  readonly compressedBytes: number;
  /** Whether memory has bytes; traces do without. */
  readonly bytes: boolean;
  /** MAXPHYADDR, 32 to 52: x86 reserves the bits of an entry from there to bit 51. */
  readonly physicalBits: number;
  readonly tlb: TlbOptions | null;
}

export interface PageTableEntry {
  readonly vpn: PageNumber;
  /** Null when the page is not present. */
  readonly pfn: FrameNumber | null;
  /** Swap slot of a page that is not present, or null. */
  readonly slot: number | null;
  /** Of a page that is not present: it had a frame before. A clean one of zeros has no slot then. */
  readonly evicted: boolean;
  /** Bits of {@link pageFlags}. */
  readonly flags: number;
  /** The page spans 2^order pages of the least size. */
  readonly order: number;
}

export type AccessKind = "read" | "write" | "execute";

export type MapFailure =
  | { readonly reason: "none" }
  | { readonly reason: "already-mapped"; readonly pfn: FrameNumber | null }
  /** `vpn` is null when the frame holds a page table. */
  | { readonly reason: "frame-in-use"; readonly vpn: PageNumber | null }
  | { readonly reason: "invalid-frame" }
  | { readonly reason: "invalid-page" }
  /** A huge page's number or frame is not a multiple of its size, or the format has no such pages. */
  | { readonly reason: "misaligned"; readonly unit: number }
  | { readonly reason: "no-huge-pages" }
  /** Nothing can be mapped where a guard is. */
  | { readonly reason: "guard-page"; readonly region: string }
  /** An inverted table has one page for a frame. */
  | { readonly reason: "cannot-share" }
  | { readonly reason: "out-of-frames" }
  | { readonly reason: "out-of-swap" };

interface Page {
  readonly vpn: PageNumber;
}

/** Where an address leads, or why nowhere. */
export type TranslationOutcome = (Page & { readonly reason: "none"; readonly physical: PhysicalAddress }) | Fault;

/** What a reference did. */
export type AccessOutcome = (Page & { readonly reason: "none"; readonly physical: PhysicalAddress } & Touch) | Fault;

export type Fault =
  | (Page & { readonly reason: "page-fault" })
  /** `flags` are those of all levels. Without a rule the page does not permit this kind of access. */
  | (Page & {
      readonly reason: "protection-fault";
      readonly flags: number;
      readonly rule?: Denial | "segment";
    })
  /** The walk ends at an entry that is not valid, reserved or leads out of memory. */
  | (Page & { readonly reason: "bad-entry" } & EntryFault)
  /** Svade: the accessed or dirty bit would have to be set. */
  | (Page & { readonly reason: "clear-bit"; readonly bit: "A" | "D" })
  /** The address does not repeat its sign bit, `signBit`, up to bit 63. */
  | (Page & { readonly reason: "non-canonical"; readonly signBit: number })
  /** The page number lies beyond the address space. */
  | (Page & { readonly reason: "invalid-page" })
  /** No segment, or beyond its limit. */
  | (Page & {
      readonly reason: "segment-violation";
      readonly index: number;
      readonly segment: Segment | undefined;
      readonly offset: number;
    })
  /** The space has regions and the page is in none of them. */
  | (Page & { readonly reason: "no-region" })
  | (Page & { readonly reason: "guard-page"; readonly region: string })
  | (Page & { readonly reason: "out-of-frames" })
  | (Page & { readonly reason: "out-of-swap" });

/** What a successful reference went through. */
export interface Touch {
  /** The page had to get a frame first. */
  readonly faulted: boolean;
  /** The page evicted for it. */
  readonly evicted: PageNumber | null;
  /** Number of the address space that the evicted page belongs to; of the first one of a shared page. */
  readonly evictedFrom: number | null;
  /** Null without a lookaside buffer. */
  readonly tlbHit: boolean | null;
  /** The page was copied first, because it was shared copy-on-write. */
  readonly copied: boolean;
}

/** A translation that the lookaside buffer remembers though the page table says otherwise. */
export interface StaleTranslation {
  /** Frame and permissions of the page as remembered, in an entry of 2^order pages from `first` on. */
  readonly frame: number;
  readonly flags: number;
  readonly first: number;
  readonly order: number;
  /** What the page table has instead. */
  readonly now:
    | { readonly kind: "none" }
    | { readonly kind: "frame"; readonly frame: number }
    | { readonly kind: "denied"; readonly flags: number };
}

/** DESIGN: STATS of a vm, and the counts of what came with demand paging. Without it the last ones stay 0. */
export interface VirtualMemoryStats {
  readonly references: number;
  readonly hits: number;
  readonly faults: number;
  readonly evictions: number;
  readonly writebacks: number;
  readonly swapIns: number;
  readonly swapOuts: number;
  readonly tlbHits: number;
  readonly tlbMisses: number;
  /** Pages copied because one of their owners wrote. */
  readonly copies: number;
  /** Frames given back because another held the same bytes. */
  readonly mergedPages: number;
  readonly usedFrames: number;
  readonly freeFrames: number;
  /** Bytes of all page tables. */
  readonly tableBytes: number;
  readonly swapUsed: number;
  /** Bytes of the compressed pool in use, and how many times smaller its pages became. */
  readonly compressedBytes: number;
  readonly compressionRatio: number;
}

export interface VirtualMemorySnapshot {
  readonly kind: "vm";
}

export type SpaceFailure = "none" | "exists" | "unknown" | "last" | "cannot-share" | "out-of-frames" | "out-of-swap";

/** Where a new region goes and how it may grow. Page numbers. */
export interface RegionRequest {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly flags: number;
  readonly growth: Growth;
  /** How far down it may grow by itself. */
  readonly lowest: number;
  readonly isGuard: boolean;
}
