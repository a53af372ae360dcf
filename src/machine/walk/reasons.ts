import { toHex } from "../../engine/address";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { AccessKind, Fault } from "../../engine/vm/contract";
import type { Denial } from "../../engine/vm/processor";
import type { EntryFault } from "../../engine/vm/tableWalk";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { isForbidden } from "../../engine/vm/FaultHandler";
import { pageFlags } from "../../engine/vm/tableFormats";
import type { SegmentOutcome, SegmentTable } from "../../engine/vm/segments";
import { permissionLetters } from "../problems/flags";
import { sayCount, say, type Phrase } from "../../language/phrases";
import { byteCount } from "../stories/counts";
import type { WalkEnd, WalkStep } from "./steps";

export const accessPhrases: Readonly<Record<AccessKind, Phrase>> = {
  read: say("reading"),
  write: say("writing"),
  execute: say("executing"),
};

const modeReasons: Readonly<Record<Exclude<Denial, "permission">, readonly [why: Phrase, fix: Phrase]>> = {
  "supervisor-page": [say("it is a supervisor page, and the mode is user"), say("`mode supervisor` permits it.")],
  smep: [say("a supervisor executes no user page under SMEP"), say("`mode smep=off` permits it.")],
  smap: [say("a supervisor accesses no user page under SMAP"), say("`mode ac=on` permits it.")],
  "user-code": [say("a supervisor never executes a user page"), say("`mode user` permits it.")],
  sum: [say("a supervisor accesses no user page while SUM is clear"), say("`mode sum=on` permits it.")],
};

/** Why no page can be at an address. */
export function whyOutside(fault: Fault, pages: number): WalkEnd {
  if (fault.reason !== "non-canonical") {
    return {
      kind: "stopped",
      at: say("the page number"),
      why: say("there is no page {0}: the address space has the pages 0 to {1}", fault.vpn, pages - 1),
      fix: say("Declare the vm with more `pages=`, or use a different address."),
    };
  }
  const { signBit } = fault;
  return {
    kind: "stopped",
    at: say("the address"),
    why: say("it is not canonical: bits {0} to 63 do not equal bit {1}", signBit + 1, signBit),
    fix: say("Use an address below {0}.", toHex(2 ** signBit)),
  };
}

/** The walk ends at an entry that is there, but is no good. */
export function whyBadEntry({ level, refusal }: EntryFault, { options }: VirtualMemoryReader, page: number): WalkEnd {
  const { levelNames } = options.format;
  const fix =
    refusal.kind === "not-present"
      ? say("`protect {0} rw` makes it valid.", page)
      : say("`pte {0} … level={1}` writes it again.", page, levelNames.length - 1 - level);
  return { kind: "stopped", at: say("the {0}", levelNames[level]), why: entryReason(refusal), fix };
}

function entryReason(refusal: EntryFault["refusal"]): Phrase {
  switch (refusal.kind) {
    case "not-present":
      return say("its entry is not valid");
    case "write-only":
      return say("its entry has W without R, which is reserved");
    case "reserved":
      return say("its entry has reserved bits set: {0}", refusal.bits.join(", "));
    case "no-leaf":
      return say("its entry has none of R, W and X");
    case "misaligned":
      return say("its entry maps a superpage to frame {0}, not a multiple of {1}", refusal.frame, refusal.unit);
    case "beyond-memory":
      return say("its entry leads to frame {0}, which does not exist", refusal.frame);
  }
}

/** Svade: a bit that software must set first. */
export function whyClearBit(bit: "A" | "D"): WalkEnd {
  return {
    kind: "stopped",
    at: say("the {0} bit", bit),
    why: say("it is clear, and with `svade=on` software sets it"),
    fix: say("`mode svade=off` lets the processor set it."),
  };
}

