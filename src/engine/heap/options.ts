/** How a heap is laid out and how it chooses, splits and merges blocks. Every size is in bytes. */

/** Which free block serves a request (Knuth, TAOCP vol. 1, 2.5; OSTEP chapter 17). */
export const fitPolicies = ["first-fit", "next-fit", "best-fit", "worst-fit"] as const;
export type FitPolicy = (typeof fitPolicies)[number];

/**
 * Every policy: the fits above, and those with structures of their own: `quick-fit` (QuickFitPlacement), `run-fit`
 * (RunFitPlacement), `segregated` and `tlsf` (BinPlacement, sizeClasses), `buddy` (BuddyPlacement), `bump` (BumpPlacement).
 */
export const heapPolicies = [...fitPolicies, "quick-fit", "run-fit", "segregated", "tlsf", "buddy", "bump"] as const;
export type HeapPolicy = (typeof heapPolicies)[number];

/** Where a freed block enters the free list. `size-*` re-sort the list stably at each free, as OSTEP's SIZESORT does. */
export const listOrders = ["address", "lifo", "fifo", "size-asc", "size-desc"] as const;
export type ListOrder = (typeof listOrders)[number];

/**
 * When neighbouring free blocks become one: at each free (`immediate`, boundary tags), when an allocation would fail
 * or on `coalesce` (`deferred`), only on `coalesce` (`never`), or by one left-to-right pass over the list in its
 * current order at each free (`list-pass`, OSTEP's malloc.py -C).
 */
export const coalesceModes = ["immediate", "deferred", "never", "list-pass"] as const;
export type CoalesceMode = (typeof coalesceModes)[number];

/**
 * How far a growing heap extends: by the least multiple of `grow` that serves (as dlmalloc rounds to its granularity),
 * or by `grow` or the whole block needed, whichever is larger, and not at all when that passes `max` (CS:APP).
 */
export const growthModes = ["multiple", "minimum"] as const;
export type GrowthMode = (typeof growthModes)[number];

/** Whether `realloc` resizes in place where it can, or always allocates, copies and frees (CS:APP's mm_realloc). */
export const reallocModes = ["in-place", "move"] as const;
export type ReallocMode = (typeof reallocModes)[number];

export interface HeapOptions {
  readonly name: string;
  /** Address of the heap's first byte. */
  readonly base: number;
  /** Bytes at the start. */
  readonly size: number;
  readonly policy: HeapPolicy;
  readonly order: ListOrder;
  readonly coalesce: CoalesceMode;
  /** Bytes before each payload: 32 holds size, flags, next and prev, 8 each; smaller ones hold as many fields as fit. */
  readonly header: number;
  /** Bytes after each payload: a copy of the size (boundary tag). */
  readonly footer: number;
  /**
   * Requests are rounded up to a multiple of this. Payloads are aligned to it too whenever header + footer is a
   * multiple of it and the base is aligned (then the first block is shifted so that header + payload falls right);
   * otherwise only the size is rounded, exactly as in OSTEP's malloc.py -a.
   */
  readonly align: number;
  /** Smallest block, header and footer included; a remainder below it is not split off. */
  readonly min: number;
  /**
   * Bytes by which the heap extends when no free block fits or its last block is to grow, as sbrk does (see `growth`);
   * 0: it does not grow.
   */
  readonly grow: number;
  readonly growth: GrowthMode;
  /** Largest size it may grow to. */
  readonly max: number;
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

/**
 * The size of a red zone of which `wanted` bytes were asked for: rounded up to the heap's alignment, as Valgrind rounds
 * `--redzone-size`, so that payloads stay aligned.
 */
export function redZoneSize(wanted: number, align: number): number {
  return Math.ceil(wanted / align) * align;
}

/**
 * The options as placement sees them: red zones are overhead like header and footer, and where in a block the payload
 * lies is all that a policy needs to know of the three.
 */
export function layoutOptions(options: HeapOptions): HeapOptions {
  const { header, footer, redzone } = options;
  return { ...options, header: header + redzone, footer: footer + redzone };
}

interface Choices {
  readonly orders: readonly ListOrder[];
  readonly modes: readonly CoalesceMode[];
}

const listChoices: Choices = { orders: listOrders, modes: coalesceModes };
/** What a policy can be combined with; a single choice is what its definition fixes. */
const policyChoices: Readonly<Record<HeapPolicy, Choices>> = {
  "first-fit": listChoices,
  "next-fit": listChoices,
  "best-fit": listChoices,
  "worst-fit": listChoices,
  "quick-fit": listChoices,
  "run-fit": { orders: ["address"], modes: ["immediate"] },
  segregated: { orders: ["lifo"], modes: ["immediate", "deferred", "never"] },
  tlsf: { orders: ["lifo"], modes: ["immediate"] },
  buddy: { orders: ["address", "lifo"], modes: ["immediate", "deferred", "never"] },
  bump: { orders: ["address"], modes: ["never"] },
};

/** The list orders that the policy can be combined with. */
export function ordersOf(policy: HeapPolicy): readonly ListOrder[] {
  return policyChoices[policy].orders;
}

/** The coalescing modes that the policy can be combined with. */
export function coalesceModesOf(policy: HeapPolicy): readonly CoalesceMode[] {
  return policyChoices[policy].modes;
}

/** The options with each choice that the policy cannot be combined with replaced by the policy's own. */
export function effectiveOptions(options: HeapOptions): HeapOptions {
  const { orders, modes } = policyChoices[options.policy];
  const order = orders.includes(options.order) ? options.order : orders[0];
  const coalesce = modes.includes(options.coalesce) ? options.coalesce : modes[0];
  return { ...options, order, coalesce };
}
