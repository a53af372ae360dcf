import { BinPlacement } from "./BinPlacement";
import { BuddyPlacement } from "./BuddyPlacement";
import { BumpPlacement } from "./BumpPlacement";
import { ListPlacement } from "./ListPlacement";
import type { HeapParts, Placement } from "./Placement";
import {
  coalesceModes,
  listOrders,
  roundings,
  type CoalesceMode,
  type ListOrder,
  type Rounding,
} from "./placementOptions";
import { QuickFitPlacement } from "./QuickFitPlacement";
import { RunFitPlacement } from "./RunFitPlacement";
import { segregatedClasses } from "./sizeClasses";
import { TlsfPlacement } from "./TlsfPlacement";

/** Blocks of its own class that a request looks at under `segregated`: few, so that it stays O(1). */
const segregatedProbes = 8;

interface PolicyRow {
  /** The subject of a sentence about what the policy did. */
  readonly title: string;
  /** One line for people who choose among the policies; Markdown. */
  readonly doc: string;
  /** What it can be combined with, the default first; a single choice is part of its definition. */
  readonly orders: readonly ListOrder[];
  readonly modes: readonly CoalesceMode[];
  /** `request` alone when left out. */
  readonly roundings?: readonly Rounding[];
  /** Whether every block is a power of two in size and begins at a multiple of it. */
  readonly powersOfTwo?: true;
  readonly create: (heap: HeapParts) => Placement;
}

/** Gives each row the type of a row, and the table the names of its rows. */
function table<Name extends string>(rows: Readonly<Record<Name, PolicyRow>>): typeof rows {
  return rows;
}

const anyList = { orders: listOrders, modes: coalesceModes };

/**
 * Every policy of a heap, in the order in which they are offered. A row is all that the rest of MemScript knows of a
 * policy: its names, what it can be combined with and how it is made.
 */
export const policies = table({
  "first-fit": {
    title: "First fit",
    doc: "The first free block of the list that is large enough.",
    ...anyList,
    create: (heap) => new ListPlacement(heap, "first-fit"),
  },
  "next-fit": {
    title: "Next fit",
    doc: "The first that is large enough from where the last search ended.",
    ...anyList,
    create: (heap) => new ListPlacement(heap, "next-fit"),
  },
  "best-fit": {
    title: "Best fit",
    doc: "The smallest free block that is large enough.",
    ...anyList,
    create: (heap) => new ListPlacement(heap, "best-fit"),
  },
  "worst-fit": {
    title: "Worst fit",
    doc: "The largest free block.",
    ...anyList,
    create: (heap) => new ListPlacement(heap, "worst-fit"),
  },
  "quick-fit": {
    title: "Quick fit",
    doc: "A list for each exact size of freed blocks of up to 256 bytes, then a first-fit list.",
    ...anyList,
    create: (heap) => new QuickFitPlacement(heap),
  },
  "run-fit": {
    title: "Run fit",
    doc: "Best fit that keeps requests below 256 bytes apart from larger ones.",
    orders: ["address"],
    modes: ["immediate"],
    create: (heap) => new RunFitPlacement(heap),
  },
  segregated: {
    title: "Segregated fits",
    doc: "A list for each size class; looks at up to 8 blocks of the request's own class first.",
    orders: ["lifo"],
    modes: ["immediate", "deferred", "never"],
    create: (heap) => new BinPlacement(heap, segregatedClasses, segregatedProbes),
  },
  tlsf: {
    title: "TLSF",
    doc: "A list for each size class; the first class in which every block is large enough serves.",
    orders: ["lifo"],
    modes: ["immediate"],
    roundings,
    create: (heap) => new TlsfPlacement(heap),
  },
  buddy: {
    title: "The buddy system",
    doc: "Blocks of powers of two are halved; only the halves of one block merge.",
    orders: ["address", "lifo"],
    modes: ["immediate", "deferred", "never"],
    powersOfTwo: true,
    create: (heap) => new BuddyPlacement(heap),
  },
  bump: {
    title: "The arena",
    doc: "A pointer moves up; nothing comes back before `reset` or `defrag`.",
    orders: ["address"],
    modes: ["never"],
    create: (heap) => new BumpPlacement(heap),
  },
});
export type HeapPolicy = keyof typeof policies;
