import { ResidentPages } from "./structures/ResidentPages";

/** The references still to come, as the optimal policy and its opposite must know them. */
export class Future {
  /** By time: the time at which the page referenced then is referenced again, `length` for never. */
  readonly next: Int32Array;
  private readonly firstUses = new ResidentPages();

  /** @param pages the page of each reference, in order */
  constructor(readonly pages: ArrayLike<number>) {
    this.next = new Int32Array(pages.length);
    for (let time = pages.length - 1; time >= 0; time--) {
      const later = this.firstUses.get(pages[time]);
      this.next[time] = later === -1 ? pages.length : later;
      this.firstUses.set(pages[time], time);
    }
  }

  get length(): number {
    return this.pages.length;
  }

  /**
   * When the page is next used after a reference to it at `time`. Where another page is referenced then, since this one
   * comes in ahead of its reference, the uses of the page are gone through from the first.
   */
  nextUse(page: number, time: number): number {
    if (this.pages[time] === page) return this.next[time];
    let use = this.firstUses.get(page);
    if (use === -1) return this.length;
    while (use < time && use < this.length) use = this.next[use];
    return use;
  }
}
