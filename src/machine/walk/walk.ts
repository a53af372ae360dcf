import { say } from "../../language/phrases";
import { toHex } from "../../engine/address";
import { cacheAccess } from "../../engine/cache/contract";
import type { AddressSpace } from "../../engine/vm/AddressSpace";
import type { AccessKind, Fault } from "../../engine/vm/contract";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import { pageFlags } from "../../engine/vm/entryBits";
import { faultCode, type FaultCode } from "../../engine/vm/faultCode";
import { isForbidden } from "../../engine/vm/FaultHandler";
import { clearBitOf, denialOf } from "../../engine/vm/processor";
import type { Translation } from "../../engine/vm/Translations";
import { permissionLetters } from "../problems/flags";
import type { Allocation } from "../state/allocation";
import type { MachineState } from "../run/MachineState";
import { entrySteps, probeStep } from "./entries";
import { splitByPages, splitBySegments } from "./split";
import type { AddressWalk, WalkEnd, WalkStep } from "./steps";
import { accessPhrases, whyAbsent, whyBadEntry, whyClearBit, whyForbidden, whyNoSegment, whyOutside } from "./reasons";

/** What a walk looks at. */
export type Walkable = Pick<MachineState, "vm" | "caches" | "regionAt" | "allocation">;

/**
 * The way of an address of a process, of the running one when none is given, to its byte, as the processor and the operating system go it, without any
 * effect: segment, lookaside buffer, every table, frame or swap slot, region, caches, block. A walk that ends early says
 * why and what would help. With a kind the permissions count, without one they are shown only. Null without a vm.
 */
export function walkAddress(
  memory: Walkable,
  address: number,
  kind: AccessKind | null = null,
  process: AddressSpace | null = null,
): AddressWalk | null {
  const { vm } = memory;
  if (vm === null) return null;
  const space = process ?? vm.current;
  const steps: WalkStep[] = [];
  const end = withCode(vm, space, address, kind, walkOn(vm, space, address, kind, steps));
  if (kind === null && end.kind === "reached" && vm.checked.processor.mode !== "any") {
    steps.push(modeStep(vm, space, address));
  }
  if (end.kind === "reached") for (const step of cacheSteps(memory, end.physical, kind)) steps.push(step);
  // Where blocks are is known of the running process.
  const block = space === vm.current ? blockStep(memory, address) : null;
  if (block !== null) steps.push(block);
  return { address, process: space.name, steps, end };
}

/** Adds what the hardware says of an access that stops. */
function withCode(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  address: number,
  kind: AccessKind | null,
  end: WalkEnd,
): WalkEnd {
  const fault = end.kind === "reached" || kind === null ? null : vm.faultAt(address, kind, space);
  const code = fault === null ? null : codeOf(vm, space, fault, kind);
  return end.kind === "reached" || code === null ? end : { ...end, code };
}

function codeOf(vm: VirtualMemoryReader, space: AddressSpace, fault: Fault, kind: AccessKind | null): FaultCode | null {
  const { checked, options } = vm;
  return faultCode(fault, kind, checked.isPresent(space, fault.vpn), checked.processor, options.format.name);
}

function modeStep(vm: VirtualMemoryReader, space: AddressSpace, address: number): WalkStep {
  const rights = (["read", "write", "execute"] as const).map((access) => {
    const fault = vm.faultAt(address, access, space);
    return { access, permitted: fault === null, code: fault && codeOf(vm, space, fault, access) };
  });
  return { kind: "mode", mode: vm.checked.processor.mode, rights };
}

function walkOn(
  vm: VirtualMemoryReader,
  space: AddressSpace,
  address: number,
  kind: AccessKind | null,
  steps: WalkStep[],
): WalkEnd {
  const { options, pager } = vm;
  const { pageSize } = options;
  let linear = address;
  if (space.segments !== null) {
    const outcome = space.segments.translate(address);
    steps.push(splitBySegments(space.segments, address));
    if (outcome.kind === "violation") return whyNoSegment(outcome, space.segments);
    const { segment } = outcome;
    linear = outcome.linear;
    steps.push({ kind: "segment", segment, linear });
    if (isForbidden(segment.flags, kind)) {
      return {
        kind: "stopped",
        at: say("the segment"),
        why: say(
          "segment `{0}` permits `{1}`, but not {2}",
          segment.name,
          permissionLetters(segment.flags),
          accessPhrases[kind ?? "read"],
        ),
        fix: say("Declare the segment with that permission."),
      };
    }
  }
  if (!options.paging) return directEnd(vm, linear, steps);
  const page = Math.floor(linear / pageSize);
  const outside = vm.outside(linear);
  const { mappings } = pager;
  const id = outside === null ? space.mappingOf(page) : -1;
  const found = outside ?? vm.checked.translation(space, page);
  const order = "reason" in found ? (id < 0 ? 0 : mappings.order[id]) : found.order;
  steps.push(splitByPages(vm, order, linear));
  if (outside !== null) return whyOutside(outside, options.pages);
  const stale = vm.checked.staleEntry(space, page, kind);
  if (vm.tlb !== null) steps.push(tlbStep(vm, space, page, id, stale !== null));
  if (vm.invertedTable === null) for (const step of entrySteps(vm, space, page, id)) steps.push(step);
  else steps.push(probeStep(vm, space, vm.invertedTable, page));
  const frame = id < 0 ? -1 : mappings.frame[id];
  if (id >= 0 && frame < 0) {
    const slot = mappings.slot[id];
    const packed = slot < 0 ? undefined : pager.compressed?.packedSize(slot);
    const evicted = (mappings.flags[id] & pageFlags.evicted) !== 0;
    steps.push(slot < 0 ? { kind: "untouched", evicted } : { kind: "swap", slot, packed: packed ?? null });
  }
  const area = space.areaOf(page);
  if (stale !== null) {
    const physical = stale.frame * pageSize + (linear % pageSize);
    steps.push(frameStep(vm, stale.frame, stale, physical));
  } else if (!("reason" in found)) {
    const physical = found.frame * pageSize + (linear - found.vpn * pageSize);
    steps.push(frameStep(vm, found.frame, { ...found, flags: shownFlags(vm, found) }, physical));
  }
  if (area !== undefined) steps.push({ kind: "region", area: { ...area } });
  if (stale !== null) return { kind: "reached", physical: stale.frame * pageSize + (linear % pageSize) };
  if ("reason" in found) {
    return found.reason === "bad-entry" ? whyBadEntry(found, vm, page) : whyAbsent(vm, space, page, id, kind, steps);
  }
  return (
    whyRefused(vm, found, kind) ?? {
      kind: "reached",
      physical: found.frame * pageSize + (linear - found.vpn * pageSize),
    }
  );
}

