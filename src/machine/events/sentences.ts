import { toHex } from "../../engine/address";
import type { EngineEvent, EngineEventKind } from "../../engine/events";
import { englishWords } from "../../language/Words";
import { messageOf } from "../problems/Problem";
import type { Allocation } from "../state/allocation";
import { permissionLetters } from "../problems/flags";
import { bytes, fate, handleOr, lineName, sentence } from "../problems/wording";
import type { MemoryEvent, MemoryEventKind } from "./memoryEvents";

/** How history shows an event of an engine: the kind that it counts as, and its sentence. */
interface HistoryRow<Kind extends EngineEventKind> {
  readonly kind: MemoryEventKind;
  readonly sentence: (event: EngineEvent<Kind>, context: MemoryEvent) => string;
}

function row<Kind extends EngineEventKind>(
  kind: MemoryEventKind,
  sentence: HistoryRow<Kind>["sentence"],
): HistoryRow<Kind> {
  return { kind, sentence };
}

/** Null: the event only explains others. */
const rows: { readonly [Kind in EngineEventKind]: HistoryRow<Kind> | null } = {
  search: null,
  split: row(
    "split",
    ({ addr, size, rest, restSize }) =>
      `The free block at ${toHex(Math.min(addr, rest))} (${bytes(size + restSize)}) was split: ${size} used at ${toHex(addr)}, ${restSize} free at ${toHex(rest)}.`,
  ),
  allocate: row("allocation", ({ addr }, { allocation }) => allocated(allocation, addr)),
  free: row("free", ({ addr }, { allocation }) => freed(allocation, addr)),
  coalesce: row(
    "coalesce",
    ({ addr, size, absorbed, absorbedSize }) =>
      `The free block at ${toHex(absorbed)} (${bytes(absorbedSize)}) was merged into the one at ${toHex(addr)}, which has ${bytes(size)} now.`,
  ),
  resize: row(
    "resize",
    ({ addr, size, oldSize }, { allocation }) =>
      `${who(allocation)} was resized in place: its block at ${toHex(addr)} has ${bytes(size)} now, ${oldSize} before.`,
  ),
  move: row(
    "move",
    ({ from, to, size }, { allocation }) =>
      `${who(allocation)} moved from ${toHex(from)} to ${toHex(to)}, ${bytes(size)} copied.`,
  ),
  grow: row("grow", ({ oldEnd, newEnd }) => `The heap grew from ${toHex(oldEnd)} to ${toHex(newEnd)}.`),
  "quarantine-enter": row(
    "quarantine",
    ({ addr, size }) => `The block at ${toHex(addr)} (${bytes(size)}) entered quarantine.`,
  ),
  "quarantine-leave": null,
  reset: null,
  "pool-allocate": row("allocation", ({ addr }, { allocation }) => allocated(allocation, addr)),
  "pool-free": row("free", ({ addr }, { allocation }) => freed(allocation, addr)),
  "pool-reset": null,
  "pool-grow": row(
    "grow",
    ({ oldCount, newCount }, { region }) =>
      `The pool${region === null ? "" : ` \`${region}\``} grew from ${oldCount} to ${newCount} blocks.`,
  ),
  "slab-create": null,
  "slab-return": null,
  map: row("map", ({ vpn, pfn, flags }, context) =>
    pfn < 0
      ? `${page(vpn, context)} was mapped on demand, \`${permissionLetters(flags)}\`.`
      : `${page(vpn, context)} was mapped to frame ${pfn}, \`${permissionLetters(flags)}\`.`,
  ),
  unmap: row("unmap", ({ vpn, pfn }, context) =>
    pfn < 0 ? `${page(vpn, context)} was unmapped.` : `${page(vpn, context)} was unmapped from frame ${pfn}.`,
  ),
  protect: row(
    "protect",
    ({ vpn, flags, oldFlags }, context) =>
      `${page(vpn, context)} permits \`${permissionLetters(flags)}\` now, \`${permissionLetters(oldFlags)}\` before.`,
  ),
  "page-in": row(
    "fault",
    ({ vpn, pfn, slot }, context) =>
      `${page(vpn, context)} was not present and came into frame ${pfn}, ${slot < 0 ? "fresh" : `from swap slot ${slot}`}.`,
  ),
  evict: row(
    "eviction",
    ({ vpn, pfn, slot, written }, context) =>
      `${page(vpn, context)} had to leave frame ${pfn}${slot < 0 ? "" : ` for swap slot ${slot}`}${written === 1 ? ", written back" : ""}.`,
  ),
  "copy-page": row(
    "copy",
    ({ vpn, oldPfn, pfn }, context) =>
      `${page(vpn, context)} was written while shared: it was copied from frame ${oldPfn} to frame ${pfn}.`,
  ),
  "merge-page": row(
    "merge",
    ({ pfn, into }) => `Frame ${pfn} had the same bytes as frame ${into}: its pages share that one now.`,
  ),
  switch: row("switch", (_, { process }) => `${process ?? "Another process"} runs from here on.`),
  translate: null,
  cache: null,
  write: row("write", ({ addr, size }) => `${bytes(size)} written at ${span(addr, size)}.`),
  read: row("read", ({ addr, size }) => `${bytes(size)} read at ${span(addr, size)}.`),
};

/** The kind that an event counts as in queries and histories; null for one that only explains others. */
export function historyKindOf(event: EngineEvent): MemoryEventKind | null {
  return rows[event.kind]?.kind ?? null;
}

/** What happened, in one plain sentence. */
export function sentenceOf(happening: MemoryEvent): string {
  const { kind, event, problem, allocation } = happening;
  if (problem !== null) return `${sentence(problem.id.replaceAll("-", " "))}: ${messageOf(problem, englishWords)}`;
  // Blocks that ended with their pool have no event.
  if (event === null) return kind === "free" ? freed(allocation, 0) : "";
  // The row of a kind takes events of that kind, which the type of a union cannot say.
  return (rows[event.kind] as HistoryRow<EngineEventKind> | null)?.sentence(event, happening) ?? "";
}

const who = (allocation: Allocation | null): string =>
  allocation === null ? "The block" : handleOr(allocation, "A block");

const page = (vpn: number, { process }: MemoryEvent): string =>
  `Page ${vpn}${process === null ? "" : ` of ${process}`}`;

function allocated(allocation: Allocation | null, at: number): string {
  if (allocation === null) return `A block at ${toHex(at)} was handed out.`;
  const { requested, address, region } = allocation;
  return `${handleOr(allocation, "A block")} was allocated: ${bytes(requested)} at ${toHex(address)} from \`${region}\`.`;
}

function freed(allocation: Allocation | null, at: number): string {
  if (allocation === null) return `The block at ${toHex(at)} was freed.`;
  const { requested, address } = allocation;
  const block = `${handleOr(allocation, "A block")} of ${lineName(allocation.line)}`;
  return `${block} was ${fate(allocation) ?? "freed"}: ${bytes(requested)} at ${toHex(address)}.`;
}

function span(from: number, length: number): string {
  return `${toHex(from)}..${toHex(from + length)}`;
}
