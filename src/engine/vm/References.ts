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

  /** Counts an answer of the lookaside buffer, and returns it. */
  countLookup(isHit: boolean): boolean {
    if (isHit) this.tlbHits++;
    else this.tlbMisses++;
    return isHit;
  }

  /** Asks the lookaside buffer for a reference that leads to an address. */
  lookUp(tlb: Tlb, space: number, page: number): boolean {
    return (this.tlbHit = this.countLookup(tlb.lookup(space, page)));
  }

  /** The facts of a reference that leads to an address. */
  note(page: number, faulted: boolean, evicted: number, tlbHit: boolean | null, copied: boolean): void {
    this.page = page;
    this.faulted = faulted;
    this.evicted = evicted;
    this.tlbHit = tlbHit;
    this.copied = copied;
  }
}
