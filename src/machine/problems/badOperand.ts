import { badValues } from "../../language/parsing/syntaxProblems";
import { toHex } from "../../engine/address";
import type { CacheRefusal } from "../../engine/cache/geometry";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { ShapeRefusal } from "../../engine/vm/tableFormats";
import type { Words } from "../../language/Words";
import type { BlockFacts } from "./facts";
import { tellCacheRefusal, tellShapeRefusal } from "./hardwareRefusals";
import { numberName, tellNotWhole, type NumberName } from "./numberNames";
import { blockText } from "./phrases";
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

  "no-number": ({ what }: { readonly what: NumberName }, words: Words) =>
    words.say("{0} must be a number.", numberName(what, words)),

  "no-value": ({ verb, operand }: { readonly verb: string; readonly operand: string }, words: Words) =>
    words.say("`{0}` needs a value for its {1}.", verb, operand),

  index: ({ name, value }: Named & { readonly value: number }, words: Words) =>
    words.say("The index of `{0}[…]` is {1}; it must be a whole number, 0 or more.", name, value),

  "no-block": ({ handle }: { readonly handle: string }, words: Words) =>
    words.say("`{0}` does not point to a block, so it has no size.", handle),

  "division-by-zero": (_: object, words: Words) => words.say("This divides by zero."),

  "fractional-address": ({ value }: { readonly value: number }, words: Words) =>
    words.say("The address {0} is not a whole number.", value),

  "inexact-value": ({ value }: { readonly value: number }, words: Words) =>
    words.say("The value {0} is not a whole number below 2^53.", value),

  byte: ({ value }: { readonly value: number }, words: Words) =>
    words.say("The byte is {0}; a byte holds 0 to 255.", value),

  width: ({ value }: { readonly value: number }, words: Words) =>
    words.say("`width=` is {0}; it is one of 1, 2, 4 and 8.", value),

  "empty-range": ({ from, to }: { readonly from: number; readonly to: number }, words: Words) =>
    words.say("The range {0}..{1} is empty: its end must be above its start.", from, to),
};

/** Heaps, pools and slab caches. */
const regions = {
  "region-exists": ({ name }: Named, words: Words) =>
    words.say("There is already a heap or pool `{0}`; choose a different name.", name),

  "region-too-high": (_: object, words: Words) => words.say("The region would end beyond the address 2^53 - 1."),

  /** Half-open ranges. */
  overlap: (
    facts: Named & {
      readonly fromAddress: number;
      readonly toAddress: number;
      readonly otherFromAddress: number;
      readonly otherToAddress: number;
    },
    words: Words,
  ) =>
    words.say(
      "The range {0}..{1} overlaps `{2}`, which keeps {3}..{4}.",
      toHex(facts.fromAddress),
      toHex(facts.toAddress),
      facts.name,
      toHex(facts.otherFromAddress),
      toHex(facts.otherToAddress),
    ),

  "heap-maximum": ({ max, size }: { readonly max: number; readonly size: number }, words: Words) =>
    words.say("`max=` is {0}, less than the heap's size of {1}.", max, size),

  "trim-without-grow": (_: object, words: Words) =>
    words.say("`trim=` gives back what a heap has grown by, and this heap does not grow: add `grow=`."),

  "pool-maximum": ({ max, count }: { readonly max: number; readonly count: number }, words: Words) =>
    words.say("`max=` is {0}, less than the pool's {1}.", max, words.count(count, "{0} block", "{0} blocks")),

  /** A heap of `size` bytes whose headers, footers and red zones take `overhead`. */
  overhead: (
    {
      overhead,
      size,
      hasRedZones,
    }: { readonly overhead: number; readonly size: number; readonly hasRedZones: boolean },
    words: Words,
  ) =>
    hasRedZones
      ? words.say(
          "Header, footer and red zones take {0}; a heap of {1} has no room for a block.",
          words.bytes(overhead),
          words.bytes(size),
        )
      : words.say(
          "Header and footer take {0}; a heap of {1} has no room for a block.",
          words.bytes(overhead),
          words.bytes(size),
        ),

  /** An object that is larger than a slab; sizes in bytes. */
  "slab-size": ({ size, slabSize }: { readonly size: number; readonly slabSize: number }, words: Words) =>
    words.say(
      "An object of {0} does not fit into a slab of {1}; omit `pages=`, or use more pages.",
      words.bytes(size),
      words.bytes(slabSize),
    ),

  "pattern-byte": ({ option, value }: { readonly option: string; readonly value: number }, words: Words) =>
    words.say("`{0}=` is {1}; a byte is at most 255 (0xff).", option, value),

  choice: (
    { option, word, choices }: { readonly option: string; readonly word: string; readonly choices: readonly string[] },
    words: Words,
  ) => words.say("`{0}={1}`: it is one of {2}.", option, word, choices.join(", ")),

  /** An option that the policy cannot be combined with. */
  "policy-option": (
    facts: {
      readonly option: "order" | "coalesce" | "rounding";
      readonly word: string;
      readonly policy: HeapPolicy;
      readonly choices: readonly string[];
    },
    words: Words,
  ) => {
    const { option, word, policy, choices } = facts;
    const given = [option, word, policy, choices.join(", ")];
    if (option === "order") {
      return choices.length > 1
        ? words.say("`{0}={1}` does not apply to `{2}`: the order of its free blocks is one of {3}.", ...given)
        : words.say("`{0}={1}` does not apply to `{2}`: the order of its free blocks is always {3}.", ...given);
    }
    if (option === "rounding") {
      return words.say("`{0}={1}` does not apply to `{2}`, which has no size classes to round blocks up to.", ...given);
    }
    return choices.length > 1
      ? words.say("`{0}={1}` does not apply to `{2}`: its coalescing is one of {3}.", ...given)
      : words.say("`{0}={1}` does not apply to `{2}`: its coalescing is always {3}.", ...given);
  },

  "pool-as-heap": ({ name }: Named, words: Words) => words.say("`{0}` is a pool, not a heap.", name),

  "heap-as-pool": ({ name }: Named, words: Words) => words.say("`{0}` is a heap, not a pool.", name),

  "pool-as-slab": ({ name }: Named, words: Words) =>
    words.say("`{0}` is a pool; only slab caches give memory back.", name),

  "no-range": ({ verb }: { readonly verb: string }, words: Words) =>
    words.say("`{0}` takes a range of addresses, such as `a..b`.", verb),

  /** `grow=` or `base=` of a pool that lies in a block. */
  "fixed-place": ({ option }: { readonly option: string }, words: Words) =>
    words.say("`{0}=` and `from=` exclude each other: a block stays where and as large as it is.", option),

  "shared-block": ({ pool, block }: { readonly pool: string; readonly block: BlockFacts }, words: Words) =>
    words.say("The pool `{0}` is already in this part of {1}.", pool, blockText(block, words)),
};

