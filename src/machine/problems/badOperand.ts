import { badValues } from "../../language/parsing/syntaxProblems";
import { toHex } from "../../engine/address";
import type { CacheRefusal } from "../../engine/cache/geometry";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { ShapeRefusal } from "../../engine/vm/tableFormats";
import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { tellCacheRefusal, tellShapeRefusal } from "./hardwareRefusals";
import { numberName, tellNotWhole, type NumberName } from "./numberNames";
import { blockOrigin } from "./phrases";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

export interface Named {
  readonly name: string;
}

export interface Process {
  readonly process: string;
}

/** Values of all statements. */
const values = {
  "not-whole": tellNotWhole,

  "no-number": ({ what }: { readonly what: NumberName }, w: Words) =>
    w.say("{0} must be a number.", numberName(what, w)),

  "no-value": ({ verb, operand }: { readonly verb: string; readonly operand: string }, w: Words) =>
    w.say("`{0}` needs a value for its {1}.", verb, operand),

  index: ({ name, value }: Named & { readonly value: number }, w: Words) =>
    w.say("The index of `{0}[…]` is {1}; it must be a whole number from 0 on.", name, value),

  "no-block": ({ handle }: { readonly handle: string }, w: Words) =>
    w.say("`{0}` leads to no block, so it has no size.", handle),

  "division-by-zero": (_: object, w: Words) => w.say("This divides by zero."),

  "fractional-address": ({ value }: { readonly value: number }, w: Words) =>
    w.say("The address {0} is not a whole number.", value),

  "inexact-value": ({ value }: { readonly value: number }, w: Words) =>
    w.say("The value {0} is not a whole number below 2^53.", value),

  byte: ({ value }: { readonly value: number }, w: Words) => w.say("The byte is {0}; a byte holds 0 to 255.", value),

  width: ({ value }: { readonly value: number }, w: Words) =>
    w.say("`width=` is {0}; it is one of 1, 2, 4 and 8.", value),

  "empty-range": ({ from, to }: { readonly from: number; readonly to: number }, w: Words) =>
    w.say("The range {0}..{1} is empty: its end is not above its start.", from, to),
};

/** Heaps, pools and slab caches. */
const regions = {
  "region-exists": ({ name }: Named, w: Words) =>
    w.say("There is a heap or pool called `{0}` already; give this one another name.", name),

  "region-too-high": (_: object, w: Words) => w.say("The region would end beyond the address 2^53 - 1."),

  /** Half-open ranges. */
  overlap: (
    facts: Named & {
      readonly fromAddress: number;
      readonly toAddress: number;
      readonly otherFromAddress: number;
      readonly otherToAddress: number;
    },
    w: Words,
  ) =>
    w.say(
      "The range {0}..{1} overlaps `{2}`, which keeps {3}..{4}.",
      toHex(facts.fromAddress),
      toHex(facts.toAddress),
      facts.name,
      toHex(facts.otherFromAddress),
      toHex(facts.otherToAddress),
    ),

  "heap-maximum": ({ max, size }: { readonly max: number; readonly size: number }, w: Words) =>
    w.say("`max=` is {0}, less than the heap's size of {1}.", max, size),

  "pool-maximum": ({ max, count }: { readonly max: number; readonly count: number }, w: Words) =>
    w.say("`max=` is {0}, less than the pool's {1}.", max, w.count(count, "{0} block", "{0} blocks")),

  /** A heap of `size` bytes whose headers, footers and red zones take `overhead`. */
  overhead: (
    {
      overhead,
      size,
      hasRedZones,
    }: { readonly overhead: number; readonly size: number; readonly hasRedZones: boolean },
    w: Words,
  ) =>
    hasRedZones
      ? w.say(
          "Header, footer and red zones take {0}; a heap of {1} has no room for a block.",
          w.bytes(overhead),
          w.bytes(size),
        )
      : w.say("Header and footer take {0}; a heap of {1} has no room for a block.", w.bytes(overhead), w.bytes(size)),

  /** An object that is larger than a slab; sizes in bytes. */
  "slab-size": ({ size, slabSize }: { readonly size: number; readonly slabSize: number }, w: Words) =>
    w.say(
      "An object of {0} does not fit into a slab of {1}; leave `pages=` out, or give more.",
      w.bytes(size),
      w.bytes(slabSize),
    ),

  "pattern-byte": ({ option, value }: { readonly option: string; readonly value: number }, w: Words) =>
    w.say("`{0}=` is {1}; a byte is at most 255 (0xff).", option, value),

  choice: (
    { option, word, choices }: { readonly option: string; readonly word: string; readonly choices: readonly string[] },
    w: Words,
  ) => w.say("`{0}={1}`: it is one of {2}.", option, word, choices.join(", ")),

  /** An option that the policy cannot be combined with. */
  "policy-option": (
    facts: {
      readonly option: "order" | "coalesce";
      readonly word: string;
      readonly policy: HeapPolicy;
      readonly choices: readonly string[];
    },
    w: Words,
  ) => {
    const { option, word, policy, choices } = facts;
    const given = [option, word, policy, choices.join(", ")];
    if (option === "order") {
      return choices.length > 1
        ? w.say("`{0}={1}` does not apply to `{2}`: the order of its free blocks is one of {3}.", ...given)
        : w.say("`{0}={1}` does not apply to `{2}`: the order of its free blocks is always {3}.", ...given);
    }
    return choices.length > 1
      ? w.say("`{0}={1}` does not apply to `{2}`: its coalescing is one of {3}.", ...given)
      : w.say("`{0}={1}` does not apply to `{2}`: its coalescing is always {3}.", ...given);
  },

  "pool-as-heap": ({ name }: Named, w: Words) => w.say("`{0}` is a pool, not a heap.", name),

  "heap-as-pool": ({ name }: Named, w: Words) => w.say("`{0}` is a heap, not a pool.", name),

  "pool-as-slab": ({ name }: Named, w: Words) => w.say("`{0}` is a pool; only slab caches give memory back.", name),

  "no-range": ({ verb }: { readonly verb: string }, w: Words) =>
    w.say("`{0}` takes a range of addresses such as `a..b`.", verb),

  /** `grow=` or `base=` of a pool that lies in a block. */
  "fixed-place": ({ option }: { readonly option: string }, w: Words) =>
    w.say("`{0}=` and `from=` exclude each other: a block stays where and as large as it is.", option),

  "shared-block": ({ pool, block }: { readonly pool: string; readonly block: BlockFacts }, w: Words) =>
    w.say("The pool `{0}` lies in this part of {1} already.", pool, blockOrigin(block, w)),
};

