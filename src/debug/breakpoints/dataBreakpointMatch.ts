import type { EngineEvent } from "../../engine/events";
import type { Allocation } from "../../machine/state/allocation";
import type { MachineState } from "../../machine/run/MachineState";
import type { StepRecord } from "../../machine/records/records";
import { isHeap } from "../../machine/state/regions";
import type { DataTarget } from "./dataTargets";

/** What a step did to something that is watched. */
export interface DataAccess {
  readonly read: boolean;
  /** Its bytes were written, or it was allocated, moved or given back; of a page or frame: its mapping changed. */
  readonly write: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * What a step did to a target, by the events of the step. The allocator's own headers count where an event rewrites
 * them; the links that it turns in neighbouring free blocks have no events.
 */
export function accessOf(target: DataTarget, record: StepRecord, state: MachineState): DataAccess {
  switch (target.kind) {
    case "bytes":
      return bytesAccess({ from: target.address, to: target.address + target.length }, record, state);
    case "block": {
      const allocation = state.allocation(target.allocation);
      if (allocation === undefined) return { read: false, write: false };
      const { address, requested } = allocation;
      const { read, write } = bytesAccess({ from: address, to: address + requested }, record, state);
      return { read, write: write || isTurningPoint(allocation, record) };
    }
    case "page":
      return pageAccess(target, record, state);
    case "frame":
      return frameAccess(target.pfn, record, state);
  }
}

function bytesAccess(range: Range, { events }: StepRecord, state: MachineState): DataAccess {
  const meets = (from: number, length: number): boolean => from < range.to && range.from < from + length;
  let read = false;
  let write = false;
  for (const { kind, a, b, c } of events) {
    if (kind === "read") read ||= meets(a, b);
    else if (kind === "write") write ||= meets(a, b);
    else if (kind === "move") {
      read ||= meets(a, c);
      write ||= meets(b, c);
    } else if (kind === "allocate" || kind === "free") write ||= meets(a, c - a);
    else if (kind === "split") write ||= meets(c, headerAt(c, state));
    else if (kind === "coalesce" || kind === "resize") write ||= meets(a, headerAt(a, state));
  }
  return { read, write };
}

function headerAt(address: number, state: MachineState): number {
  const region = state.regionAt(address);
  return region !== undefined && isHeap(region) ? region.options.header : 0;
}

/** Whether the block began, moved, changed its size or ended in the step. */
function isTurningPoint({ address, step, freed }: Allocation, record: StepRecord): boolean {
  if (step === record.step || freed?.step === record.step) return true;
  return record.events.some(({ kind, a, b, c }) => {
    if (kind === "move") return a === address || b === address;
    return kind === "resize" && a <= address && address < a + Math.max(b, c);
  });
}

function pageAccess(
  { space, vpn }: Extract<DataTarget, { kind: "page" }>,
  { events }: StepRecord,
  { vm }: MachineState,
): DataAccess {
  const nothing = { read: false, write: false };
  if (vm === null) return nothing;
  const { pageSize } = vm.options;
  const isCurrent = vm.current.id === space;
  return events.reduce<DataAccess>((sum, { kind, a, d }) => {
    switch (kind) {
      case "translate":
        return isCurrent && Math.floor(a / pageSize) === vpn ? { ...sum, read: true } : sum;
      case "map":
      case "unmap":
      case "protect":
      case "evict":
        return isCurrent && a === vpn ? { ...sum, write: true } : sum;
      case "page-in":
      case "copy-page":
        return d === space && a === vpn ? { ...sum, write: true } : sum;
      default:
        return sum;
    }
  }, nothing);
}

function frameAccess(pfn: number, { events }: StepRecord, { vm }: MachineState): DataAccess {
  const nothing = { read: false, write: false };
  if (vm === null) return nothing;
  const { pageSize } = vm.options;
  const written = events.filter(({ kind }) => kind === "write");
  return events.reduce<DataAccess>((sum, event) => {
    if (isOfFrame(event, pfn)) return { ...sum, write: true };
    if (event.kind !== "translate" || Math.floor(event.b / pageSize) !== pfn) return sum;
    const page = Math.floor(event.a / pageSize) * pageSize;
    const isWrite = written.some(({ a, b }) => a < page + pageSize && page < a + b);
    return isWrite ? { ...sum, write: true } : { ...sum, read: true };
  }, nothing);
}

/** Whether the frame was given, taken or filled. */
function isOfFrame({ kind, a, b, c }: EngineEvent, pfn: number): boolean {
  switch (kind) {
    case "map":
    case "unmap":
    case "page-in":
    case "evict":
      return b === pfn;
    case "copy-page":
      return c === pfn;
    case "merge-page":
      return a === pfn;
    default:
      return false;
  }
}
