import { toHex } from "../../engine/address";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { AccessKind } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { isForbidden } from "../../engine/vm/FaultHandler";
import { pageFlags } from "../../engine/vm/tableFormats";
import type { SegmentOutcome, SegmentTable } from "../../engine/vm/segments";
import { permissionLetters } from "../problems/flags";
import { bytes, plural } from "../problems/wording";
import type { WalkEnd, WalkStep } from "./steps";

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
  const stopped = (why: string, fix: string): WalkEnd => ({ kind: "stopped", at, why, fix });
  if (id >= 0) {
    const { slot } = pager.mappings;
    return slot[id] < 0
      ? stopped(`page ${page} was never touched`, "The next touch gives it a frame of zeros.")
      : stopped(`page ${page} is swapped out`, `The next touch brings it in from slot ${slot[id]}.`);
  }
  const area = space.areaOf(page);
  if (area === undefined && space.areas.length > 0) {
    const stack = space.areas.find((one) => one.growth === "down" && one.lowest <= page && page < one.from);
    if (stack !== undefined && space.isClear(page, stack.from)) {
      return stopped(`page ${page} is below \`${stack.name}\``, `Touching it grows \`${stack.name}\` down to it.`);
    }
    return stopped(`no region of \`${space.name}\` has page ${page}`, growthFix(space, page));
  }
  if (area?.isGuard === true) {
    return stopped(`the guard \`${area.name}\` has page ${page}`, "It is there so that nobody touches it.");
  }
  if (!options.demand) return stopped(`page ${page} is not mapped`, `\`map ${page}\` would enter it.`);
  if (area !== undefined && kind !== null && isForbidden(area.flags, kind)) {
    const why = `region \`${area.name}\` permits \`${permissionLetters(area.flags)}\`, which is no ${kind}`;
    return stopped(why, `\`map ${page} ${wordOf(area.flags | pageFlags[kind])}\` would permit it.`);
  }
  return stopped(`page ${page} has no frame yet`, "The first touch brings it in.");
}

/** The page is there, but its entry does not permit the access. */
export function whyForbidden(page: number, flags: number, kind: AccessKind): WalkEnd {
  const why = `page ${page} permits \`${permissionLetters(flags)}\`, which is no ${kind}`;
  return {
    kind: "stopped",
    at: "the permissions",
    why,
    fix: `\`protect ${page} ${wordOf(flags | pageFlags[kind])}\` would permit it.`,
  };
}

export function whyNoSegment(
  { index, segment, offset }: Extract<SegmentOutcome, { kind: "violation" }>,
  { segments, part }: SegmentTable,
): WalkEnd {
  if (segment === undefined) {
    const why = `there is no segment ${index}`;
    const fix =
      index === segments.length
        ? "One more `segment` line would make it."
        : `There are ${plural(segments.length, "segment")}.`;
    return { kind: "stopped", at: "the segments", why, fix };
  }
  const place = segment.growsDown ? `${bytes(-offset)} below its top` : `at offset ${toHex(offset)}`;
  const needed = segment.growsDown ? -offset : offset + 1;
  return {
    kind: "stopped",
    at: "the segments",
    why: `segment ${index} \`${segment.name}\` has ${bytes(segment.limit)}, and the address is ${place}`,
    fix: needed <= part ? `A limit of ${bytes(needed)} would reach it.` : "No limit would reach it.",
  };
}

/** The table whose entry leads nowhere. */
function placeOf(steps: readonly WalkStep[]): string {
  const last = steps.filter((step) => step.kind === "entry" || step.kind === "bucket").at(-1);
  return last?.kind === "entry" ? `the ${last.table}` : "the inverted table";
}

/** A region below that may grow up to the page, or a new one. */
function growthFix({ areas }: AddressSpace, page: number): string {
  const below = areas.filter(({ to }) => to <= page).at(-1);
  return below?.growth === "up"
    ? `\`grow ${below.name} ${page + 1 - below.to}\` would reach it.`
    : `A \`region\` with page ${page} would hold it.`;
}

function wordOf(flags: number): string {
  return permissionLetters(flags).replaceAll("-", "");
}
