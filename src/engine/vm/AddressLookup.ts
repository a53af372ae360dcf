import { asPageNumber, asPhysicalAddress } from "../address";
import type { ByteStoreContract } from "../bytes/ByteStore";
import type { AddressSpace } from "./AddressSpace";
import type { AccessKind, Fault, TranslationOutcome, VirtualMemoryOptions } from "./contract";
import { isForbidden } from "./FaultHandler";
import { isIndexBelow } from "./Mapper";
import type { Pager } from "./Pager";
import type { PageTables } from "./PageTables";
import type { ProcessorReferences } from "./ProcessorReferences";

/** Where an address of a space leads, without any effect: no count, no bit, no page brought in. */
export class AddressLookup {
  /** The first address whose sign bit is set. */
  private readonly signEnd: number;

  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly physical: ByteStoreContract,
    private readonly tables: PageTables,
    private readonly references: ProcessorReferences,
  ) {
    this.signEnd = 2 ** options.format.signBit;
  }

  translate(address: number, space: AddressSpace): TranslationOutcome {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return linear;
    const page = Math.floor(linear / this.options.pageSize);
    const vpn = asPageNumber(page);
    if (!this.options.paging) return { reason: "none", vpn, physical: asPhysicalAddress(linear) };
    const outside = this.outside(page, linear);
    if (outside !== null) return outside;
    const found = this.references.translation(space, page);
    if ("reason" in found) return found;
    const { pageSize } = this.options;
    return {
      reason: "none",
      vpn,
      physical: asPhysicalAddress(found.frame * pageSize + (linear - found.vpn * pageSize)),
    };
  }

  locate(address: number, space: AddressSpace): number {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return -1;
    const { pageSize, paging } = this.options;
    if (!paging) return linear;
    const page = Math.floor(linear / pageSize);
    if (this.tables.areByHand) {
      const found = this.references.translation(space, page);
      if (!("reason" in found)) return found.frame * pageSize + (linear - found.vpn * pageSize);
    }
    const id = space.mappingOf(page);
    const start = id < 0 ? -1 : this.pager.bytesAddress(id);
    return start < 0 ? -1 : start + (linear - this.pager.mappings.vpn[id] * pageSize);
  }

  peek(address: number, length: number, space: AddressSpace): Uint8Array | undefined {
    const parts = new Uint8Array(length);
    let done = 0;
    while (done < length && this.isKnown(address + done, space)) {
      const part = this.partLength(address + done, length - done, space);
      const from = this.locate(address + done, space);
      if (from >= 0) parts.set(this.physical.read(from, part), done);
      done += part;
    }
    return done === 0 ? undefined : parts.subarray(0, done);
  }

  /** How many of `length` bytes from a valid address on lie in its page and its segment. */
  partLength(address: number, length: number, space: AddressSpace): number {
    const { pageSize } = this.options;
    const linear = this.linearOf(address, null, space);
    const inPage = typeof linear === "number" ? pageSize - (linear % pageSize) : 1;
    return Math.min(length, inPage, space.segments?.roomAt(address) ?? Infinity);
  }

  /** The address after segmentation, or the violation. */
  linearOf(address: number, kind: AccessKind | null, space: AddressSpace): number | Fault {
    const { segments } = space;
    if (segments === null) return address;
    const vpn = asPageNumber(Math.floor(address / this.options.pageSize));
    const outcome = segments.translate(address);
    if (outcome.kind === "violation") {
      const { index, segment, offset } = outcome;
      return { reason: "segment-violation", vpn, index, segment, offset };
    }
    const { flags } = outcome.segment;
    return isForbidden(flags, kind) ? { reason: "protection-fault", vpn, flags, rule: "segment" } : outcome.linear;
  }

  /** Why no page of the space can be at an address, or null. */
  outside(page: number, linear: number): Fault | null {
    const { format, pages } = this.options;
    const vpn = asPageNumber(page);
    if (linear >= this.signEnd) return { reason: "non-canonical", vpn, signBit: format.signBit };
    return isIndexBelow(page, pages) ? null : { reason: "invalid-page", vpn };
  }

  /** Whether the address has bytes at all, touched or not. */
  private isKnown(address: number, space: AddressSpace): boolean {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return false;
    if (!this.options.paging) return true;
    const page = Math.floor(linear / this.options.pageSize);
    if (space.mappingOf(page) >= 0) return true;
    return this.tables.areByHand && !("reason" in this.references.translation(space, page));
  }

  physicalOf(id: number, linear: number) {
    const { mappings } = this.pager;
    const { pageSize } = this.options;
    return asPhysicalAddress(mappings.frame[id] * pageSize + (linear - mappings.vpn[id] * pageSize));
  }
}
