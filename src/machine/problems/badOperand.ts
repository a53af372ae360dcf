import { badValues } from "../../language/parsing/syntaxProblems";
import type { HeapPolicy } from "../../engine/heap/policies";
import type { RootFailure } from "../../engine/vm/PageTables";
import type { ShapeRefusal } from "../../engine/vm/tableFormats";
import { bytes, number, placeOf, says, string } from "../../language/says";
import type { Words } from "../../language/Words";
import { tellCacheRefusal, tellShapeRefusal } from "./hardwareRefusals";
import { numberName, tellNotWhole } from "./numberNames";
import { block, hex, lastOf } from "./phrases";
import { processorOperands } from "./processorOperands";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

const blocks = placeOf((count: number, words) => words.count(count, "{0} block", "{0} blocks"));
const choices = placeOf((names: readonly string[]) => names.join(", "));

/** Values of all statements. */
const values = {
  "not-whole": tellNotWhole,
  "no-number": says("{0} must be a number.", placeOf(numberName)("what")),
  "no-value": says("`{0}` needs a value for its {1}.", string("verb"), string("operand")),
  index: says("The index of `{0}[…]` is {1}; it must be a whole number, 0 or more.", string("name"), number("value")),
  "no-block": says("`{0}` does not point to a block, so it has no size.", string("handle")),
  "division-by-zero": says("This divides by zero."),
  "fractional-address": says("The address {0} is not a whole number.", number("value")),
  "inexact-value": says("The value {0} is not a whole number below 2^53.", number("value")),
  byte: says("The byte is {0}; a byte holds 0 to 255.", number("value")),
  width: says("`width=` is {0}; it is one of 1, 2, 4 and 8.", number("value")),
  "empty-range": says("The range {0}..{1} is empty: its end must be above its start.", number("from"), number("to")),
};

/** Heaps, pools and slab caches. */
const regions = {
  "region-exists": says("There is already a heap or pool `{0}`; choose a different name.", string("name")),
  "region-too-high": says("The region would end beyond the address 2^53 - 1."),

  /** Half-open ranges. */
  overlap: says(
    "The range {0}..{1} overlaps `{2}`, which keeps {3}..{4}.",
    hex("fromAddress"),
    hex("toAddress"),
    string("name"),
    hex("otherFromAddress"),
    hex("otherToAddress"),
  ),
  "heap-maximum": says("`max=` is {0}, less than the heap's size of {1}.", number("max"), number("size")),
  "trim-without-grow": says("`trim=` gives back what a heap has grown by, and this heap does not grow: add `grow=`."),
  "pool-maximum": says("`max=` is {0}, less than the pool's {1}.", number("max"), blocks("count")),

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
  "slab-size": says(
    "An object of {0} does not fit into a slab of {1}; omit `pages=`, or use more pages.",
    bytes("size"),
    bytes("slabSize"),
  ),
  "pattern-byte": says("`{0}=` is {1}; a byte is at most 255 (0xff).", string("option"), number("value")),
  choice: says("`{0}={1}`: it is one of {2}.", string("option"), string("word"), choices("choices")),

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
  "pool-as-heap": says("`{0}` is a pool, not a heap.", string("name")),
  "heap-as-pool": says("`{0}` is a heap, not a pool.", string("name")),
  "pool-as-slab": says("`{0}` is a pool; only slab caches give memory back.", string("name")),
  "no-range": says("`{0}` takes a range of addresses, such as `a..b`.", string("verb")),

  /** `grow=` or `base=` of a pool that lies in a block. */
  "fixed-place": says(
    "`{0}=` and `from=` exclude each other: a block stays where and as large as it is.",
    string("option"),
  ),
  "shared-block": says("The pool `{0}` is already in this part of {1}.", string("pool"), block("block")),
};