/** Heaps in processes. */
const processHeaps = {
  "heap-elsewhere": (
    { heap, process, running }: Process & { readonly heap: string; readonly running: string },
    words: Words,
  ) =>
    words.say(
      "The heap `{0}` is in the process `{1}`, but `{2}` is running; use `switch {1}` first.",
      heap,
      process,
      running,
    ),

  "in-without-vm": (_: object, words: Words) =>
    words.say("`in=` needs virtual memory; declare it with a `vm` line first."),

  "process-stopped": ({ process }: Process, words: Words) =>
    words.say("The process `{0}` is not running; use `switch {0}` first.", process),

  "heap-without-demand": (_: object, words: Words) =>
    words.say("A heap in a process needs demand paging: `vm demand=on` or `replacement=`."),

  "process-segments": ({ process }: Process, words: Words) =>
    words.say("`{0}` has segments; a heap needs a process without them.", process),

  "base-and-in": (_: object, words: Words) =>
    words.say("`base=` and `in=` exclude each other: the region `heap` says where the heap begins."),

  "no-heap-region": ({ process }: Process, words: Words) =>
    words.say("`{0}` has no region `heap`; declare one, as `region heap 16..17 grow=up`.", process),

  "heap-region-size": ({ size, most }: { readonly size: number; readonly most: number }, words: Words) =>
    words.say("A heap of {0} does not fit: the region `heap` can have {1}.", words.bytes(size), words.bytes(most)),

  "heap-region-taken": ({ process, heap }: Process & { readonly heap: string }, words: Words) =>
    words.say("The region `heap` of `{0}` already holds the heap `{1}`.", process, heap),

  "heap-region-hidden": (
    { name, endAddress, baseAddress }: Named & { readonly endAddress: number; readonly baseAddress: number },
    words: Words,
  ) =>
    words.say(
      "`{0}` keeps the addresses up to {1}, and the region `heap` begins at {2}; place it above.",
      name,
      toHex(endAddress),
      toHex(baseAddress),
    ),
};

