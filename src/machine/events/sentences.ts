import { toHex } from "../../engine/address";
import type { EngineEvent, EngineEventKind } from "../../engine/events";
import type { Words } from "../../language/Words";
import { blockFacts } from "../problems/facts";
import { permissionLetters } from "../problems/flags";
import { fate } from "../problems/phrases";
import { messageOf } from "../problems/Problem";
import type { Allocation } from "../state/allocation";
import type { SelectedEvent } from "./EventSearch";
import type { MemoryEvent, MemoryEventKind } from "./memoryEvents";

/** How history shows an event of an engine: the kind that it counts as, and its sentence. */
interface HistoryRow<Kind extends EngineEventKind> {
  readonly kind: MemoryEventKind;
  readonly sentence: (event: EngineEvent<Kind>, words: Words, context: MemoryEvent) => string;
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
  split: row("split", ({ addr, size, rest, restSize }, words) =>
    words.say(
      "The free block at {0} ({1}) was split: {2} used at {3}, {4} free at {5}.",
      toHex(Math.min(addr, rest)),
      words.bytes(size + restSize),
      size,
      toHex(addr),
      restSize,
      toHex(rest),
    ),
  ),
  allocate: row("allocation", ({ addr }, words, { allocation }) => allocated(allocation, addr, words)),
  free: row("free", ({ addr }, words, { allocation }) => freed(allocation, addr, words)),
  coalesce: row("coalesce", ({ addr, size, absorbed, absorbedSize }, words) =>
    words.say(
      "The free block at {0} ({1}) was merged into the one at {2}, which now has {3}.",
      toHex(absorbed),
      words.bytes(absorbedSize),
      toHex(addr),
      words.bytes(size),
    ),
  ),
  resize: row("resize", ({ addr, size, oldSize }, words, { allocation }) =>
    words.say(
      "{0} was resized in place: its block at {1} now has {2}, before {3}.",
      who(allocation, words),
      toHex(addr),
      words.bytes(size),
      oldSize,
    ),
  ),
  move: row("move", ({ from, to, size }, words, { allocation }) =>
    words.say(
      "{0} moved from {1} to {2}, {3} copied.",
      who(allocation, words),
      toHex(from),
      toHex(to),
      words.bytes(size),
    ),
  ),
  grow: row("grow", ({ oldEnd, newEnd }, words) =>
    words.say("The heap grew from {0} to {1}.", toHex(oldEnd), toHex(newEnd)),
  ),
  trim: row("trim", ({ oldEnd, newEnd }, words) =>
    words.say(
      "The heap gave back {0}: it ended at {1} and now ends at {2}.",
      words.bytes(oldEnd - newEnd),
      toHex(oldEnd),
      toHex(newEnd),
    ),
  ),
  "quarantine-enter": row("quarantine", ({ addr, size }, words) =>
    words.say("The block at {0} ({1}) entered quarantine.", toHex(addr), words.bytes(size)),
  ),
  "quarantine-leave": null,
  reset: null,
  "pool-allocate": row("allocation", ({ addr }, words, { allocation }) => allocated(allocation, addr, words)),
  "pool-free": row("free", ({ addr }, words, { allocation }) => freed(allocation, addr, words)),
  "pool-reset": null,
  "pool-grow": row("grow", ({ oldCount, newCount }, words, { region }) =>
    region === null
      ? words.say("The pool grew from {0} to {1} blocks.", oldCount, newCount)
      : words.say("The pool `{2}` grew from {0} to {1} blocks.", oldCount, newCount, region),
  ),
  "slab-create": null,
  "slab-return": null,
  map: row("map", ({ vpn, pfn, flags }, words, context) =>
    pfn < 0
      ? words.say("{0} was mapped on demand, `{1}`.", page(vpn, context, words), permissionLetters(flags))
      : words.say("{0} was mapped to frame {1}, `{2}`.", page(vpn, context, words), pfn, permissionLetters(flags)),
  ),
  unmap: row("unmap", ({ vpn, pfn }, words, context) =>
    pfn < 0
      ? words.say("{0} was unmapped.", page(vpn, context, words))
      : words.say("{0} was unmapped from frame {1}.", page(vpn, context, words), pfn),
  ),
  protect: row("protect", ({ vpn, flags, oldFlags }, words, context) =>
    words.say(
      "{0} now permits `{1}`, before `{2}`.",
      page(vpn, context, words),
      permissionLetters(flags),
      permissionLetters(oldFlags),
    ),
  ),
  "write-entry": row("protect", ({ vpn, addr }, words, context) =>
    words.say("{0}: its entry at {1} was written by hand.", page(vpn, context, words), toHex(addr)),
  ),
  "page-in": row("fault", ({ vpn, pfn, slot }, words, context) =>
    slot < 0
      ? words.say("{0} was not present: it got frame {1} as a new page.", page(vpn, context, words), pfn)
      : words.say(
          "{0} was not present: it came into frame {1} from swap slot {2}.",
          page(vpn, context, words),
          pfn,
          slot,
        ),
  ),
  evict: row("eviction", ({ vpn, pfn, slot, written }, words, context) => {
    const evicted = page(vpn, context, words);
    if (slot < 0) {
      return written === 1
        ? words.say("{0} was evicted from frame {1} and written back.", evicted, pfn)
        : words.say("{0} was evicted from frame {1}.", evicted, pfn);
    }
    return written === 1
      ? words.say("{0} was evicted from frame {1} and written back to swap slot {2}.", evicted, pfn, slot)
      : words.say("{0} was evicted from frame {1}; swap slot {2} has its bytes.", evicted, pfn, slot);
  }),
  "page-out": row("eviction", ({ vpn, pfn }, words, context) =>
    words.say("{0} left frame {1}, which it shared with the evicted page.", page(vpn, context, words), pfn),
  ),
  "copy-page": row("copy", ({ vpn, oldPfn, pfn }, words, context) =>
    words.say(
      "{0} was written while shared: it was copied from frame {1} to frame {2}.",
      page(vpn, context, words),
      oldPfn,
      pfn,
    ),
  ),
  "merge-page": row("merge", ({ pfn, into }, words) =>
    words.say("Frame {0} had the same bytes as frame {1}, which its pages now share.", pfn, into),
  ),
  switch: row("switch", (_, words, { process }) =>
    process === null ? words.say("Another process runs.") : words.say("Process `{0}` runs.", process),
  ),
  translate: null,
  cache: null,
  write: row("write", ({ addr, size }, words) => words.say("{0} written at {1}.", words.bytes(size), span(addr, size))),
  read: row("read", ({ addr, size }, words) => words.say("{0} read at {1}.", words.bytes(size), span(addr, size))),
};

