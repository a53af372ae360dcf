import { toHex } from "../../engine/address";
import type { AllocFailure, FreeFailure } from "../../engine/heap/contract";
import type { Fault } from "../../engine/vm/contract";
import { traceRefusalText, type TraceRefusal } from "../../trace/refusals";
import type { ReplayedKind } from "./report";

/** Why an operation could not be replayed as it was recorded: because of the trace, or of the heap. */
export type ReplayRefusal =
  | TraceRefusal
  /** The heap has no room for the requested bytes. */
  | { readonly kind: "no-room"; readonly size: number; readonly failure: AllocFailure }
  /** The heap does not free a block that it gave: a fault of ours. */
  | { readonly kind: "not-freed"; readonly reason: FreeFailure["reason"] };

/** An operation that could not be replayed as it was recorded. `line` is 0-based. */
export interface RefusedOperation {
  readonly line: number;
  readonly op: ReplayedKind;
  readonly refusal: ReplayRefusal;
}

/** A page that the virtual memory refused. `line` is 0-based. */
export interface RefusedReference {
  readonly line: number;
  readonly address: number;
  readonly page: number;
  readonly reason: Fault["reason"];
}

export function refusedOperationText({ op, refusal }: RefusedOperation): string {
  return `${op}: ${refusalText(refusal)}.`;
}

export function refusedReferenceText({ address, page, reason }: RefusedReference): string {
  return `reference to ${toHex(address)} (page ${page}): ${reason}.`;
}

function refusalText(refusal: ReplayRefusal): string {
  switch (refusal.kind) {
    case "no-room":
      return `the heap has no room for ${refusal.size} bytes (${refusal.failure})`;
    case "not-freed":
      return `the heap refused to free its own block (${refusal.reason})`;
    default:
      return traceRefusalText(refusal);
  }
}
