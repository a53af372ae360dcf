import type { FrameBits } from "../contract";
import { BitTree } from "../structures/BitTree";
import { HandPolicy } from "./HandPolicy";

/**
 * The enhanced clock, or not recently used (Silberschatz, Operating System Concepts, enhanced second chance; the classes
 * are those of Tanenbaum's NRU). From the hand on, the first page leaves that is neither referenced nor dirty; if there
 * is none, the first one not referenced but dirty, and the search for it clears the reference bits that it passes; if
 * there is none either, both searches are made again. The hand then stands behind the victim.
 *
 * A tree of the frames that are neither referenced nor dirty makes the first search O(log32 frames); the second one is
 * O(1) amortized, since it passes referenced pages alone.
 */
export class EnhancedClock extends HandPolicy {
  private readonly idle = new BitTree();

  constructor(private readonly bits: FrameBits) {
    super();
  }

  touch(frame: number): void {
    this.idle.delete(frame);
  }

  evict(): number {
    let frame = this.idle.nextAround(this.hand);
    if (frame === -1) frame = this.nextUnreferenced();
    // The search has cleared every reference bit, so that one of the two classes has members now.
    if (frame === -1) frame = this.idle.nextAround(this.hand);
    if (frame === -1) frame = this.nextUnreferenced();
    this.moveBehind(frame);
    this.remove(frame);
    return frame;
  }

  insert(frame: number): void {
    this.add(frame);
    this.note(frame);
  }

  override remove(frame: number): void {
    super.remove(frame);
    this.idle.delete(frame);
  }

  override load(saved: unknown): void {
    this.idle.clear();
    super.load(saved);
  }

  override checkInvariants(): string[] {
    const violations = super.checkInvariants();
    for (const frame of this.view().lists[0].frames) {
      const idle = !this.bits.referenced(frame) && !this.bits.dirty(frame);
      if (idle !== this.idle.has(frame)) violations.push(`Frame ${frame} is not in the class that its bits say.`);
    }
    return violations;
  }

  /** One round at most. */
  private nextUnreferenced(): number {
    const { bits } = this;
    for (let looked = 0; looked < this.size; looked++) {
      const frame = this.step();
      if (!bits.referenced(frame)) return frame;
      bits.clearReferenced(frame);
      this.note(frame);
    }
    return -1;
  }

  private note(frame: number): void {
    if (!this.bits.referenced(frame) && !this.bits.dirty(frame)) this.idle.add(frame);
  }
}
