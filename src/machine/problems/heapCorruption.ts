import { toHex } from "../../engine/address";
import type { HeaderDamage } from "../../engine/heap/blocks";
import type { LinkDamage } from "../../engine/pool/contract";
import type { Words } from "../../language/Words";
import { glibcCheck } from "../damage/glibcChecks";
import type { FieldPlace } from "../damage/reads";
import type { BlockFacts, RegionFacts } from "./facts";
import { blockText, fate, lineName, originLines, regionName, shown } from "./phrases";
import { tellVariant, type FactsOfVariants, type RelatedLine, type Told } from "../../language/variants";
import { problemKind } from "./ProblemKind";

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
  "header-written"(facts: DamagedField & { readonly more: number }, words: Words) {
    const { expected, found, more, owner } = facts;
    const values = [fieldName(facts, words), damagedBlock(facts, words), shown(expected, words), shown(found, words)];
    const message =
      more === 0
        ? words.say("Heap corruption: this write changes the {0} of {1} from {2} to {3}.", ...values)
        : words.say(
            "Heap corruption: this write changes the {0} of {1} from {2} to {3}, and {4}.",
            ...values,
            words.count(more, "{0} more field", "{0} more fields"),
          );
    return { message, related: originLines(words, owner) };
  },

  "link-written"(facts: DamagedLink & { readonly more: number }, words: Words) {
    const { region, field, expected, found, more } = facts;
    const values = [linkName(facts, words), regionName(region, words), shown(expected, words), shown(found, words)];
    if (more === 0) return words.say("Heap corruption: this write changes {0} of {1} from {2} to {3}.", ...values);
    const rest =
      field === "link"
        ? words.count(more, "{0} more link", "{0} more links")
        : words.count(more, "{0} more field", "{0} more fields");
    return words.say("Heap corruption: this write changes {0} of {1} from {2} to {3}, and {4}.", ...values, rest);
  },

  /** `place` is where the field is, seen from the operation. The lines of `culprits` did the damage, the first of them this one. */
  "header-read"(
    facts: DamagedField & {
      readonly by: Tripping;
      readonly place: FieldPlace;
      readonly more: number;
      readonly culprits: readonly { readonly line: number }[];
    },
    words: Words,
  ) {
    const { by, place, field, expected, found, more, culprits, owner } = facts;
    const { reason, abort } = glibcCheck(by.operation, place, field);
    const others =
      more === 0 ? "" : ` (${words.count(more, "and {0} more damaged field", "and {0} more damaged fields")})`;
    const values = words.say(
      "should be {0} and is {1} since {2}",
      shown(expected, words),
      shown(found, words),
      lineName(culprits[0].line, words),
    );
    const which =
      place === "own"
        ? words.say("its {0}", fieldName(facts, words))
        : place === "next"
          ? words.say("the {0} of {1} after it", fieldName(facts, words), damagedBlock(facts, words))
          : place === "previous"
            ? words.say("the {0} of {1} before it", fieldName(facts, words), damagedBlock(facts, words))
            : words.say("the {0} of {1}", fieldName(facts, words), damagedBlock(facts, words));
    const message = words.say(
      'Heap corruption: {0} reads {1}, which {2}: {3}. glibc would abort with "{4}".',
      trippingText(by, words),
      which,
      `${values}${others}`,
      reason(words),
      abort,
    );
    const lines = culprits.map(({ line }): RelatedLine => ({
      line,
      message: words.say("This line overwrote the field."),
    }));
    return { message, related: [...lines, ...originLines(words, owner)] };
  },

  "link-read"(facts: DamagedLink & { readonly culpritLine: number }, words: Words) {
    const { region, field, expected, found, culpritLine } = facts;
    const message = words.say(
      "Heap corruption: `alloc` from {0} reads {1}, which should be {2} and is {3} since {4}: {5}.",
      regionName(region, words),
      linkName(facts, words),
      shown(expected, words),
      shown(found, words),
      lineName(culpritLine, words),
      consequence(facts, words),
    );
    const wrote =
      field === "link" ? words.say("This line overwrote the link.") : words.say("This line overwrote the field.");
    return { message, related: [{ line: culpritLine, message: wrote }] };
  },

  /** `check` finds a field; the line that damaged it is null where it is not known. */
  "header-found"(facts: DamagedField & { readonly culpritLine: number | null }, words: Words) {
    const { expected, found, culpritLine } = facts;
    const sentence = words.say(
      "Heap corruption: the {0} of {1} is {2} instead of {3}",
      fieldName(facts, words),
      damagedBlock(facts, words),
      shown(found, words),
      shown(expected, words),
    );
    return withCulprit(sentence, culpritLine, words);
  },

  "link-found"(facts: DamagedLink & { readonly culpritLine: number | null }, words: Words) {
    const { region, expected, found, culpritLine } = facts;
    const sentence = words.say(
      "Heap corruption: {0} of {1} is {2} instead of {3}",
      linkName(facts, words),
      regionName(region, words),
      shown(found, words),
      shown(expected, words),
    );
    return withCulprit(sentence, culpritLine, words);
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
    words: Words,
  ) {
    const { zone, address, length, block, expected, found, culpritLine } = facts;
    const distance = zone === "before" ? block.address - address : address - block.address - block.requested;
    const place =
      zone === "freed"
        ? words.say(
            "Heap corruption: {0}, {1} and in quarantine, was overwritten: byte {2} at {3}",
            blockText(block, words),
            fate(block, words),
            address - block.address,
            toHex(address),
          )
        : zone === "before"
          ? words.say(
              "Heap corruption: the red zone before {0} was overwritten: the byte at {1}, {2} before the block,",
              blockText(block, words),
              toHex(address),
              words.bytes(distance),
            )
          : words.say(
              "Heap corruption: the red zone after {0} was overwritten: the byte at {1}, {2} after the block,",
              blockText(block, words),
              toHex(address),
              words.bytes(distance),
            );
    let message = words.say("{0} is {1} instead of {2}", place, byteText(found), byteText(expected));
    if (length > 1) message = words.say("{0} (the damage spans {1})", message, words.bytes(length));
    if (culpritLine !== null) message = words.say("{0}; written on {1}", message, lineName(culpritLine, words));
    const related = originLines(words, block);
    if (culpritLine !== null)
      related.push({ line: culpritLine, message: words.say("This line overwrote the guard bytes.") });
    return { message: `${message}.`, related };
  },
};

