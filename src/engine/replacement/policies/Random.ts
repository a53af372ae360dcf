import { DrawPolicy } from "./DrawPolicy";

/**
 * Random (Belady 1966): any page leaves, each with the same probability. One number is drawn an eviction and picks a
 * position in the list of pages by arrival, as OSTEP's paging-policy.py does.
 */
export class Random extends DrawPolicy {
  override readonly followsUses = false;

  touch(): void {
    // A use changes no probability.
  }

  evict(): number {
    const frame = this.draw();
    this.remove(frame);
    return frame;
  }
}
