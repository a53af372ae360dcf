import { toHex } from "../../engine/address";
import type { HeaderDamage } from "../../engine/heap/blocks";
import type { LinkDamage } from "../../engine/pool/contract";
import type { Words } from "../../language/Words";
import { glibcCheck } from "../damage/glibcChecks";
import type { FieldPlace } from "../damage/reads";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockName, blockOrigin, fate, lineName, originLines, regionName, shown } from "./phrases";
import type { RelatedLine, Told } from "../../language/variants";
import { problemKind } from "./ProblemKind";
import { tellVariant, type FactsOfVariants } from "../../language/variants";

/** A field of a block's header or footer that does not hold what it must. */
export interface DamagedField {
  readonly field: HeaderDamage["field"];
  /** Of the block that the header belongs to. */
  readonly address: number;
  readonly isFree: boolean;
  readonly owner: BlockFacts | null;
  readonly expected: number;
  /** Hexadecimal digits where a number would not be exact. */
  readonly found: number | string;
}

/** A link or a field of the bookkeeping of a pool or slab cache that does not hold what it must. */
export interface DamagedLink {
  readonly region: RegionFacts;
  readonly field: LinkDamage["field"];
  /** Of the block, for `inuse` and `free` of the slab. */
  readonly index: number;
  readonly expected: number;
  readonly found: number;
}

/** An operation that meets damaged fields. */
export type Tripping =
  | { readonly operation: "free" | "realloc"; readonly block: BlockFacts }
  | { readonly operation: "coalesce" | "defrag"; readonly heap: string }
  /** `size` in bytes. */
  | { readonly operation: "alloc"; readonly heap: string; readonly size: number };

const corruptions = {
  /** A write damages a field; `more` is the number of further fields. */
  "header-written"(facts: DamagedField & { readonly more: number }, w: Words) {
    const { expected, found, more, owner } = facts;
    const values = [fieldName(facts, w), damagedBlock(facts, w), shown(expected, w), shown(found, w)];
    const message =
      more === 0
        ? w.say("this write damages the {0} of {1}: it must be {2} and is {3} now.", ...values)
        : w.say(
            "this write damages the {0} of {1}: it must be {2} and is {3} now and {4}.",
            ...values,
            w.count(more, "{0} more field", "{0} more fields"),
          );
    return { message, related: originLines(w, owner) };
  },

  "link-written"(facts: DamagedLink & { readonly more: number }, w: Words) {
    const { region, field, expected, found, more } = facts;
    const values = [linkName(facts, w), regionName(region, w), shown(expected, w), shown(found, w)];
    if (more === 0) return w.say("this write damages {0} of {1}: it must be {2} and is {3} now.", ...values);
    const rest =
      field === "link"
        ? w.count(more, "{0} more link", "{0} more links")
        : w.count(more, "{0} more field", "{0} more fields");
    return w.say("this write damages {0} of {1}: it must be {2} and is {3} now and {4}.", ...values, rest);
  },

  /** `place` is where the field is, seen from the operation. The lines of `culprits` did the damage, the first of them this one. */
  "header-read"(
    facts: DamagedField & {
      readonly by: Tripping;
      readonly place: FieldPlace;
      readonly more: number;
      readonly culprits: readonly { readonly line: number }[];
    },
    w: Words,
  ) {
    const { by, place, field, expected, found, more, culprits, owner } = facts;
    const { reason, abort } = glibcCheck(by.operation, place, field);
    const others = more === 0 ? "" : ` (${w.count(more, "and {0} more damaged field", "and {0} more damaged fields")})`;
    const values = w.say(
      "must be {0} and is {1} since {2}",
      shown(expected, w),
      shown(found, w),
      lineName(culprits[0].line, w),
    );
    const which =
      place === "own"
        ? w.say("its {0}", fieldName(facts, w))
        : place === "next"
          ? w.say("the {0} of {1} behind it", fieldName(facts, w), damagedBlock(facts, w))
          : place === "previous"
            ? w.say("the {0} of {1} before it", fieldName(facts, w), damagedBlock(facts, w))
            : w.say("the {0} of {1}", fieldName(facts, w), damagedBlock(facts, w));
    const message = w.say(
      '{0} trips over {1}, which {2}: {3}, and glibc would abort with "{4}".',
      trippingText(by, w),
      which,
      `${values}${others}`,
      reason(w),
      abort,
    );
    const lines = culprits.map(({ line }): RelatedLine => ({
      line,
      message: w.say("This line wrote over the field."),
    }));
    return { message, related: [...lines, ...originLines(w, owner)] };
  },

  "link-read"(facts: DamagedLink & { readonly culpritLine: number }, w: Words) {
    const { region, field, expected, found, culpritLine } = facts;
    const message = w.say(
      "alloc from {0} trips over {1}, which must be {2} and is {3} since {4}: {5}.",
      regionName(region, w),
      linkName(facts, w),
      shown(expected, w),
      shown(found, w),
      lineName(culpritLine, w),
      consequence(facts, w),
    );
    const wrote = field === "link" ? w.say("This line wrote over the link.") : w.say("This line wrote over the field.");
    return { message, related: [{ line: culpritLine, message: wrote }] };
  },

  /** `check` finds a field; the line that damaged it is null where it is not known. */
  "header-found"(facts: DamagedField & { readonly culpritLine: number | null }, w: Words) {
    const { field, expected, found, culpritLine } = facts;
    const sentence = w.say(
      "the field `{0}` in the header of {1} is {2} and must be {3}",
      field,
      damagedBlock(facts, w),
      shown(found, w),
      shown(expected, w),
    );
    return withCulprit(sentence, culpritLine, w);
  },

  "link-found"(facts: DamagedLink & { readonly culpritLine: number | null }, w: Words) {
    const { region, expected, found, culpritLine } = facts;
    const sentence = w.say(
      "{0} of {1} is {2} and must be {3}",
      linkName(facts, w),
      regionName(region, w),
      shown(found, w),
      shown(expected, w),
    );
    return withCulprit(sentence, culpritLine, w);
  },

  /** Bytes that hold a pattern were written over: a red zone, or a freed block in quarantine. `length` in bytes. */
  guard(
    facts: {
      readonly zone: "before" | "after" | "freed";
      readonly address: number;
      readonly length: number;
      readonly block: BlockFacts;
      readonly expected: number;
      readonly found: number;
      readonly culpritLine: number | null;
    },
    w: Words,
  ) {
    const { zone, address, length, block, expected, found, culpritLine } = facts;
    const distance = zone === "before" ? block.address - address : address - block.address - block.requested;
    const place =
      zone === "freed"
        ? w.say(
            "{0}, {1} and in quarantine, was written to: its byte {2} at {3}",
            blockName(block, w),
            fate(block, w),
            address - block.address,
            toHex(address),
          )
        : zone === "before"
          ? w.say(
              "the red zone before {0} is damaged: the byte at {1}, {2} before the block,",
              blockOrigin(block, w),
              toHex(address),
              w.bytes(distance),
            )
          : w.say(
              "the red zone after {0} is damaged: the byte at {1}, {2} after the block,",
              blockOrigin(block, w),
              toHex(address),
              w.bytes(distance),
            );
    let message = w.say("{0} is {1} and must be {2}", place, byteText(found), byteText(expected));
    if (length > 1) message = w.say("{0} (the damage spans {1})", message, w.bytes(length));
    if (culpritLine !== null) message = w.say("{0}; {1} did it", message, lineName(culpritLine, w));
    const related = originLines(w, block);
    if (culpritLine !== null)
      related.push({ line: culpritLine, message: w.say("This line wrote over the guard bytes.") });
    return { message: `${message}.`, related };
  },
};

