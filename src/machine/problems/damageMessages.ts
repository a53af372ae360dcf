import { toHex } from "../../engine/address";
import type { HeaderDamage } from "../../engine/heap/blocks";
import type { HeapReader } from "../../engine/heap/HeapReader";
import type { LinkDamage } from "../../engine/pool/contract";
import type { Allocation } from "../state/allocation";
import { glibcCheck } from "../damage/glibcChecks";
import type { FieldPlace, ReadDamage, TrustingVerb } from "../damage/reads";
import type { Report } from "../step/Step";
import { blockName, lineName, littleEndian, originLines, plural, shown } from "./wording";

const places: Readonly<Record<FieldPlace, string>> = {
  own: "",
  next: " behind it",
  previous: " before it",
  list: "",
  walk: "",
};

/** The value that a damaged field holds now, exact even where a number would be rounded. */
export function foundText(heap: HeapReader, { address, found }: HeaderDamage): string {
  if (found <= Number.MAX_SAFE_INTEGER || heap.bytes === null) return shown(found);
  return littleEndian(heap.bytes.read(address, 8));
}

/** "header field `size`", "footer (its size)" */
export function fieldName(field: HeaderDamage["field"]): string {
  return field === "footer" ? "footer (its size)" : `header field \`${field}\``;
}

/** "the 40-byte block `b`", "the free block at 0x10048" */
export function damagedBlock({ block }: HeaderDamage, owner: Allocation | undefined): string {
  if (block.state === "free") return `the free block at ${toHex(block.address)}`;
  return owner === undefined ? `the block at ${toHex(block.address)}` : blockName(owner);
}

/** An operation of the allocator that reads damaged fields; the first is told in full. */
export function trippedOver(
  heap: HeapReader,
  verb: TrustingVerb,
  what: string,
  read: readonly (ReadDamage & { readonly culprit: number })[],
  owner: Allocation | undefined,
): Report {
  const [{ damage, place, culprit }] = read;
  const { reason, abort } = glibcCheck(verb, place, damage.field);
  const whose = place === "own" ? "its" : "the";
  const block = place === "own" ? "" : ` of ${damagedBlock(damage, owner)}${places[place]}`;
  const more = read.length > 1 ? ` (and ${plural(read.length - 1, "more damaged field")})` : "";
  const values = `must be ${shown(damage.expected)} and is ${foundText(heap, damage)} since ${lineName(culprit)}`;
  const lines = [...new Set(read.map((entry) => entry.culprit))].slice(0, 5);
  return {
    message: `${what} trips over ${whose} ${fieldName(damage.field)}${block}, which ${values}${more}: ${reason}, and glibc would abort with "${abort}".`,
    related: [
      ...lines.map((line) => ({ line, message: "This line wrote over the field." })),
      ...(owner === undefined ? [] : originLines(owner)),
    ],
  };
}

/** An allocation from a pool or slab cache that takes a block whose link or slab is damaged; `pool` names it. */
export function damagedLink(link: LinkDamage, pool: string, culprit: number): Report {
  const { expected, found } = link;
  return {
    message: `alloc from ${pool} trips over ${linkText(link)}, which must be ${shown(expected)} and is ${shown(found)} since ${lineName(culprit)}: ${consequence(link)}.`,
    related: [{ line: culprit, message: `This line wrote over the ${link.field === "link" ? "link" : "field"}.` }],
  };
}

function consequence({ field, found }: LinkDamage): string {
  switch (field) {
    case "link":
      return `a real pool would hand out ${toHexOr(found)} next`;
    case "inuse":
      return "a real cache would take the slab for one with another number of objects in use";
    case "free":
      return `a real cache would hand out object ${shown(found)} of the slab now`;
    case "bufctl":
      return `a real cache would hand out object ${shown(found)} of the slab next`;
  }
}

function toHexOr(value: number): string {
  return Number.isSafeInteger(value) ? toHex(value) : shown(value);
}

/** "the link in free block 3", "the field `inuse` of slab 0", "the entry of object 5 in `bufctl`" */
export function linkText({ field, index }: LinkDamage): string {
  if (field === "link") return `the link in free block ${index}`;
  return field === "bufctl" ? `the entry of object ${index} in \`bufctl\`` : `the field \`${field}\` of slab ${index}`;
}
