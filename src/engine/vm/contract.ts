import type { FrameNumber, PageNumber, PhysicalAddress, VirtualAddress } from "../address";
import type { ByteStoreContract } from "../bytes/ByteStore";
import type { EventLog } from "../events";
import type { AddressSpace, Growth } from "./AddressSpace";
import type { ReplacementPolicy } from "../replacement/contract";
import type { PageTables } from "./PageTables";
import type { Segment } from "./segments";
import type { TableFormat } from "./tableFormats";
import type { Tlb, TlbOptions } from "./Tlb";
import type { Pager } from "./Pager";
import type { InvertedTable } from "./InvertedTable";

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
  readonly tlb: TlbOptions | null;
}

export interface PageTableEntry {
  readonly vpn: PageNumber;
  /** Null when the page is not present. */
  readonly pfn: FrameNumber | null;
  /** Swap slot of a page that is not present, or null. */
  readonly slot: number | null;
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
  | (Page & { readonly reason: "protection-fault"; readonly flags: number })
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
  /** Null without a lookaside buffer. */
  readonly tlbHit: boolean | null;
  /** The page was copied first, because it was shared copy-on-write. */
  readonly copied: boolean;
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

/** Address spaces over physical frames. Results that are mistakes carry their reason; nothing here throws for one. */
export interface VirtualMemoryContract {
  readonly options: VirtualMemoryOptions;
  readonly log: EventLog;
  /** Physical memory, addressed by physical address; swap slots lie behind the last frame. */
  readonly physical: ByteStoreContract;
  readonly pager: Pager;
  readonly tlb: Tlb | null;
  /** Where the key of the page of each reference is noted (see `pageKey`), for policies that look ahead; null: nowhere. */
  recorder: number[] | null;
  readonly invertedTable: InvertedTable | null;
  /** Mapped pages of the current space. */
  readonly mappedPages: number;
  readonly freeFrames: number;
  readonly current: AddressSpace;
  readonly spaces: readonly AddressSpace[];
  readonly tables: PageTables;
  /** What decides about the frames of the current space; null without replacement. */
  readonly policy: ReplacementPolicy | null;
  spaceNamed(name: string): AddressSpace | undefined;

  /** Starts a process; `quota` counts for local allocation. */
  createSpace(name: string, quota: number): SpaceFailure;
  /** Makes the named space current. */
  switchTo(name: string): SpaceFailure;
  /** A child of the current space with the same pages, copied when written. */
  fork(name: string): SpaceFailure;
  /** Ends a process; when it is the current one, the oldest other becomes current. The last one cannot end. */
  exitSpace(name: string): SpaceFailure;
  /**
   * False when it overlaps another region of the current space or its name is taken. A guard takes the pages away that are
   * mapped there, with their bytes, as MADV_GUARD_INSTALL of Linux does; a huge page goes as a whole.
   */
  addRegion(request: RegionRequest): boolean;
  /** Moves a region's end (or start, for one that grows down) by pages; false when another region is in the way. */
  growRegion(name: string, pages: number): boolean;

  /** Maps a page of the current space; without a frame the lowest free one is chosen (with demand paging: at the first touch). */
  map(vpn: number, flags: number, pfn?: number, order?: number): MapFailure;
  /** Returns false when the page is not mapped. */
  unmap(vpn: number): boolean;
  /** Replaces the permission bits; false when the page is not mapped. */
  protect(vpn: number, flags: number): boolean;
  /** Checks and counts one reference as hardware would: sets accessed and dirty bits, counts hit or fault. */
  access(address: number, kind: AccessKind): AccessOutcome;
  /**
   * `access` for many references: the physical address with the facts in `touched`, or -1 with the reason in `fault`. It
   * makes no object, and a hit leaves no event.
   */
  touch(address: number, kind: AccessKind): number;
  /** Of the last reference that led to an address; `evicted` is -1 without one. */
  readonly touched: Omit<Touch, "evicted"> & { readonly page: number; readonly evicted: number };
  /** Of the last reference that did not. */
  readonly fault: Fault | null;
  /** The walk of a `translate` statement: counted as a reference, hit or fault; no permission check, no bits set. */
  reference(address: number): AccessOutcome;
  /** The same walk without any effect at all, for hovers and views. */
  translate(address: number): TranslationOutcome;
  /** Merges frames with equal bytes; returns how many were given back. */
  mergeEqualPages(): number;
  /** Gives the current space its segments. */
  setSegments(segments: readonly Segment[]): void;
  /** Gives the processor another lookaside buffer, empty. */
  useTlb(options: TlbOptions): void;

  /** The entry that covers a page of the current space. */
  entry(vpn: number): PageTableEntry | undefined;
  /** The latest page mapped to a frame, of whatever space, if any. */
  pageOfFrame(pfn: number): PageNumber | undefined;
  /** Entries of a space, the current one when none is given, by ascending page number. */
  entries(space?: AddressSpace): IterableIterator<PageTableEntry>;
  virtualAddress(vpn: PageNumber, offset: number): VirtualAddress;
  /** Bytes at virtual addresses of the current space as far as pages have any, wherever they are. Never counts. */
  peek(address: number, length: number): Uint8Array | undefined;
  /**
   * Where the byte of an address is in `physical` now, in a frame or a swap slot; -1 when its page was never touched. Of the
   * current space when none is given.
   */
  locate(address: number, space?: AddressSpace): number;
  stats(): VirtualMemoryStats;
  checkInvariants(): string[];
  snapshot(): VirtualMemorySnapshot;
  restore(snapshot: VirtualMemorySnapshot): void;
}
