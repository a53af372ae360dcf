import type { Tlb } from "./Tlb";

/** The references of a vm: what all of them were, and what the last one used. A reference allocates nothing. */
export class References {
  hits = 0;
  faults = 0;
  tlbHits = 0;
  tlbMisses = 0;
  /** Of the last one that led to an address: its page, -1 before the first. */
  page = -1;
  /** Whether the page had to be brought in. */
  faulted = false;
  /** The page that left its frame for it, or -1. */
  evicted = -1;
  /** Null without a lookaside buffer. */
  tlbHit: boolean | null = null;
  /** Whether a shared page was copied for it. */
  copied = false;

  get total(): number {
    return this.hits + this.faults;
  }

  /** Asks the lookaside buffer and counts its answer. */
  lookUp(tlb: Tlb, space: number, page: number): boolean {
    return this.noteLookup(tlb.lookup(space, page));
  }

  /** Counts an answer of the lookaside buffer. */
  noteLookup(isHit: boolean): boolean {
    if (isHit) this.tlbHits++;
    else this.tlbMisses++;
    this.tlbHit = isHit;
    return isHit;
  }
}
