import { asPageNumber, asPhysicalAddress } from "../address";
import type { ByteStoreContract } from "../bytes/ByteStore";
import type { AddressSpace } from "./AddressSpace";
import type { AccessKind, Fault, TranslationOutcome, VirtualMemoryOptions } from "./contract";
import { isForbidden } from "./FaultHandler";
import { isIndexBelow } from "./Mapper";
import type { Pager } from "./Pager";

/** Where an address of a space leads, without any effect: no count, no bit, no page brought in. */
export class AddressLookup {
  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly physical: ByteStoreContract,
  ) {}

  translate(address: number, space: AddressSpace): TranslationOutcome {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return linear;
    const page = Math.floor(linear / this.options.pageSize);
    const vpn = asPageNumber(page);
    if (!this.options.paging) return { reason: "none", vpn, physical: asPhysicalAddress(linear) };
    if (!isIndexBelow(page, this.options.pages)) return { reason: "invalid-page", vpn };
    const id = space.mappingOf(page);
    if (id < 0 || this.pager.mappings.frame[id] < 0) return { reason: "page-fault", vpn };
    return { reason: "none", vpn, physical: this.physicalOf(id, linear) };
  }

  locate(address: number, space: AddressSpace): number {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return -1;
    const { pageSize, paging } = this.options;
    if (!paging) return linear;
    const id = space.mappingOf(Math.floor(linear / pageSize));
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
    return isForbidden(flags, kind) ? { reason: "protection-fault", vpn, flags } : outcome.linear;
  }

  /** Whether the address has bytes at all, touched or not. */
  private isKnown(address: number, space: AddressSpace): boolean {
    const linear = this.linearOf(address, null, space);
    if (typeof linear !== "number") return false;
    return !this.options.paging || space.mappingOf(Math.floor(linear / this.options.pageSize)) >= 0;
  }

  physicalOf(id: number, linear: number) {
    const { mappings } = this.pager;
    const { pageSize } = this.options;
    return asPhysicalAddress(mappings.frame[id] * pageSize + (linear - mappings.vpn[id] * pageSize));
  }
}
