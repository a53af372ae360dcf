import { scopeOf, type EventScope, type Extent } from "../../engine/events";
import type { Allocation } from "../../machine/state/allocation";
import type { MachineState } from "../../machine/run/MachineState";
import type { VirtualMemoryReader } from "../../engine/vm/VirtualMemoryReader";
import type { StepRecord } from "../../machine/records/records";
import { isHeap } from "../../machine/state/regions";
import type { DataTarget } from "./dataTargets";

/** What a step did to something that is watched. */
export interface DataAccess {
  readonly read: boolean;
  /** Its bytes were written, or it was allocated, moved or given back; of a page or frame: its mapping changed. */
  readonly write: boolean;
}

const nothing: DataAccess = { read: false, write: false };

/**
 * What a step did to a target, by the events of the step. The allocator's own headers count where an event rewrites
 * them; the links that it turns in neighbouring free blocks have no events.
 */
export function accessOf(target: DataTarget, record: StepRecord, state: MachineState): DataAccess {
  const scopes = record.events.map(scopeOf);
  switch (target.kind) {
    case "bytes":
      return bytesAccess({ from: target.address, to: target.address + target.length }, scopes, state);
    case "block": {
      const allocation = state.allocation(target.allocation);
      if (allocation === undefined) return nothing;
      const { address, requested } = allocation;
      const { read, write } = bytesAccess({ from: address, to: address + requested }, scopes, state);
      return { read, write: write || isTurningPoint(allocation, record) };
    }
    case "page":
      return state.vm === null ? nothing : pageAccess(target, scopes, state.vm);
    case "frame":
      return state.vm === null ? nothing : frameAccess(target.pfn, scopes, state.vm);
  }
}

function bytesAccess(range: Extent, scopes: readonly EventScope[], state: MachineState): DataAccess {
  const meets = (extent: Extent | undefined): boolean =>
    extent !== undefined && extent.from < range.to && range.from < extent.to;
  return {
    read: scopes.some(({ reads }) => meets(reads)),
    write: scopes.some(({ writes, header }) => meets(writes) || meets(headerAt(header, state))),
  };
}

/** The header of a block, where it has one. */
function headerAt(address: number | undefined, state: MachineState): Extent | undefined {
  if (address === undefined) return undefined;
  const region = state.regionAt(address);
  return region !== undefined && isHeap(region) ? { from: address, to: address + region.options.header } : undefined;
}

/** Whether the block began, moved, changed its size or ended in the step. */
function isTurningPoint({ address, step, freed }: Allocation, record: StepRecord): boolean {
  if (step === record.step || freed?.step === record.step) return true;
  return record.events.some((event) => {
    if (event.kind === "move") return event.from === address || event.to === address;
    if (event.kind !== "resize") return false;
    return event.addr <= address && address < event.addr + Math.max(event.size, event.oldSize);
  });
}

/** References to the page, and changes of its entry in the page table of the address space that it belongs to. */
function pageAccess(
  { space, vpn }: Extract<DataTarget, { kind: "page" }>,
  scopes: readonly EventScope[],
  { options: { pageSize }, current }: VirtualMemoryReader,
): DataAccess {
  return {
    read: scopes.some(
      ({ translated }) =>
        translated !== undefined && current.id === space && Math.floor(translated.virtual / pageSize) === vpn,
    ),
    write: scopes.some(({ pages }) => pages?.space === space && pages.from <= vpn && vpn < pages.to),
  };
}

/** References through the frame, and changes of what it holds or of who shares it. */
function frameAccess(
  pfn: number,
  scopes: readonly EventScope[],
  { options: { pageSize } }: VirtualMemoryReader,
): DataAccess {
  const through = scopes.filter(
    ({ translated }) => translated !== undefined && Math.floor(translated.physical / pageSize) === pfn,
  );
  const isWritten = ({ translated }: EventScope): boolean => {
    const page = Math.floor(translated!.virtual / pageSize) * pageSize;
    return scopes.some(({ writes }) => writes !== undefined && writes.from < page + pageSize && page < writes.to);
  };
  return {
    read: through.some((scope) => !isWritten(scope)),
    write: scopes.some(({ frames }) => frames?.includes(pfn) === true) || through.some(isWritten),
  };
}
