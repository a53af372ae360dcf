import type { EngineEvent } from "../../engine/events";
import type { Phrase } from "../../language/phrases";
import type { Problem } from "../problems/Problem";
import type { AddressWalk } from "../walk/steps";

/** What `defrag` is judged by; sizes are whole block sizes. */
export interface HoleFacts {
  readonly largestFree: number;
  readonly freeBlocks: number;
  /** 0 to 1. */
  readonly externalFragmentation: number;
}

export interface CompactedHeap {
  readonly name: string;
  readonly moves: number;
  /** Payload bytes moved. */
  readonly bytes: number;
  readonly before: HoleFacts;
  readonly after: HoleFacts;
  /** Of a heap in a process: pages that went back to the system. */
  readonly pages?: number;
}

/** A block that compaction moved, by its payload. */
export interface MovedBlock {
  readonly handle: string | null;
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** What an operation gave back; addresses are numbers here and hexadecimal strings on every wire. */
export type StepValue =
  | { readonly kind: "allocation"; readonly address: number | null; readonly size: number; readonly searched: number }
  | {
      readonly kind: "translation";
      readonly virtual: number;
      readonly physical: number | null;
      readonly hit: boolean;
      readonly fault: boolean;
      /** Page that had to leave. */
      readonly evicted: number | null;
      /** Null without a lookaside buffer. */
      readonly tlbHit: boolean | null;
      /** What `load` read, else null. */
      readonly loaded: Uint8Array | null;
      /** The whole walk of a `translate`, else null. */
      readonly walk: AddressWalk | null;
    }
  | { readonly kind: "bytes"; readonly address: number; readonly bytes: Uint8Array }
  | { readonly kind: "number"; readonly value: number }
  /** What `coalesce` did; `holes` are the first of the merged blocks. */
  | {
      readonly kind: "merges";
      readonly merges: number;
      readonly holes: readonly { readonly address: number; readonly size: number }[];
    }
  /** What `defrag` did; `moved` are the first of the moved blocks. */
  | {
      readonly kind: "compaction";
      readonly moves: number;
      readonly heaps: readonly CompactedHeap[];
      readonly moved: readonly MovedBlock[];
    }
  | { readonly kind: "text"; readonly text: string };

/** One executed line. */
export interface StepRecord {
  /** 1-based number of the step in the run. */
  readonly step: number;
  /** 0-based line. */
  readonly line: number;
  readonly text: string;
  /** The verb. */
  readonly op: string;
  /** False when this step raised a problem of severity error. */
  readonly ok: boolean;
  readonly value: StepValue | null;
  readonly events: readonly EngineEvent[];
  readonly problems: readonly Problem[];
  /** What the step did; `storyText` makes words of it and of the refusal. */
  readonly story: Phrase;
  /** The problem because of which the step did nothing else that is worth a story. */
  readonly refusal: Problem | null;
}
