import type { FrameBits } from "../contract";
import { QueuePolicy } from "./QueuePolicy";

/**
 * Second chance (Tanenbaum, Modern Operating Systems, 3.4.4): first in, first out, but an oldest page whose reference
 * bit is set moves to the tail as if it had just arrived, and the bit is cleared. O(1) amortized: each move was paid for
 * by a reference.
 */
export class SecondChance extends QueuePolicy {
  override readonly looksAtBits = true;

  constructor(private readonly bits: FrameBits) {
    super();
  }

  evict(): number {
    const { bits, queue } = this;
    let frame = queue.shift();
    for (; bits.referenced(frame); frame = queue.shift()) {
      bits.clearReferenced(frame);
      queue.append(frame);
    }
    return frame;
  }
}