/** Why a page without a frame has none, at which table the walk found out, and what would give it one. */
export function whyAbsent(
  { options, pager }: VirtualMemoryReader,
  space: AddressSpace,
  page: number,
  id: number,
  kind: AccessKind | null,
  steps: readonly WalkStep[],
): WalkEnd {
  const at = placeOf(steps);
  const stopped = (why: Phrase, fix: Phrase): WalkEnd => ({ kind: "stopped", at, why, fix });
  if (id >= 0) {
    const { slot, flags } = pager.mappings;
    if (slot[id] < 0 && (flags[id] & pageFlags.evicted) !== 0)
      return stopped(say("page {0} was evicted", page), say("The next access gives it a frame of zeros."));
    return slot[id] < 0
      ? stopped(say("page {0} was never accessed", page), say("The next access gives it a frame of zeros."))
      : stopped(say("page {0} is swapped out", page), say("The next access brings it in from slot {0}.", slot[id]));
  }
  const area = space.areaOf(page);
  if (area === undefined && space.areas.length > 0) {
    const stack = space.areas.find((one) => one.growth === "down" && one.lowest <= page && page < one.from);
    if (stack !== undefined && space.isClear(page, stack.from)) {
      return stopped(
        say("page {0} is below `{1}`", page, stack.name),
        say("An access grows `{0}` down to it.", stack.name),
      );
    }
    return stopped(say("no area of `{0}` has page {1}", space.name, page), growthFix(space, page));
  }
  if (area?.isGuard === true) {
    return stopped(say("page {1} is in the guard `{0}`", area.name, page), say("An access to a guard is an error."));
  }
  if (!options.demand) return stopped(say("page {0} is not mapped", page), say("`map {0}` maps it.", page));
  if (area !== undefined && kind !== null && isForbidden(area.flags, kind)) {
    return stopped(
      say("area `{0}` permits `{1}`, but not {2}", area.name, permissionLetters(area.flags), accessPhrases[kind]),
      say("`map {0} {1}` permits it.", page, wordOf(area.flags | pageFlags[kind])),
    );
  }
  return stopped(say("page {0} has no frame yet", page), say("The first access brings it in."));
}

/** The page is there, but its entries or the processor's mode do not permit the access. */
export function whyForbidden(
  page: number,
  flags: number,
  kind: AccessKind,
  rule: Denial,
  isByUpperEntry: boolean,
): WalkEnd {
  if (rule !== "permission") {
    const [why, fix] = modeReasons[rule];
    return { kind: "stopped", at: say("the mode"), why, fix };
  }
  return {
    kind: "stopped",
    at: say("the permissions"),
    why: say("page {0} permits `{1}`, but not {2}", page, permissionLetters(flags), accessPhrases[kind]),
    fix: isByUpperEntry
      ? say("An entry on the way forbids it; `pte` changes that.")
      : say("`protect {0} {1}` permits it.", page, wordOf(flags | pageFlags[kind])),
  };
}

export function whyNoSegment(
  { index, segment, offset }: Extract<SegmentOutcome, { kind: "violation" }>,
  { segments, part }: SegmentTable,
): WalkEnd {
  if (segment === undefined) {
    const fix =
      index === segments.length
        ? say("Another `segment` line declares it.")
        : sayCount(segments.length, "There are {0} segment.", "There are {0} segments.");
    return { kind: "stopped", at: say("the segments"), why: say("there is no segment {0}", index), fix };
  }
  const place = segment.growsDown ? say("{0} below its top", byteCount(-offset)) : say("at offset {0}", toHex(offset));
  const needed = segment.growsDown ? -offset : offset + 1;
  return {
    kind: "stopped",
    at: say("the segments"),
    why: say("segment {0} `{1}` has {2}, and the address is {3}", index, segment.name, byteCount(segment.limit), place),
    fix: needed <= part ? say("A limit of {0} is large enough.", byteCount(needed)) : say("No limit is large enough."),
  };
}

/** The table whose entry leads nowhere. */
function placeOf(steps: readonly WalkStep[]): Phrase {
  const last = steps.filter((step) => step.kind === "entry" || step.kind === "bucket").at(-1);
  return last?.kind === "entry" ? say("the {0}", last.table) : say("the inverted table");
}

/** A region below that may grow up to the page, or a new one. */
function growthFix({ areas }: AddressSpace, page: number): Phrase {
  const below = areas.filter(({ to }) => to <= page).at(-1);
  return below?.growth === "up"
    ? say("`grow {0} {1}` reaches it.", below.name, page + 1 - below.to)
    : say("Declare a `region` that has page {0}.", page);
}

function wordOf(flags: number): string {
  return permissionLetters(flags).replaceAll("-", "");
}
