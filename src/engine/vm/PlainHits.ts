import type { AddressSpaces } from "./AddressSpaces";
import type { AccessKind, VirtualMemoryOptions } from "./contract";
import { isPlainHit } from "./FaultHandler";
import type { Pager } from "./Pager";
import type { References } from "./References";
import { pageFlags } from "./tableFormats";
import type { Tlb } from "./Tlb";

/**
 * The usual reference, in as few steps as it can be told in: the page is present and of the least size, the access is
 * permitted, and its bits in the page table are set. Everything else is left to the whole walk.
 */
export class PlainHits {
  /** Binary logarithm of the page size; 0 where that is no power of two. */
  private readonly pageShift: number;

  constructor(
    private readonly options: VirtualMemoryOptions,
    private readonly pager: Pager,
    private readonly spaces: AddressSpaces,
    private readonly references: References,
  ) {
    const shift = Math.log2(options.pageSize);
    this.pageShift = Number.isInteger(shift) ? shift : 0;
  }

  /** The physical address, or -1 without any effect where the reference is not such a one. Leaves no event. */
  hit(address: number, kind: AccessKind, tlb: Tlb | null): number {
    const { pageShift } = this;
    const { pageSize } = this.options;
    // A shift is several times as fast as a division, but for 32 bits alone.
    if (pageShift > 0 && address < 2 ** 31) {
      return this.hitPage(address >>> pageShift, address & (pageSize - 1), kind, tlb);
    }
    const page = Math.floor(address / pageSize);
    return this.hitPage(page, address - page * pageSize, kind, tlb);
  }

  private hitPage(page: number, offset: number, kind: AccessKind, tlb: Tlb | null): number {
    const { references, pager, spaces } = this;
    const { current } = spaces;
    if (current.segments !== null) return -1;
    const policy = spaces.policyOf(current);
    if (policy !== null && policy.timed) return -1;
    const id = current.pages.get(page);
    if (id < 0) return -1;
    const { frame: frames, flags } = pager.mappings;
    const frame = frames[id];
    if (frame < 0 || !isPlainHit(flags[id], kind)) return -1;
    if (policy !== null) {
      pager.time = references.total;
      pager.refer(id, true);
    }
    references.hits++;
    if (kind === "write") pager.noteWrite(frame);
    references.page = page;
    references.faulted = false;
    references.evicted = -1;
    references.copied = false;
    references.tlbHit = null;
    if (tlb !== null && !references.lookUp(tlb, current.id, page))
      tlb.insert(current.id, page, 0, (flags[id] & pageFlags.global) !== 0);
    return frame * this.options.pageSize + offset;
  }
}
