import type { Address } from "../address";
import type { PatternDamage } from "../bytes/patterns";

/** Quarantined: freed, but waiting before it is free to be used again. */
export type BlockState = "used" | "free" | "quarantined";

/** One block, as data for views. `address` is where its header begins. */
export interface HeapBlock {
  readonly address: Address;
  /** Whole size, header and footer included. */
  readonly size: number;
  readonly payload: Address;
  /** Bytes asked for, 0 for free blocks. */
  readonly requested: number;
  readonly state: BlockState;
  /** The number that the caller gave at allocation (the machine's allocation id); -1 for free blocks. */
  readonly owner: number;
}

export interface HeapMove {
  readonly owner: number;
  readonly from: Address;
  readonly to: Address;
}

/** A disagreement between a header's bytes and the truth beside them. */
export interface HeaderDamage {
  readonly block: HeapBlock;
  readonly field: "size" | "flags" | "next" | "prev" | "footer";
  readonly address: Address;
  /** Bytes of the field. */
  readonly width: number;
  readonly expected: number;
  readonly found: number;
}

/** Bytes around or in a payload that should still hold the pattern that the heap wrote there. */
export interface GuardDamage extends PatternDamage {
  readonly block: HeapBlock;
  /** The red zone before or after the payload, or the payload of a block that waits in quarantine. */
  readonly zone: "before" | "after" | "freed";
}
