import { ByteStore, type ByteStoreContract } from "../../engine/bytes/ByteStore";
import { eventKindNumber } from "../../engine/events";
import {
  pageFlags,
  type AccessKind,
  type AccessOutcome,
  type Touch,
  type TranslationOutcome,
} from "../../engine/vm/contract";
import type { VirtualMemory } from "../../engine/vm/VirtualMemory";
import { say } from "../../language/phrases";
import { faultCode } from "../../engine/vm/faultCode";
import { isRiscv } from "../../engine/vm/processor";
import { throughCaches } from "./caches";
import { permissionLetters } from "../problems/flags";
import type { NearbyRegion } from "../problems/pageFaults";
import type { AccessVerb } from "../problems/phrases";
import type { Step } from "../step/Step";
import type { Region } from "../state/regions";

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

/**
 * An access to pages of the running process, page by page; null when it is refused, as a whole, which is reported and
 * counted as one fault.
 */
export function touchPages(
  step: Step,
  vm: VirtualMemory,
  address: number,
  length: number,
  kind: AccessVerb,
): Reached | null {
  const refusal = vm.refuse(address, length, kind);
  if (refusal === null) return usePages(step, vm, address, length, kind);
  reportFault(step, vm, refusal.address, kind, refusal.fault);
  tellRefused(step, kind);
  return null;
}

/** Says that an access had no effect. */
export function tellRefused(step: Step, kind: AccessVerb): void {
  step.tell(() => (kind === "read" ? say("Refused: no byte was read.") : say("Refused: no byte was written.")));
}

/**
 * The same for an access that nothing refuses. Only room may be lacking, in the midst of it: then pages have come in, and
 * null is returned before a byte is read or written.
 */
export function usePages(
  step: Step,
  vm: VirtualMemory,
  address: number,
  length: number,
  kind: AccessVerb,
): Reached | null {
  const stretches: Stretch[] = [];
  const touches: Touch[] = [];
  const isDone = eachPage(step, vm, address, length, kind, (outcome, inPage, offset) => {
    step.world.log.push(events[kind], address + offset, inPage, 0, 0);
    throughCaches(step.world, outcome.physical, inPage, kind, outcome);
    stretches.push({ store: vm.physical, address: outcome.physical, length: inPage, offset, region: null });
    touches.push(outcome);
  });
  if (!isDone) {
    tellRefused(step, kind);
    return null;
  }
  const physical = stretches[0].address;
  const touch = joined(touches);
  return { stretches: stretches.length > 1 ? whereTheyAre(vm, address, stretches) : stretches, touch, physical };
}

/** Refers to each page of an access in turn, up to one that has no room, which is reported: then it is not done. */
export function eachPage(
  step: Step,
  vm: VirtualMemory,
  address: number,
  length: number,
  kind: AccessKind,
  use: (outcome: Extract<AccessOutcome, { readonly reason: "none" }>, inPage: number, offset: number) => void,
): boolean {
  const { pageSize } = vm.options;
  for (let offset = 0; offset < length;) {
    const at = address + offset;
    const outcome = vm.access(at, kind);
    if (outcome.reason !== "none") {
      reportFault(step, vm, at, kind, outcome);
      return false;
    }
    // Segments move offsets, and may end within a page.
    const room = vm.current.segments?.roomAt(at) ?? Infinity;
    const inPage = Math.min(length - offset, pageSize - (outcome.physical % pageSize), room);
    use(outcome, inPage, offset);
    offset += inPage;
  }
  return true;
}

/**
 * With few frames a later page of an access may have evicted an earlier one. Its bytes are in swap space then, or
 * nowhere when none was ever written: it still reads as zeros.
 */
function whereTheyAre(vm: VirtualMemory, address: number, stretches: readonly Stretch[]): Stretch[] {
  return stretches.map((stretch) => {
    const at = vm.locate(address + stretch.offset);
    return at < 0 ? { ...stretch, store: new ByteStore() } : { ...stretch, address: at };
  });
}