/** Virtual memory, its processes, regions and segments. */
const virtualMemory = {
  "no-vm": ({ verb }: { readonly verb: string }, words: Words) =>
    words.say("`{0}` needs a page table; declare one with a `vm` line first.", verb),

  "vm-exists": (_: object, words: Words) => words.say("There is already a `vm`; a script has only one."),

  "table-shape": ({ refusal }: { readonly refusal: ShapeRefusal }, words: Words) => tellShapeRefusal(refusal, words),

  "space-too-large": (_: object, words: Words) => words.say("The address space would end beyond the address 2^53 - 1."),

  levels: ({ value }: { readonly value: number }, words: Words) =>
    words.say("`levels=` is {0}; a table has 1 to 5.", value),

  "entry-size": ({ value }: { readonly value: number }, words: Words) =>
    words.say("`entry=` is {0}; an entry has 1, 2, 4 or 8 bytes.", value),

  "tlb-sets": ({ entries, ways }: { readonly entries: number; readonly ways: number }, words: Words) =>
    words.say("{0} entries do not divide into sets of {1}.", entries, ways),

  /** `sizes` are those of the huge pages that the format has, in bytes; `size` is null where the page decides. */
  "huge-page": (
    {
      format,
      size,
      sizes,
    }: { readonly format: string; readonly size: number | null; readonly sizes: readonly number[] },
    words: Words,
  ) => {
    if (size === null) return words.say("A {0} table has no huge pages of this size.", format);
    if (sizes.length === 0) return words.say("A {0} table has no huge pages.", format);
    const known = sizes.map((each) => words.bytes(each));
    return words.say("A {0} table has huge pages of {1}, not of {2}.", format, words.list(known), words.bytes(size));
  },

  "no-page": ({ page, pages }: { readonly page: number; readonly pages: number }, words: Words) =>
    words.say("There is no page {0}: the address space has the pages 0 to {1}.", page, pages - 1),

  "page-word": ({ word }: { readonly word: string }, words: Words) => words.say("`{0}` is not a page number.", word),

  "frames-not-shared": ({ verb }: { readonly verb: "fork" | "dedup" }, words: Words) =>
    verb === "fork"
      ? words.say("An inverted table has one page per frame, so a child cannot have its parent's frames.")
      : words.say("An inverted table has one page per frame, so frames cannot be shared."),

  "process-count": ({ count }: { readonly count: number }, words: Words) =>
    words.say("There are already {0} processes; no more are simulated.", count),

  "process-exists": ({ process }: Process, words: Words) => words.say("There is already a process `{0}`.", process),

  "last-process": ({ process }: Process, words: Words) =>
    words.say("`{0}` is the last process; it cannot end.", process),

  "segment-exists": ({ name }: Named, words: Words) => words.say("There is already a segment `{0}`.", name),

  "segment-count": ({ count }: { readonly count: number }, words: Words) =>
    words.say("There are already {0} segments; no more are simulated.", count),

  /** A segment of `limit` bytes that would reach below address 0. */
  "segment-below-zero": (
    { name, baseAddress, limit }: Named & { readonly baseAddress: number; readonly limit: number },
    words: Words,
  ) =>
    words.say(
      "The segment `{0}` would grow down from {1} by {2}, below address 0.",
      name,
      toHex(baseAddress),
      words.bytes(limit),
    ),

  "page-count": ({ value }: { readonly value: number }, words: Words) =>
    words.say("The number of pages is {0}; it must be a whole number.", value),

  /** `pages` is negative where the region would shrink. */
  growth: ({ area, pages }: { readonly area: string; readonly pages: number }, words: Words) => {
    const count = words.count(Math.abs(pages), "{0} page", "{0} pages");
    return pages < 0
      ? words.say("The region `{0}` cannot shrink by {1}: it has fewer pages.", area, count)
      : words.say(
          "The region `{0}` cannot grow by {1}: another region or the end of the address space is in the way.",
          area,
          count,
        );
  },

  /** A region that would end at page `end` of an address space with `pages`. */
  "area-too-high": ({ pages, end }: { readonly pages: number; readonly end: number }, words: Words) =>
    words.say("The address space has the pages 0 to {0}; the region would end at {1}.", pages - 1, end),

  "area-exists": ({ process, area }: Process & { readonly area: string }, words: Words) =>
    words.say("`{0}` already has a region `{1}`.", process, area),

  /** The other region's first and last page. */
  "area-overlap": (
    facts: { readonly area: string; readonly other: string; readonly first: number; readonly last: number },
    words: Words,
  ) =>
    words.say(
      "The region `{0}` would overlap `{1}`, which has the pages {2} to {3}.",
      facts.area,
      facts.other,
      facts.first,
      facts.last,
    ),
};

const caches = {
  "cache-exists": ({ name }: Named, words: Words) =>
    words.say("There is already a `{0}`; choose a different name for the cache.", name),

  "cache-shape": ({ name, refusal }: Named & { readonly refusal: CacheRefusal }, words: Words) =>
    words.say("The cache `{0}` is not possible: {1}.", name, tellCacheRefusal(refusal, words)),
};

const badOperands = { ...badValues, ...values, ...regions, ...processHeaps, ...virtualMemory, ...caches };

export type BadOperand = FactsOfVariants<typeof badOperands>;

/** Values of statements that cannot be meant. */
export const badOperand = {
  "bad-operand": problemKind<BadOperand>(
    {
      title: "Bad operand",
      explanation:
        "The statement is understood, but one of its values is not valid: a fraction where bytes are counted, a division by zero, two regions at one address, an option out of its range.",
      advice: "Correct the value that the message names.",
      example: "x = 1 / 0",
    },
    tellVariant(badOperands),
  ),
};