/** Heaps in processes. */
const processHeaps = {
  "heap-elsewhere": (
    { heap, process, running }: Process & { readonly heap: string; readonly running: string },
    w: Words,
  ) => w.say("heap `{0}` is in the process `{1}`, and `{2}` runs; `switch {1}` first.", heap, process, running),

  "in-without-vm": (_: object, w: Words) => w.say("`in=` needs virtual memory; declare it with a `vm` line first."),

  "process-stopped": ({ process }: Process, w: Words) => w.say("`{0}` does not run; `switch {0}` first.", process),

  "heap-without-demand": (_: object, w: Words) =>
    w.say("a heap in a process needs demand paging: `vm demand=on` or `replacement=`."),

  "process-segments": ({ process }: Process, w: Words) =>
    w.say("`{0}` has segments; a heap lies in a process without them.", process),

  "base-and-in": (_: object, w: Words) => w.say("`base=` and `in=` exclude each other: the region says where."),

  "no-heap-region": ({ process }: Process, w: Words) =>
    w.say("`{0}` has no region `heap`; declare one, as `region heap 16..17 grow=up`.", process),

  "heap-region-size": ({ size, most }: { readonly size: number; readonly most: number }, w: Words) =>
    w.say("a heap of {0} does not fit: region `heap` can have {1}.", w.bytes(size), w.bytes(most)),

  "heap-region-taken": ({ process, heap }: Process & { readonly heap: string }, w: Words) =>
    w.say("the region `heap` of `{0}` holds the heap `{1}` already.", process, heap),

  "heap-region-hidden": (
    { name, endAddress, baseAddress }: Named & { readonly endAddress: number; readonly baseAddress: number },
    w: Words,
  ) =>
    w.say(
      "`{0}` keeps the addresses up to {1}, and the region `heap` begins at {2}; place it above.",
      name,
      toHex(endAddress),
      toHex(baseAddress),
    ),
};

