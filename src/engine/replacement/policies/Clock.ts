import type { FrameBits } from "../contract";
import { HandPolicy } from "./HandPolicy";

/**
 * Clock (Corbató 1968): the hand clears the reference bits that it finds set, and the first page found without one
 * leaves; the page that comes into its frame is looked at last. O(1) amortized: each bit cleared was set by a reference.
 */
export class Clock extends HandPolicy {
  override readonly followsUses = false;

  constructor(private readonly bits: FrameBits) {
    super();
  }

  touch(): void {
    // The reference bit, which its owner has set, says it all.
  }

  insert(frame: number): void {
    this.add(frame);
  }

  evict(): number {
    const frame = this.rotate();
    this.remove(frame);
    return frame;
  }

  rotate(): number {
    const { bits, known, limit } = this;
    let frame = this.hand;
    while (known[frame] === 0 || bits.referenced(frame)) {
      if (known[frame] === 1) bits.clearReferenced(frame);
      frame = frame + 1 < limit ? frame + 1 : 0;
    }
    this.moveBehind(frame);
    return frame;
  }
}