/** One access over several pages: it faulted when any page did. */
export function joined(touches: readonly Touch[]): Touch {
  const eviction = touches.find(({ evicted }) => evicted !== null);
  const misses = touches.some(({ tlbHit }) => tlbHit === false);
  return {
    faulted: touches.some(({ faulted }) => faulted),
    copied: touches.some(({ copied }) => copied),
    evicted: eviction?.evicted ?? null,
    evictedFrom: eviction?.evictedFrom ?? null,
    tlbHit: touches.length === 0 || touches[0].tlbHit === null ? null : !misses,
  };
}

export interface Reached {
  /** All bytes of the access. */
  readonly stretches: Stretch[];
  readonly touch: Touch;
  /** Where the first byte was when it was accessed. */
  readonly physical: number;
}

/** Reports the fault of an access. */
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
  const { processor } = vm.checked;
  const isPresent = vm.checked.isPresent(vm.current, vpn);
  const code = faultCode(outcome, kind === "translate" ? null : kind, isPresent, processor, vm.options.format.name);
  const facts = { access: kind, address, page: vpn, offset: address % pageSize, ...(code === null ? {} : { code }) };
  switch (outcome.reason) {
    case "page-fault":
      step.raise("page-fault", { kind: "not-mapped", ...facts });
      return;
    case "invalid-page":
      if (vm.options.paging) step.raise("page-fault", { kind: "no-page", ...facts, pages });
      else step.raise("page-fault", { kind: "no-memory", ...facts, endAddress: frames * pageSize });
      return;
    case "protection-fault": {
      const needs = kind === "translate" ? "r" : permissionLetters(pageFlags[kind]).replaceAll("-", "");
      const permits = permissionLetters(outcome.flags);
      const { rule } = outcome;
      const shown = rule === undefined || rule === "segment" || rule === "permission" ? {} : { rule };
      step.raise("protection-fault", { ...facts, permits, needs, ...shown });
      return;
    }
    case "bad-entry": {
      const { level, refusal } = outcome;
      step.raise("page-fault", { kind: "entry", ...facts, table: vm.options.format.levelNames[level], refusal });
      return;
    }
    case "clear-bit":
      step.raise("page-fault", { kind: "clear-bit", ...facts, bit: outcome.bit });
      return;
    case "non-canonical": {
      const { signBit } = outcome;
      if (isRiscv(vm.options.format.name)) step.raise("page-fault", { kind: "not-signed", ...facts, signBit });
      else step.raise("general-protection-fault", { ...facts, signBit });
      return;
    }
    case "segment-violation": {
      const { index, segment, offset } = outcome;
      const shown = segment && { name: segment.name, limit: segment.limit, growsDown: segment.growsDown };
      step.raise("segmentation-fault", {
        kind: "segment",
        access: kind,
        address,
        index,
        segment: shown ?? null,
        offset,
      });
      return;
    }
    case "no-region":
      step.raise("segmentation-fault", {
        kind: "region",
        ...facts,
        process: vm.current.name,
        nearby: nearestRegion(vm, vpn),
      });
      return;
    case "guard-page":
      step.raise("guard-page", { kind: "access", ...facts, guard: outcome.region });
      return;
    case "out-of-frames":
      step.raise("out-of-frames", { kind: "access", ...facts, frames, withTables: vm.tables.areInMemory });
      return;
    case "out-of-swap":
      step.raise("out-of-swap", { kind: "access", ...facts, slots: swapSlots });
      return;
  }
}

/** The region below or above a page that is in none. */
function nearestRegion(vm: VirtualMemory, vpn: number): NearbyRegion | null {
  const { areas } = vm.current;
  const below = areas.filter(({ to }) => to <= vpn).at(-1);
  if (below !== undefined) return { name: below.name, page: below.to - 1, side: "below" };
  const above = areas.find(({ from }) => from > vpn);
  return above === undefined ? null : { name: above.name, page: above.from, side: "above" };
}
