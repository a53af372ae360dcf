import { eventKindNumber } from "../../engine/events";
import type { Allocation } from "../state/allocation";
import { throughCaches } from "./caches";
import type { FactsOf } from "../problems/catalogue";
import type { AccessVerb } from "../problems/phrases";
import type { Step } from "../step/Step";
import type { Value } from "../state/HandleTable";
import type { World } from "../state/World";
import { reportFault, tellRefused, usePages, type Stretch } from "./pageAccess";
import { checkAddress, checkProvenance } from "./provenance";
import { isHere, processBytes, type Region } from "../state/regions";

/** Addresses below are null with an offset: systems leave this first page unmapped. */
const nullPageBytes = 4096;

const events = { read: eventKindNumber("read"), write: eventKindNumber("write") };

/** A part of an access that lies in one region, or in pages of the vm; `offset` is its place within the access. */
interface AccessPart {
  readonly address: number;
  readonly length: number;
  readonly offset: number;
  /** Null in the vm's pages. */
  readonly region: Region | null;
}

/** An access that nothing refuses, before it has any effect. */
export interface PlannedAccess {
  readonly kind: AccessVerb;
  readonly parts: readonly AccessPart[];
}

/** Plans an access and performs it; null when it is refused, which is reported. */
export function reach(step: Step, place: Value, length: number, kind: AccessVerb): Stretch[] | null {
  const access = planAccess(step, place, length, kind);
  return access && performAccess(step, access);
}

/**
 * Checks an access by its provenance, reports what is wrong with it, and finds out where it leads. A mistaken access is
 * performed as in life where memory permits it. One that reaches into a forbidden page, or where no memory is, is refused
 * as a whole: null, and nothing but the fault is counted.
 */
export function planAccess(step: Step, place: Value, length: number, kind: AccessVerb): PlannedAccess | null {
  const { world } = step;
  const address = place.value;
  if (!Number.isInteger(address)) {
    step.raise("bad-operand", { kind: "fractional-address", value: address });
    return null;
  }
  if (address < 0 || address + length > Number.MAX_SAFE_INTEGER) {
    step.raise("wild-access", { kind: "no-address", access: kind, address });
    return null;
  }
  const before = step.problems.length;
  const origin = world.ledger.get(place.allocation);
  // While another process runs, the pointer is an address of that one, whatever it was made from.
  const block = origin === undefined || isHere(world.region(origin.region)) ? origin : undefined;
  if (block !== undefined) checkProvenance(step, block, address, length, kind);
  const parts = partsOf(world, address, length, isInPages(world, address, block));
  const rest = (at: number): number => address + length - at;
  for (const part of parts) {
    const inner = part.region === null ? undefined : world.regionAt(part.address);
    const isUnchecked = block === undefined && step.problems.length === before;
    if (isUnchecked && inner !== undefined) checkAddress(step, inner, part.address, rest(part.address), kind);
  }
  const end = parts.reduce((sum, part) => sum + part.length, address);
  if (rest(end) > 0) {
    const gap = { access: kind, address: end, length: rest(end) };
    if (step.problems.length === before) step.raise("wild-access", nowhere(step, gap));
    tellRefused(step, kind);
    return null;
  }
  if (parts.some(({ region }) => region?.bytes === null)) return null;
  return parts.every((part) => isPermitted(step, part, kind)) ? { kind, parts } : null;
}

/** Whether what lies in no region is in pages of the vm: unless the access begins in a region that is not in a process. */
function isInPages(world: World, address: number, block: Allocation | undefined): boolean {
  if (world.vm === null) return false;
  const home = block === undefined ? world.outermostAt(address) : world.region(block.region);
  return home === undefined ? block === undefined : processBytes(home) !== null;
}

/** The parts of an access, as far as there is memory. */
function partsOf(world: World, address: number, length: number, inPages: boolean): AccessPart[] {
  const parts: AccessPart[] = [];
  const end = address + length;
  for (let at = address; at < end;) {
    const region = world.outermostAt(at) ?? null;
    if (region === null && !inPages) break;
    const part = Math.min(end, region?.end ?? end) - at;
    parts.push({ address: at, length: part, offset: at - address, region });
    at += part;
  }
  return parts;
}

/** Whether the pages of a part permit the access; else that is reported, and counted as one fault. */
function isPermitted(step: Step, { region, address, length }: AccessPart, kind: AccessVerb): boolean {
  const { vm } = step.world;
  const store = region && processBytes(region);
  if (vm === null || (region !== null && store === null)) return true;
  const refusal = store === null ? vm.refuse(address, length, kind) : store.refuse(address, length, kind);
  if (refusal === null) return true;
  reportFault(step, vm, refusal.address, kind, refusal.fault);
  tellRefused(step, kind);
  return false;
}

/** Performs a planned access and returns the bytes that it reaches; null when there was no room for a page, which is reported. */
export function performAccess(step: Step, { kind, parts }: PlannedAccess): Stretch[] | null {
  const { world } = step;
  const { vm } = world;
  const stretches: Stretch[] = [];
  for (const { region, address, length, offset } of parts) {
    if (region === null) {
      const reached = vm && usePages(step, vm, address, length, kind);
      if (reached === null) return null;
      for (const stretch of reached.stretches) stretches.push({ ...stretch, offset: offset + stretch.offset });
      continue;
    }
    if (region.bytes === null) continue;
    world.log.push(events[kind], address, length, 0, 0);
    if (vm === null) throughCaches(world, address, length, kind, null);
    if (kind === "read" && processBytes(region)?.load(address, length) === false) {
      tellRefused(step, kind);
      return null;
    }
    stretches.push({ store: region.bytes, address, length, offset, region });
  }
  return stretches;
}

function nowhere(
  step: Step,
  access: { readonly access: AccessVerb; readonly address: number; readonly length: number },
): FactsOf<"wild-access"> {
  if (access.address >= nullPageBytes) return { kind: "outside", ...access };
  return { kind: "null", ...access, failedLine: step.failedAllocationLine() ?? null };
}