function withCulprit(sentence: string, culpritLine: number | null, words: Words): Told {
  if (culpritLine === null) return { message: `${sentence}.` };
  return {
    message: words.say("{0}; written on {1}.", sentence, lineName(culpritLine, words)),
    related: [{ line: culpritLine, message: words.say("This line overwrote the field.") }],
  };
}

/** "`coalesce` of `main`", "`free` of `a` (40 bytes, line 3)" */
function trippingText(by: Tripping, words: Words): string {
  switch (by.operation) {
    case "free":
    case "realloc":
      return words.say("`{0}` of {1}", by.operation, blockText(by.block, words));
    case "alloc":
      return words.say("`alloc` of {0} from `{1}`", words.bytes(by.size), by.heap);
    default:
      return words.say("`{0}` of `{1}`", by.operation, by.heap);
  }
}

/** "header field `size`", "footer (its size)" */
export function fieldName({ field }: Pick<DamagedField, "field">, words: Words): string {
  return field === "footer" ? words.say("footer (its size)") : words.say("header field `{0}`", field);
}

/** "`b` (40 bytes, line 3)", "the free block at 0x10048" */
export function damagedBlock(
  { isFree, address, owner }: Pick<DamagedField, "isFree" | "address" | "owner">,
  words: Words,
): string {
  if (isFree) return words.say("the free block at {0}", toHex(address));
  return owner === null ? words.say("the block at {0}", toHex(address)) : blockText(owner, words);
}

/** "the link in free block 3", "the field `inuse` of slab 0", "the entry of object 5 in `bufctl`" */
export function linkName({ field, index }: Pick<DamagedLink, "field" | "index">, words: Words): string {
  switch (field) {
    case "link":
      return words.say("the link in free block {0}", index);
    case "bufctl":
      return words.say("the entry of object {0} in `bufctl`", index);
    default:
      return words.say("the field `{0}` of slab {1}", field, index);
  }
}

/** What a real allocator would do with the damaged value. */
function consequence({ field, found }: DamagedLink, words: Words): string {
  switch (field) {
    case "link":
      return words.say(
        "a real pool would hand out {0} next",
        Number.isSafeInteger(found) ? toHex(found) : shown(found, words),
      );
    case "inuse":
      return words.say("a real cache would take the slab for one with another number of objects in use");
    case "free":
      return words.say("a real cache would hand out object {0} of the slab now", shown(found, words));
    case "bufctl":
      return words.say("a real cache would hand out object {0} of the slab next", shown(found, words));
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
        "A write changed bytes that belong to the allocator: the size, flags or links in a block's header, its footer, or the link in a free block of a pool. With `redzone=` also the guard bytes around a payload, with `freed=` and `quarantine=` the pattern in a freed one: `check`, `free` and `realloc` compare them, as debug allocators do. A real allocator notices much later, in an innocent `free`, or never; MemScript keeps the true values beside the bytes, and so it names the line that did the damage, the field, and both values. An operation that reads the damaged field (`free` and `realloc` of the block and its neighbours, `alloc` from the list, `coalesce`, `defrag`) is reported, too, once for each kind, with the check with which glibc aborts; MemScript then performs it with the true values.",
      advice: "Correct the write that did the damage: it goes outside its block.",
      example: "a = alloc 40\nwrite 0x10000 99\nfree a",
    },
    tellVariant(corruptions),
  ),
};