/** The kind that an event counts as in queries and histories; null for one that only explains others. */
export function historyKindOf(event: EngineEvent): MemoryEventKind | null {
  return rows[event.kind]?.kind ?? null;
}

/** What happened, in one plain sentence. */
export function sentenceOf({ event, isReuse }: SelectedEvent, words: Words): string {
  const sentence = ofEvent(event, words);
  return isReuse ? words.say("The place was used again. {0}", sentence) : sentence;
}

function ofEvent(event: MemoryEvent, words: Words): string {
  const { kind, cause, problem, allocation } = event;
  if (problem !== null) return messageOf(problem, words);
  // Blocks that ended with their pool have no event of an engine.
  if (cause === null) return kind === "free" ? freed(allocation, 0, words) : "";
  // The row of a kind takes events of that kind, which the type of a union cannot say.
  return (rows[cause.kind] as HistoryRow<EngineEventKind> | null)?.sentence(cause, words, event) ?? "";
}

function who(allocation: Allocation | null, words: Words): string {
  if (allocation === null) return words.say("The block");
  return allocation.handle === null ? words.say("A block") : `\`${allocation.handle}\``;
}

const page = (vpn: number, { process }: MemoryEvent, words: Words): string =>
  process === null ? words.say("Page {0}", vpn) : words.say("Page {0} of {1}", vpn, process);

function allocated(allocation: Allocation | null, at: number, words: Words): string {
  if (allocation === null) return words.say("A block at {0} was handed out.", toHex(at));
  const { requested, address, region } = allocation;
  return words.say(
    "{0} was allocated: {1} at {2} from `{3}`.",
    who(allocation, words),
    words.bytes(requested),
    toHex(address),
    region,
  );
}

function freed(allocation: Allocation | null, at: number, words: Words): string {
  if (allocation === null) return words.say("The block at {0} was freed.", toHex(at));
  const { requested, address, line } = allocation;
  return words.say(
    "{0} ({1} at {2}, line {3}) was {4}.",
    who(allocation, words),
    words.bytes(requested),
    toHex(address),
    line + 1,
    fate(blockFacts(allocation), words),
  );
}

function span(from: number, length: number): string {
  return `${toHex(from)}..${toHex(from + length)}`;
}
