import { asPageNumber } from "../address";
import type { AddressLookup } from "./AddressLookup";
import type { AddressSpace } from "./AddressSpace";
import type { AddressSpaces } from "./AddressSpaces";
import type { AccessKind, Fault, VirtualMemoryOptions } from "./contract";
import { isForbidden, type FaultHandler } from "./FaultHandler";
import { isIndexBelow } from "./Mapper";
import type { Pager } from "./Pager";
import type { ProcessorReferences } from "./ProcessorReferences";
import { pageFlags } from "./tableFormats";

/** Where an access cannot be made, and why. */
export interface Refusal {
  readonly address: number;
  readonly fault: Fault;
}

/**
 * Looks at every page of an access before any of them is used: a processor that refuses an instruction leaves the state
 * as it was before that instruction (Intel SDM vol. 3A, 6.5, "Faults").
 */
export class AccessCheck {
  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly spaces: AddressSpaces,
    private readonly lookup: AddressLookup,
    private readonly faultHandler: FaultHandler,
    private readonly checked: ProcessorReferences,
    /** Tables take frames, too, so that the frames that an access needs are not known before. */
    private readonly tablesTakeFrames: boolean,
  ) {}

  /**
   * The first part of an access by the current process that is not permitted or can get no frame; null when there is none.
   * Has no effect. Where pages are evicted, and where tables take frames, only the access itself finds out that room is
   * lacking.
   */
  first(address: number, length: number, kind: AccessKind): Refusal | null {
    const { lookup, spaces } = this;
    const { current } = spaces;
    const end = address + length;
    let room = this.framesFor(current);
    for (let at = address; at < end; at += lookup.partLength(at, end - at, current)) {
      const fault = this.faultAt(at, kind, current);
      if (fault !== null) return { address: at, fault };
      if (room === Infinity || !this.takesFrame(at, kind, current)) continue;
      if (room === 0) return { address: at, fault: { reason: "out-of-frames", vpn: this.pageOf(at) } };
      room--;
    }
    return null;
  }

  /** Why the byte of an address cannot be accessed, or null; without any effect. */
  faultAt(address: number, kind: AccessKind, space: AddressSpace): Fault | null {
    const { options, pager } = this;
    const linear = this.lookup.linearOf(address, kind, space);
    if (typeof linear !== "number") return linear;
    const vpn = this.pageOf(linear);
    if (!options.paging) return isIndexBelow(vpn, options.frames) ? null : { reason: "invalid-page", vpn };
    const outside = this.lookup.outside(vpn, linear);
    if (outside !== null) return outside;
    if (this.checked.areNeeded) return this.checked.refusalAt(space, vpn, kind);
    const id = space.mappingOf(vpn);
    if (id < 0 || pager.mappings.frame[id] < 0) return this.faultHandler.refusal(space, vpn, id, kind);
    const flags = pager.mappings.flags[id];
    return isForbidden(flags, kind) ? { reason: "protection-fault", vpn, flags } : null;
  }

  /** Frames that a process may still get; Infinity where that cannot be known. */
  private framesFor(space: AddressSpace): number {
    const { pager, spaces, options } = this;
    const isKnown =
      options.paging && !this.checked.areNeeded && space.segments === null && spaces.policyOf(space) === null;
    if (!isKnown || this.tablesTakeFrames) return Infinity;
    return Math.min(pager.frames.free, space.quota - space.resident);
  }

  /** Whether the page has to be brought in, or copied because others have it too. */
  private takesFrame(address: number, kind: AccessKind, space: AddressSpace): boolean {
    const { frame, flags, order } = this.pager.mappings;
    const id = space.mappingOf(this.pageOf(address));
    if (id < 0 || frame[id] < 0) return true;
    const isCopied = kind === "write" && (flags[id] & pageFlags.copyOnWrite) !== 0;
    return isCopied && order[id] === 0 && this.pager.mappings.isSharedFrame(frame[id]);
  }

  private pageOf(linear: number) {
    return asPageNumber(Math.floor(linear / this.options.pageSize));
  }
}