function withCulprit(sentence: string, culpritLine: number | null, w: Words): Told {
  if (culpritLine === null) return { message: `${sentence}.` };
  return {
    message: w.say("{0}; {1} did it.", sentence, lineName(culpritLine, w)),
    related: [{ line: culpritLine, message: w.say("This line wrote over the field.") }],
  };
}

/** "`coalesce` of `main`", "free of the 40-byte block `a`" */
function trippingText(by: Tripping, w: Words): string {
  switch (by.operation) {
    case "free":
    case "realloc":
      return w.say("{0} of {1}", by.operation, blockName(by.block, w));
    case "alloc":
      return w.say("alloc of {0} bytes from `{1}`", by.size, by.heap);
    default:
      return w.say("`{0}` of `{1}`", by.operation, by.heap);
  }
}

/** "header field `size`", "footer (its size)" */
export function fieldName({ field }: Pick<DamagedField, "field">, w: Words): string {
  return field === "footer" ? w.say("footer (its size)") : w.say("header field `{0}`", field);
}

/** "the 40-byte block `b`", "the free block at 0x10048" */
export function damagedBlock(
  { isFree, address, owner }: Pick<DamagedField, "isFree" | "address" | "owner">,
  w: Words,
): string {
  if (isFree) return w.say("the free block at {0}", toHex(address));
  return owner === null ? w.say("the block at {0}", toHex(address)) : blockName(owner, w);
}

/** "the link in free block 3", "the field `inuse` of slab 0", "the entry of object 5 in `bufctl`" */
export function linkName({ field, index }: Pick<DamagedLink, "field" | "index">, w: Words): string {
  switch (field) {
    case "link":
      return w.say("the link in free block {0}", index);
    case "bufctl":
      return w.say("the entry of object {0} in `bufctl`", index);
    default:
      return w.say("the field `{0}` of slab {1}", field, index);
  }
}

/** What a real allocator would do with the damaged value. */
function consequence({ field, found }: DamagedLink, w: Words): string {
  switch (field) {
    case "link":
      return w.say("a real pool would hand out {0} next", Number.isSafeInteger(found) ? toHex(found) : shown(found, w));
    case "inuse":
      return w.say("a real cache would take the slab for one with another number of objects in use");
    case "free":
      return w.say("a real cache would hand out object {0} of the slab now", shown(found, w));
    case "bufctl":
      return w.say("a real cache would hand out object {0} of the slab next", shown(found, w));
  }
}

function byteText(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

/** Damage to the bytes that belong to the allocator. */
export const heapCorruption = {
  "heap-corruption": problemKind<FactsOfVariants<typeof corruptions>>(
    {
      title: "Heap corruption",
      explanation:
        "A write changed bytes that belong to the allocator: the size, flags or links in a block's header, its footer, or the link in a free block of a pool. With `redzone=` also the guard bytes around a payload, with `freed=` and `quarantine=` the pattern in a freed one: `check`, `free` and `realloc` compare them, as debug allocators do. A real allocator notices much later, at some innocent `free`, or never; MemScript keeps the truth beside the bytes, and so names the line that did the damage, the field, and both values. The operation that would have tripped over it (`free` and `realloc` of the block and its neighbours, `alloc` from the list, `coalesce`, `defrag`) is reported too, once for each kind, with the check at which glibc aborts; it is done right all the same, by the truth.",
      advice: "Correct the write that did the damage: it leaves its block.",
      example: "a = alloc 40\nwrite 0x10000 99\nfree a",
    },
    tellVariant(corruptions),
  ),
};
