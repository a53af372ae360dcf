import { toHex } from "../../engine/address";
import type { ByteStoreContract } from "../../engine/bytes/ByteStore";
import { eventKindNumber } from "../../engine/events";
import { pageFlags, type AccessKind, type Touch, type TranslationOutcome } from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { throughCaches } from "./caches";
import type { AccessVerb } from "../problems/accessMessages";
import { permissionLetters } from "../problems/flags";
import { bytes } from "../problems/wording";
import type { Step } from "../step/Step";
import type { Region } from "../state/regions";
import { outOfSwapMessage } from "../verbs/vm";

const events = { read: eventKindNumber("read"), write: eventKindNumber("write") };

/** Bytes of one store that an access reaches; `offset` is their place within the access. */
export interface Stretch {
  readonly store: ByteStoreContract;
  readonly address: number;
  readonly length: number;
  readonly offset: number;
  /** Null in physical memory. */
  readonly region: Region | null;
}

/** Goes through the page table page by page, and ends at the first fault, which is reported. */
export function touchPages(step: Step, vm: VirtualMemory, address: number, length: number, kind: AccessVerb): Reached {
  const { pageSize } = vm.options;
  const stretches: Stretch[] = [];
  const touches: Touch[] = [];
  let offset = 0;
  while (offset < length) {
    const at = address + offset;
    const outcome = vm.access(at, kind);
    if (outcome.reason !== "none") {
      reportFault(step, vm, at, kind, outcome);
      break;
    }
    // Segments move offsets, and may end within a page.
    const room = vm.current.segments?.roomAt(at) ?? Infinity;
    const inPage = Math.min(length - offset, pageSize - (outcome.physical % pageSize), room);
    step.world.log.push(events[kind], at, inPage, 0, 0);
    throughCaches(step.world, outcome.physical, inPage, kind, outcome);
    stretches.push({ store: vm.physical, address: outcome.physical, length: inPage, offset, region: null });
    touches.push(outcome);
    offset += inPage;
  }
  return { stretches: stretches.length > 1 ? whereTheyAre(vm, address, stretches) : stretches, touch: joined(touches) };
}

/** With few frames a later page of an access may have evicted an earlier one, whose bytes are in swap space then. */
function whereTheyAre(vm: VirtualMemory, address: number, stretches: readonly Stretch[]): Stretch[] {
  return stretches.flatMap((stretch) => {
    const at = vm.locate(address + stretch.offset);
    return at < 0 ? [] : [{ ...stretch, address: at }];
  });
}

/** One access over several pages: it faulted when any page did. */
function joined(touches: readonly Touch[]): Touch {
  const misses = touches.some(({ tlbHit }) => tlbHit === false);
  return {
    faulted: touches.some(({ faulted }) => faulted),
    copied: touches.some(({ copied }) => copied),
    evicted: touches.find(({ evicted }) => evicted !== null)?.evicted ?? null,
    tlbHit: touches.length === 0 || touches[0].tlbHit === null ? null : !misses,
  };
}

export interface Reached {
  readonly stretches: Stretch[];
  readonly touch: Touch;
}

/** Words the fault of an access. */
export function reportFault(
  step: Step,
  vm: VirtualMemory,
  address: number,
  kind: AccessKind | "translate",
  outcome: TranslationOutcome,
): void {
  if (outcome.reason === "none") return;
  const { pageSize, pages, frames, swapSlots } = vm.options;
  const { vpn } = outcome;
  const withTables = vm.tables.areInMemory ? " and the tables on the way to it" : "";
  const access = `${kind} at ${toHex(address)} (page ${vpn}, offset ${address % pageSize})`;
  switch (outcome.reason) {
    case "page-fault":
      step.raise("page-fault", { message: `${access}: page ${vpn} is not mapped.` });
      return;
    case "invalid-page": {
      const space = vm.options.paging
        ? `the address space has the pages 0 to ${pages - 1}`
        : `memory ends at ${toHex(frames * pageSize)}`;
      step.raise("page-fault", { message: `${access}: ${space}.` });
      return;
    }
    case "protection-fault": {
      const needed = kind === "translate" ? "r" : permissionLetters(pageFlags[kind]);
      const message = `${access}: page ${vpn} permits \`${permissionLetters(outcome.flags)}\`, and this needs \`${needed.replaceAll("-", "")}\`.`;
      step.raise("protection-fault", { message });
      return;
    }
    case "segment-violation":
      step.raise("segmentation-fault", { message: `${kind} at ${toHex(address)}: ${violation(outcome)}.` });
      return;
    case "no-region":
      step.raise("segmentation-fault", {
        message: `${access}: no region of \`${vm.current.name}\` has page ${vpn}; ${nearestRegion(vm, vpn)}.`,
      });
      return;
    case "guard-page":
      step.raise("guard-page", { message: `${access}: the guard \`${outcome.region}\` has page ${vpn}.` });
      return;
    case "out-of-frames":
      step.raise("out-of-frames", {
        message: `${access}: no frame for page ${vpn}${withTables}; there are ${frames}, and no page can be evicted.`,
      });
      return;
    case "out-of-swap":
      step.raise("out-of-swap", { message: outOfSwapMessage(`${access}: no frame for page ${vpn}`, swapSlots) });
      return;
  }
}

function violation({ index, segment, offset }: Extract<TranslationOutcome, { reason: "segment-violation" }>): string {
  if (segment === undefined) return `there is no segment ${index}`;
  const place = segment.growsDown ? `${bytes(-offset)} below its top` : `offset ${offset}`;
  return `segment ${index} \`${segment.name}\` has ${bytes(segment.limit)}, and the address is at ${place}`;
}

/** The region below or above a page that is in none. */
function nearestRegion(vm: VirtualMemory, vpn: number): string {
  const { areas } = vm.current;
  const below = areas.filter(({ to }) => to <= vpn).at(-1);
  if (below !== undefined) return `\`${below.name}\` ends at page ${below.to - 1}`;
  const above = areas.find(({ from }) => from > vpn);
  return above === undefined ? "it has no regions" : `\`${above.name}\` begins at page ${above.from}`;
}
