import { roundUp } from "../address";
import { BinPlacement } from "./BinPlacement";
import { leadFor } from "./geometry";
import type { HeapParts } from "./Placement";
import { tlsfClasses } from "./sizeClasses";

/**
 * TLSF's good fit, as Matthew Conte's implementation 3.1 has it: the head of the first class in which every block is
 * large enough. A block of the request's own class is passed over even if it were large enough, and may so be missed by
 * a request that nothing else can serve.
 *
 * With `rounding: "class"` a new block is as large as the least one of the class that serves it (Masmano, Ripoll, Real,
 * Crespo and Wellings, "Implementation of a constant-time dynamic storage allocator", Software: Practice and Experience
 * 38(10), 2008; TLSF 2.4.6). Once it is free again, a request for the same size finds it. A block that is resized where
 * it stands is not rounded, as in 2.4.6.
 *
 * What an alignment leaves in front of a block is never part of it, as in Conte's `tlsf_memalign`: a gap that is too
 * small for a block is made larger by whole alignments.
 */
export class TlsfPlacement extends BinPlacement {
  private readonly rounds: boolean;

  constructor(heap: HeapParts) {
    super(heap, tlsfClasses, 0);
    this.rounds = heap.options.rounding === "class";
  }

  override blockSize(need: number): number {
    if (!this.rounds) return need;
    const { overhead, geometry, options } = this;
    const size = overhead + tlsfClasses.leastOf(tlsfClasses.sufficientClass(need - overhead));
    // Classes keep every alignment that is a power of two.
    return Math.max(need, geometry.alignsPayloads ? roundUp(size, options.align) : size);
  }

  override find(need: number, align: number): number {
    return super.find(this.blockSize(need), align);
  }

  override carve(found: number, need: number, align: number): number {
    const size = this.blockSize(need);
    if (align === 1) return super.carve(found, size, align);
    const { table, min } = this;
    const lead = leadFor(table.address(found), this.options.header, align);
    const below = lead === 0 || lead >= min ? lead : lead + roundUp(min - lead, align);
    const above = table.size(found) - below - size;
    return above < min ? this.cut(found, below, size + above, 0) : this.cut(found, below, size, above);
  }

  protected override wantedSize(need: number, align: number): number {
    const size = this.blockSize(need);
    if (this.geometry.slackFor(align) === 0) return size;
    return this.overhead + roundUp(size - this.overhead + align + this.min, align);
  }
}
