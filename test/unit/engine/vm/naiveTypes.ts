import type { FrameBits } from "../../../../src/engine/replacement/contract";
import type { TlbOptions } from "../../../../src/engine/vm/Tlb";
import type { NaivePolicy } from "./naivePolicies";

export interface NaiveOptions {
  readonly frames: number;
  readonly pages: number;
  readonly pageSize: number;
  readonly demand: boolean;
  readonly allocation: "global" | "local";
  readonly swapSlots: number;
  readonly poolBytes: number;
  readonly compress: (bytes: Uint8Array) => Uint8Array;
  readonly tlb: TlbOptions | null;
  /** Levels of the page table with two index bits each; 1: a flat table, which takes no frames. */
  readonly levels: number;
  readonly makePolicy: ((bits: FrameBits) => NaivePolicy) | null;
}

/** What pages hold. Two pages with the same content see each other's writes, or are copies on write. */
export interface Content {
  bytes: number[];
}

export interface Entry {
  readonly process: Process;
  readonly vpn: number;
  flags: number;
  /** Since it came in first, of a page that is out. */
  wasEvicted: boolean;
  frame: number | null;
  slot: number | null;
  content: Content;
}

export interface Process {
  readonly id: number;
  readonly name: string;
  readonly quota: number;
  readonly pages: Map<number, Entry>;
  /** Frames of page tables by `level:part of the page number`. */
  readonly tables: Map<string, number>;
  readonly policy: NaivePolicy | null;
}

export interface Frame {
  /** The latest first. */
  entries: Entry[];
  slot: number | null;
  /** Bits of entries that left. */
  kept: number;
  holder: Entry | null;
}
