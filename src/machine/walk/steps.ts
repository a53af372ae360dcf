import type { Phrase } from "../../language/phrases";
import type { CachePlace } from "../../engine/cache/contract";
import type { BlockState } from "../../engine/heap/blocks";
import type { AccessKind } from "../../engine/vm/contract";
import type { FaultCode } from "../../engine/vm/faultCode";
import type { Area } from "../../engine/vm/AddressSpace";
import type { ProcessorMode } from "../../engine/vm/processor";
import type { Segment } from "../../engine/vm/segments";

/** A part of an address; `bits` is null when page sizes are no powers of two, so that parts are no bit fields. */
export interface AddressField {
  readonly name: string;
  readonly bits: string | null;
  readonly value: number;
}

/** One entry of an inverted page table that a lookup looks at. */
export interface ProbedEntry {
  readonly frame: number;
  /** Of the process. */
  readonly owner: string;
  readonly vpn: number;
  readonly found: boolean;
}

/** Whether a kind of access is permitted, and what the hardware says where it is not and has a word for it. */
export interface AccessRight {
  readonly access: AccessKind;
  readonly permitted: boolean;
  readonly code: FaultCode | null;
}

/** One thing that happens on the way of an address. */
export type WalkStep =
  | { readonly kind: "split"; readonly address: number; readonly fields: readonly AddressField[] }
  | { readonly kind: "segment"; readonly segment: Segment; readonly linear: number }
  | {
      readonly kind: "tlb";
      readonly hit: boolean;
      readonly set: number;
      readonly sets: number;
      /** What a buffer that is not coherent has for the page; `isStale`: the page table says otherwise. */
      readonly remembered?: { readonly frame: number; readonly flags: number; readonly isStale: boolean };
    }
  | {
      readonly kind: "entry";
      /** What the manual calls the table. */
      readonly table: string;
      /** Frame of the table, and the entry's physical address; null for a table outside physical memory. */
      readonly frame: number | null;
      readonly address: number | null;
      readonly index: number;
      /** The entry as it is in memory, in hexadecimal, with all its digits. */
      readonly word: string;
      /** Names of the bits that are set. */
      readonly bits: readonly string[];
      readonly leads: "table" | "page" | "nowhere";
      /** Frame of the table below or of the page; null where it leads nowhere. */
      readonly to: number | null;
    }
  | { readonly kind: "bucket"; readonly bucket: number; readonly probes: readonly ProbedEntry[] }
  | {
      readonly kind: "frame";
      readonly frame: number;
      /** The page spans 2^order pages of the least size. */
      readonly order: number;
      readonly flags: number;
      /** Pages of all processes that have this frame. */
      readonly owners: number;
      readonly physical: number;
    }
  /** What the processor's mode permits of a page, where no kind of access was asked for; a code where it refuses. */
  | {
      readonly kind: "mode";
      readonly mode: ProcessorMode;
      readonly rights: readonly AccessRight[];
    }
  /** Without paging: the byte in physical memory. */
  | { readonly kind: "memory"; readonly physical: number }
  /** `packed` bytes in the compressed pool; null on the device. */
  | { readonly kind: "swap"; readonly slot: number; readonly packed: number | null }
  /** Mapped, but never touched, or evicted before a byte was written: it reads as zeros. */
  | { readonly kind: "untouched"; readonly evicted: boolean }
  /** A cache on the way to the byte: where its line belongs there, and whether the cache has it. */
  | { readonly kind: "cache"; readonly name: string; readonly place: CachePlace }
  | { readonly kind: "region"; readonly area: Readonly<Area> }
  | {
      readonly kind: "block";
      readonly region: string;
      readonly state: BlockState;
      readonly start: number;
      readonly handle: string | null;
      /** 0-based line of the allocation. */
      readonly line: number | null;
    };

/** How a walk ends. `fix` names the statement that would help, as a sentence. */
export type WalkEnd =
  | { readonly kind: "reached"; readonly physical: number }
  | {
      readonly kind: "stopped";
      readonly at: Phrase;
      readonly why: Phrase;
      readonly fix: Phrase;
      /** What the hardware says of an access that stops there, where tables are those of a processor. */
      readonly code?: FaultCode;
    };

export interface AddressWalk {
  readonly address: number;
  readonly process: string;
  readonly steps: readonly WalkStep[];
  readonly end: WalkEnd;
}
