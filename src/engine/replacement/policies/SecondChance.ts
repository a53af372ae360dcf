import type { FrameBits } from "../contract";
import { ListPolicy } from "./ListPolicy";

/**
 * Second chance (Tanenbaum, Modern Operating Systems, 3.4.4): first in, first out, but an oldest page whose reference
 * bit is set moves to the tail as if it had just arrived, and the bit is cleared. O(1) amortized: each move was paid for
 * by a reference.
 */
export class SecondChance extends ListPolicy {
  override readonly looksAtBits = true;

  constructor(private readonly bits: FrameBits) {
    super("arrival");
  }

  touch(): void {
    // A use moves nothing.
  }

  evict(): number {
    const { bits, list } = this;
    let frame = list.first;
    for (; bits.referenced(frame); frame = list.first) {
      bits.clearReferenced(frame);
      list.moveToBack(frame);
    }
    list.remove(frame);
    return frame;
  }
}
