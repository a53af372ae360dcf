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
    const frame = this.size === this.limit ? this.turn() : this.turnPastGaps();
    this.moveBehind(frame);
    return frame;
  }

  /** Where every frame below the limit is known. */
  private turn(): number {
    const { bits, limit } = this;
    if (bits.clearReferencedRun === undefined) return this.turnPastGaps();
    let frame = bits.clearReferencedRun(this.hand, limit);
    while (frame === limit) frame = bits.clearReferencedRun(0, limit);
    return frame;
  }

  private turnPastGaps(): number {
    const { bits, known, limit } = this;
    let frame = this.hand;
    while (known[frame] === 0 || bits.referenced(frame)) {
      if (known[frame] === 1) bits.clearReferenced(frame);
      frame = frame + 1 < limit ? frame + 1 : 0;
    }
    return frame;
  }
}
