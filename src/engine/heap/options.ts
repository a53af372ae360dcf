import type { CoalesceMode, ListOrder, PlacementOptions, Rounding } from "./placementOptions";
import { policies, type HeapPolicy } from "./policies";

export const heapPolicies = Object.keys(policies) as readonly HeapPolicy[];

/**
 * How far a growing heap extends: by the least multiple of `grow` that serves (as dlmalloc rounds to its granularity),
 * or by `grow` or the whole block needed, whichever is larger, and not at all when that passes `max` (CS:APP).
 */
export const growthModes = ["multiple", "minimum"] as const;
export type GrowthMode = (typeof growthModes)[number];

/** Whether `realloc` resizes in place where it can, or always allocates, copies and frees (CS:APP's mm_realloc). */
export const reallocModes = ["in-place", "move"] as const;
export type ReallocMode = (typeof reallocModes)[number];

/** How a heap is laid out and how it chooses, splits and merges blocks. Every size is in bytes. */
export interface HeapOptions extends PlacementOptions {
  readonly name: string;
  /** Bytes at the start. */
  readonly size: number;
  readonly policy: HeapPolicy;
  readonly growth: GrowthMode;
  /** Largest size it may grow to. */
  readonly max: number;
  /**
   * Bytes of the free block at the end from which a growing heap gives memory back: whole steps of `grow`, down to its
   * size at the start. glibc's M_TRIM_THRESHOLD. Null: it gives nothing back.
   */
  readonly trim: number | null;
  readonly realloc: ReallocMode;
  /**
   * Guard bytes before and after each payload, filled with a pattern where the heap keeps bytes. A multiple of `align`
   * (see {@link redZoneSize}).
   */
  readonly redzone: number;
  /** What a fresh payload is filled with, null: with nothing. */
  readonly fresh: number | null;
  /** What a freed payload is filled with, null: with nothing. */
  readonly freed: number | null;
  /** Bytes of freed blocks, headers included, that wait before they are used again; 0: none. */
  readonly quarantine: number;
  /** Whether the heap keeps simulated bytes (headers, payloads). Trace replay does without: traces carry no bytes. */
  readonly bytes: boolean;
}

/** The requested size of a red zone, rounded up to the heap's alignment, as Valgrind rounds `--redzone-size`. */
export function redZoneSize(requested: number, align: number): number {
  return Math.ceil(requested / align) * align;
}

/**
 * The options as placement sees them: red zones are overhead like header and footer, and a policy need only know where
 * in a block the payload lies.
 */
export function layoutOptions(options: HeapOptions): HeapOptions {
  const { header, footer, redzone } = options;
  return { ...options, header: header + redzone, footer: footer + redzone };
}

/** The list orders that the policy can be combined with. */
export function ordersOf(policy: HeapPolicy): readonly ListOrder[] {
  return policies[policy].orders;
}

/** The coalescing modes that the policy can be combined with. */
export function coalesceModesOf(policy: HeapPolicy): readonly CoalesceMode[] {
  return policies[policy].modes;
}

/** The roundings that the policy can be combined with. */
export function roundingsOf(policy: HeapPolicy): readonly Rounding[] {
  return policies[policy].roundings ?? ["request"];
}

/** The options with each choice that the policy cannot be combined with replaced by the policy's own. */
export function effectiveOptions(options: HeapOptions): HeapOptions {
  const { orders, modes } = policies[options.policy];
  const order = orders.includes(options.order) ? options.order : orders[0];
  const coalesce = modes.includes(options.coalesce) ? options.coalesce : modes[0];
  const rounding = roundingsOf(options.policy).includes(options.rounding) ? options.rounding : "request";
  return { ...options, order, coalesce, rounding };
}