/** Virtual memory, its processes, regions and segments. */
const virtualMemory = {
  "no-vm": ({ verb }: { readonly verb: string }, w: Words) =>
    w.say("`{0}` needs a page table; declare one with a `vm` line first.", verb),

  "vm-exists": (_: object, w: Words) => w.say("There is a `vm` already; a script has one."),

  "table-shape": ({ refusal }: { readonly refusal: ShapeRefusal }, w: Words) => tellShapeRefusal(refusal, w),

  "space-too-large": (_: object, w: Words) => w.say("The address space would end beyond the address 2^53 - 1."),

  levels: ({ value }: { readonly value: number }, w: Words) => w.say("`levels=` is {0}; a table has 1 to 5.", value),

  "entry-size": ({ value }: { readonly value: number }, w: Words) =>
    w.say("`entry=` is {0}; an entry has 1, 2, 4 or 8 bytes.", value),

  "tlb-sets": ({ entries, ways }: { readonly entries: number; readonly ways: number }, w: Words) =>
    w.say("{0} entries do not divide into sets of {1}.", entries, ways),

  /** `sizes` are those of the huge pages that the format has, in bytes; `size` is null where the page decides. */
  "huge-page": (
    {
      format,
      size,
      sizes,
    }: { readonly format: string; readonly size: number | null; readonly sizes: readonly number[] },
    w: Words,
  ) => {
    if (size === null) return w.say("a {0} table has no huge pages of this size.", format);
    if (sizes.length === 0) return w.say("a {0} table has no huge pages.", format);
    const known = sizes.map((each) => w.bytes(each));
    return w.say("a {0} table has huge pages of {1}, not of {2}.", format, w.list(known), w.bytes(size));
  },

  "no-page": ({ page, pages }: { readonly page: number; readonly pages: number }, w: Words) =>
    w.say("there is no page {0}: the address space has the pages 0 to {1}.", page, pages - 1),

  "page-word": ({ word }: { readonly word: string }, w: Words) => w.say("`{0}` is no page number.", word),

  "frames-not-shared": ({ verb }: { readonly verb: "fork" | "dedup" }, w: Words) =>
    verb === "fork"
      ? w.say("an inverted table has one page for a frame, so a child cannot have its parent's frames.")
      : w.say("an inverted table has one page for a frame, so frames cannot be shared."),

  "process-count": ({ count }: { readonly count: number }, w: Words) =>
    w.say("There are {0} processes already; no more are simulated.", count),

  "process-exists": ({ process }: Process, w: Words) => w.say("There is a process `{0}` already.", process),

  "last-process": ({ process }: Process, w: Words) => w.say("`{0}` is the last process; it cannot end.", process),

  "segment-exists": ({ name }: Named, w: Words) => w.say("There is a segment `{0}` already.", name),

  "segment-count": ({ count }: { readonly count: number }, w: Words) =>
    w.say("There are {0} segments already; no more are simulated.", count),

  /** A segment of `limit` bytes that would reach below address 0. */
  "segment-below-zero": (
    { name, baseAddress, limit }: Named & { readonly baseAddress: number; readonly limit: number },
    w: Words,
  ) =>
    w.say(
      "segment `{0}` grows down from {1} by {2}, which is below address 0.",
      name,
      toHex(baseAddress),
      w.bytes(limit),
    ),

  "page-count": ({ value }: { readonly value: number }, w: Words) =>
    w.say("The number of pages is {0}; it must be a whole number.", value),

  /** `pages` is negative where the region would shrink. */
  growth: ({ area, pages }: { readonly area: string; readonly pages: number }, w: Words) => {
    const count = w.count(Math.abs(pages), "{0} page", "{0} pages");
    return pages < 0
      ? w.say(
          "region `{0}` cannot shrink by {1}: another region or the end of the address space is in the way, or it has fewer.",
          area,
          count,
        )
      : w.say(
          "region `{0}` cannot grow by {1}: another region or the end of the address space is in the way, or it has fewer.",
          area,
          count,
        );
  },

  /** A region that would end at page `end` of an address space with `pages`. */
  "area-too-high": ({ pages, end }: { readonly pages: number; readonly end: number }, w: Words) =>
    w.say("the address space has the pages 0 to {0}; the region would end at {1}.", pages - 1, end),

  "area-exists": ({ process, area }: Process & { readonly area: string }, w: Words) =>
    w.say("`{0}` has a region `{1}` already.", process, area),

  /** The other region's first and last page. */
  "area-overlap": (
    facts: { readonly area: string; readonly other: string; readonly first: number; readonly last: number },
    w: Words,
  ) =>
    w.say(
      "region `{0}` would overlap `{1}`, which has the pages {2} to {3}.",
      facts.area,
      facts.other,
      facts.first,
      facts.last,
    ),
};

const caches = {
  "cache-exists": ({ name }: Named, w: Words) =>
    w.say("there is a `{0}` already; a cache has a name of its own.", name),

  "cache-shape": ({ name, refusal }: Named & { readonly refusal: CacheRefusal }, w: Words) =>
    w.say("`{0}` cannot be: {1}.", name, tellCacheRefusal(refusal, w)),
};

const badOperands = { ...badValues, ...values, ...regions, ...processHeaps, ...virtualMemory, ...caches };

export type BadOperand = FactsOfVariants<typeof badOperands>;

/** Values of statements that cannot be meant. */
export const badOperand = {
  "bad-operand": problemKind<BadOperand>(
    {
      title: "Bad operand",
      explanation:
        "The statement is understood, but one of its values cannot be meant: a fraction where bytes are counted, a division by zero, two regions at one address, an option out of its range.",
      advice: "Correct the value as the message says.",
      example: "x = 1 / 0",
    },
    tellVariant(badOperands),
  ),
};