function frameStep(
  { pager }: VirtualMemoryReader,
  frame: number,
  { flags, order }: { readonly flags: number; readonly order: number },
  physical: number,
): WalkStep {
  return { kind: "frame", frame, order, flags, owners: [...pager.mappingsOf(frame)].length, physical };
}

/** The flags of the page, with the permission to write that a copy will give. */
function shownFlags({ pager }: VirtualMemoryReader, { id, flags }: Translation): number {
  const known = id < 0 ? 0 : pager.mappings.flags[id];
  const { copyOnWrite, shared, write } = pageFlags;
  return flags | (known & (copyOnWrite | shared)) | ((known & copyOnWrite) === 0 ? 0 : known & write);
}

function whyRefused(vm: VirtualMemoryReader, found: Translation, kind: AccessKind | null): WalkEnd | null {
  if (kind === null) return null;
  const flags = shownFlags(vm, found);
  const { processor } = vm.checked;
  const rule = denialOf(flags, kind, processor, vm.options.format.name);
  if (rule !== null) {
    const own = found.id < 0 ? 0 : vm.pager.mappings.flags[found.id];
    return whyForbidden(found.vpn, flags, kind, rule, found.id < 0 || !isForbidden(own, kind));
  }
  const bit = clearBitOf(flags, kind, processor, vm.options.format.name);
  return bit === null ? null : whyClearBit(bit);
}

/** Without paging what segments give is the physical address. */
function directEnd(vm: VirtualMemoryReader, linear: number, steps: WalkStep[]): WalkEnd {
  const end = vm.options.frames * vm.options.pageSize;
  if (linear < end) {
    steps.push({ kind: "memory", physical: linear });
    return { kind: "reached", physical: linear };
  }
  return {
    kind: "stopped",
    at: say("physical memory"),
    why: say("memory ends at {0}", toHex(end)),
    fix: say("Declare the vm with more `frames=`, or use a different base."),
  };
}

function tlbStep(
  { tlb, pager }: VirtualMemoryReader,
  space: AddressSpace,
  page: number,
  id: number,
  isStale: boolean,
): WalkStep {
  const { mappings } = pager;
  const order = id < 0 ? 0 : mappings.order[id];
  const first = id < 0 ? page : mappings.vpn[id];
  const sets = tlb === null ? 1 : tlb.options.entries / tlb.options.ways;
  const entry = tlb?.options.coherent === false ? tlb.find(space.id, page) : null;
  if (tlb !== null && entry !== null) {
    const remembered = { frame: entry.frame + (page - entry.vpn), flags: entry.flags, isStale };
    return { kind: "tlb", hit: true, set: entry.set, sets, remembered };
  }
  return { kind: "tlb", hit: tlb?.has(space.id, first, order) === true, set: (first / 2 ** order) % sets, sets };
}

/** Every cache between the processor and the byte; the way of data unless the byte is fetched as an instruction. */
function cacheSteps({ caches }: Walkable, physical: number, kind: AccessKind | null): WalkStep[] {
  const path = caches?.pathFor(cacheAccess[kind ?? "read"]) ?? [];
  return path.map((cache) => ({ kind: "cache", name: cache.options.name, place: cache.peek(physical) }));
}

/** The block of a heap or pool that lies at the address, and the line that made it. */
function blockStep(memory: Walkable, address: number): WalkStep | null {
  const region = memory.regionAt(address);
  const block = region?.blockAt(address);
  if (region === undefined || block === undefined) return null;
  const owner: Allocation | undefined = block.state === "free" ? undefined : memory.allocation(block.owner);
  const { name } = region.options;
  return {
    kind: "block",
    region: name,
    state: block.state,
    start: block.address,
    handle: owner?.handle ?? null,
    line: owner?.line ?? null,
  };
}
