import type { FrameNumber, PageNumber, PhysicalAddress, VirtualAddress } from "../address";
import type { EventLog } from "../events";
import type { ByteStoreContract } from "../bytes/ByteStore";

export interface VirtualMemoryOptions {
  /** Bytes of a page and of a frame; any positive whole number (powers of two let offsets be bit fields). */
  readonly pageSize: number;
  /** Frames of physical memory. */
  readonly frames: number;
  /** Pages of the virtual address space. */
  readonly pages: number;
}

/** Bits of a page-table entry. The low nibble is what a script says with `rwxu`. */
export const pageFlags = { read: 1, write: 2, execute: 4, user: 8, accessed: 16, dirty: 32 } as const;
export const permissionMask = 15;

export interface PageTableEntry {
  readonly vpn: PageNumber;
  readonly pfn: FrameNumber;
  /** Bits of {@link pageFlags}. An entry that exists is valid. */
  readonly flags: number;
}

export type AccessKind = "read" | "write" | "execute";

export type MapFailure =
  | { readonly reason: "none" }
  | { readonly reason: "already-mapped"; readonly pfn: FrameNumber }
  | { readonly reason: "frame-in-use"; readonly vpn: PageNumber }
  | { readonly reason: "invalid-frame" }
  | { readonly reason: "invalid-page" }
  | { readonly reason: "out-of-frames" };

export type AccessOutcome =
  | { readonly reason: "none"; readonly physical: PhysicalAddress; readonly vpn: PageNumber }
  | { readonly reason: "page-fault"; readonly vpn: PageNumber }
  | { readonly reason: "protection-fault"; readonly vpn: PageNumber; readonly flags: number }
  /** The page number lies beyond the address space. */
  | { readonly reason: "invalid-page"; readonly vpn: PageNumber };

/** DESIGN: STATS of a vm. Without demand paging the last ones stay 0. */
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
}

export interface VirtualMemorySnapshot {
  readonly kind: "vm";
}

/** A flat page table over physical frames. */
export interface VirtualMemoryContract {
  readonly options: VirtualMemoryOptions;
  readonly log: EventLog;
  /** Physical memory, addressed by physical address. */
  readonly physical: ByteStoreContract;
  readonly mappedPages: number;
  readonly freeFrames: number;
  /** Maps a page; without a frame the lowest free one is chosen. The frame's number is `entry(vpn).pfn` afterwards. */
  map(vpn: number, flags: number, pfn?: number): MapFailure;
  /** Returns false when the page is not mapped. */
  unmap(vpn: number): boolean;
  /** Replaces the permission bits; false when the page is not mapped. */
  protect(vpn: number, flags: number): boolean;
  /** Checks and counts one reference as hardware would: sets accessed and dirty bits, counts hit or fault. */
  access(address: number, kind: AccessKind): AccessOutcome;
  /** The walk of a `translate` statement: counted as a reference, hit or fault; no permission check, no bits set. */
  reference(address: number): AccessOutcome;
  /** The same walk without any effect at all, for hovers and views. */
  translate(address: number): AccessOutcome;
  entry(vpn: number): PageTableEntry | undefined;
  /** The page mapped to a frame, if any. */
  pageOfFrame(pfn: number): PageNumber | undefined;
  /** Entries by ascending page number. */
  entries(): IterableIterator<PageTableEntry>;
  virtualAddress(vpn: PageNumber, offset: number): VirtualAddress;
  stats(): VirtualMemoryStats;
  checkInvariants(): string[];
  snapshot(): VirtualMemorySnapshot;
  restore(snapshot: VirtualMemorySnapshot): void;
}