/** Heaps in processes. */
const processHeaps = {
  "heap-elsewhere": says(
    "The heap `{0}` is in the process `{1}`, but `{2}` is running; use `switch {1}` first.",
    string("heap"),
    string("process"),
    string("running"),
  ),
  "in-without-vm": says("`in=` needs virtual memory; declare it with a `vm` line first."),
  "process-stopped": says("The process `{0}` is not running; use `switch {0}` first.", string("process")),
  "heap-without-demand": says("A heap in a process needs demand paging: `vm demand=on` or `replacement=`."),
  "process-segments": says("`{0}` has segments; a heap needs a process without them.", string("process")),
  "base-and-in": says("`base=` and `in=` exclude each other: the region `heap` says where the heap begins."),
  "no-heap-region": says(
    "`{0}` has no region `heap`; declare one, as `region heap 16..17 grow=up`.",
    string("process"),
  ),
  "heap-region-size": says("A heap of {0} does not fit: the region `heap` can have {1}.", bytes("size"), bytes("most")),
  "heap-region-taken": says(
    "The region `heap` of `{0}` already holds the heap `{1}`.",
    string("process"),
    string("heap"),
  ),
  "heap-region-hidden": says(
    "`{0}` keeps the addresses up to {1}, and the region `heap` begins at {2}; place it above.",
    string("name"),
    hex("endAddress"),
    hex("baseAddress"),
  ),
};

/** Virtual memory, its processes, regions and segments. */
const virtualMemory = {
  "no-vm": says("`{0}` needs a page table; declare one with a `vm` line first.", string("verb")),
  "vm-exists": says("There is already a `vm`; a script has only one."),

  "table-shape": ({ refusal }: { readonly refusal: ShapeRefusal }, words: Words) => tellShapeRefusal(refusal, words),
  "space-too-large": says("The address space would end beyond the address 2^53 - 1."),
  levels: says("`levels=` is {0}; a table has 1 to 5.", number("value")),
  "entry-size": says("`entry=` is {0}; an entry has 1, 2, 4 or 8 bytes.", number("value")),
  "clock-chances": says("`chances=` is {0}; a page has 1 to {1}.", number("value"), number("most")),
  "root-frame": (
    {
      frame,
      frames,
      failure,
    }: { readonly frame: number; readonly frames: number; readonly failure: Exclude<RootFailure, "none"> },
    words: Words,
  ) => {
    switch (failure) {
      case "no-tables":
        return words.say("`pdbr=` needs a table of several levels: this one is not in physical memory.");
      case "invalid-frame":
        return words.say("There is no frame {0} for the root table: the frames are 0 to {1}.", frame, frames - 1);
      case "frame-in-use":
        return words.say("Frame {0} is in use, so the root table cannot have it.", frame);
    }
  },
  "tlb-sets": says("{0} entries do not divide into sets of {1}.", number("entries"), number("ways")),

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
  "no-page": says("There is no page {0}: the address space has the pages 0 to {1}.", number("page"), lastOf("pages")),
  "page-word": says("`{0}` is not a page number.", string("word")),

  "frames-not-shared": ({ verb }: { readonly verb: "fork" | "dedup" }, words: Words) =>
    verb === "fork"
      ? words.say("An inverted table has one page per frame, so a child cannot have its parent's frames.")
      : words.say("An inverted table has one page per frame, so frames cannot be shared."),
  "process-count": says("There are already {0} processes; no more are simulated.", number("count")),
  "process-exists": says("There is already a process `{0}`.", string("process")),
  "last-process": says("`{0}` is the last process; it cannot end.", string("process")),
  "segment-exists": says("There is already a segment `{0}`.", string("name")),
  "segment-count": says("There are already {0} segments; no more are simulated.", number("count")),

  /** A segment of `limit` bytes that would reach below address 0. */
  "segment-below-zero": says(
    "The segment `{0}` would grow down from {1} by {2}, below address 0.",
    string("name"),
    hex("baseAddress"),
    bytes("limit"),
  ),
  "page-count": says("The number of pages is {0}; it must be a whole number.", number("value")),

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
  "area-too-high": says(
    "The address space has the pages 0 to {0}; the region would end at {1}.",
    lastOf("pages"),
    number("end"),
  ),
  "area-exists": says("`{0}` already has a region `{1}`.", string("process"), string("area")),

  /** The other region's first and last page. */
  "area-overlap": says(
    "The region `{0}` would overlap `{1}`, which has the pages {2} to {3}.",
    string("area"),
    string("other"),
    number("first"),
    number("last"),
  ),
};

const caches = {
  "cache-exists": says("There is already a `{0}`; choose a different name for the cache.", string("name")),
  "cache-shape": says("The cache `{0}` is not possible: {1}.", string("name"), placeOf(tellCacheRefusal)("refusal")),
};

const badOperands = {
  ...badValues,
  ...values,
  ...regions,
  ...processHeaps,
  ...virtualMemory,
  ...processorOperands,
  ...caches,
};

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
