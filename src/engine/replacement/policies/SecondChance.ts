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
    this.passReferenced();
    return this.queue.shift();
  }

  rotate(): number {
    this.passReferenced();
    return this.queue.rotate();
  }

  private passReferenced(): void {
    const { bits, queue } = this;
    while (bits.referenced(queue.first)) bits.clearReferenced(queue.rotate());
  }
}
