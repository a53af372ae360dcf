import { toHex } from "../../engine/address";
import type { HeaderDamage } from "../../engine/heap/blocks";
import type { LinkDamage } from "../../engine/pool/contract";
import type { Allocation } from "../state/allocation";
import type { Report } from "../step/Step";
import { damagedBlock, fieldName, linkText } from "./damageMessages";
import { blockOrigin, bytes, fate, originLines, plural, shown } from "./wording";

export type AccessVerb = "read" | "write";

/** An access by address, length and direction, as messages name it: "write of 4 bytes". */
function access(kind: AccessVerb, length: number): string {
  return `${kind} of ${bytes(length)}`;
}

export function overflow(kind: AccessVerb, address: number, length: number, block: Allocation): Report {
  const end = block.address + block.requested;
  const distance = address - end;
  const where =
    distance >= 0
      ? `${access(kind, length)}, ${bytes(distance)} after ${blockOrigin(block)}`
      : `${access(kind, length)} goes ${bytes(address + length - end)} past the end of ${blockOrigin(block)}`;
  return { message: `${where}.`, related: originLines(block) };
}

/** The part of an overflow's message that names the victim, when the access lands in somebody else's block. */
export function intoNeighbour(report: Report, neighbour: Allocation): Report {
  const message = `${report.message.replace(/\.$/, "")}, and lands in ${blockOrigin(neighbour)}.`;
  return { ...report, message, related: [...(report.related ?? []), ...originLines(neighbour)] };
}

export function underflow(kind: AccessVerb, address: number, length: number, block: Allocation): Report {
  const message = `${access(kind, length)}, ${bytes(block.address - address)} before ${blockOrigin(block)}.`;
  return { message, related: originLines(block) };
}

export function useAfterFree(
  kind: AccessVerb,
  address: number,
  length: number,
  block: Allocation,
  newOwner: Allocation | undefined,
): Report {
  const offset = address - block.address;
  const beyond = offset - block.requested;
  const where =
    offset < 0 ? `${bytes(-offset)} before` : beyond > 0 ? `${bytes(beyond)} after` : `${bytes(offset)} inside`;
  const now = newOwner === undefined ? "" : `; the memory belongs to ${blockOrigin(newOwner)} now`;
  const related = [...originLines(block), ...(newOwner === undefined ? [] : originLines(newOwner))];
  return {
    message: `${access(kind, length)}, ${where} ${blockOrigin(block)}, ${fate(block) ?? "live"}${now}.`,
    related,
  };
}

export function uninitialized(length: number, offset: number, block: Allocation): Report {
  const message = `read of ${bytes(length)}: byte ${offset} of ${blockOrigin(block)} was never written.`;
  return { message, related: originLines(block) };
}

/** `near` is a live block that ends shortly before the address. */
export function wild(kind: AccessVerb, address: number, length: number, reason: string, near?: Allocation): Report {
  const message = `${access(kind, length)} at ${toHex(address)}: ${reason}`;
  if (near === undefined) return { message: `${message}.` };
  const distance = address - near.address - near.requested;
  return { message: `${message}, ${bytes(distance)} after ${blockOrigin(near)}.`, related: originLines(near) };
}

/** `copy` between ranges that overlap: it does the right thing, C's `memcpy` need not. */
export function overlap(to: number, from: number, length: number, blocks: readonly Allocation[]): Report {
  const shared = length - Math.abs(to - from);
  return {
    message: `copy of ${bytes(length)} from ${toHex(from)} to ${toHex(to)}: the two ranges overlap in ${bytes(shared)}; \`copy\` moves them as memmove does, C's memcpy would be undefined here.`,
    related: blocks.flatMap(originLines),
  };
}

/** Says which fields of headers a write damaged; the first in full, the others as a number. */
export function headerCorruption(
  damage: readonly HeaderDamage[],
  owner: Allocation | undefined,
  found: string,
): Report {
  const first = damage[0];
  const more = damage.length > 1 ? ` and ${plural(damage.length - 1, "more field")}` : "";
  const message = `this write damages the ${fieldName(first.field)} of ${damagedBlock(first, owner)}: it must be ${shown(first.expected)} and is ${found} now${more}.`;
  return { message, related: owner === undefined ? [] : originLines(owner) };
}

/** Says which links or bookkeeping of a pool or slab cache a write damaged; `pool` names it. */
export function linkCorruption(damage: readonly LinkDamage[], pool: string): Report {
  const first = damage[0];
  const more =
    damage.length > 1 ? ` and ${plural(damage.length - 1, first.field === "link" ? "more link" : "more field")}` : "";
  const message = `this write damages ${linkText(first)} of ${pool}: it must be ${shown(first.expected)} and is ${shown(first.found)} now${more}.`;
  return { message };
}
