import type { BlockTable } from "./BlockTable";
import type { FreeList } from "./FreeList";
import { leadFor } from "./geometry";
import type { ListOrder } from "./placementOptions";

/** Which free block of a list serves a request (Knuth, TAOCP vol. 1, 2.5; OSTEP chapter 17). */
export const fitPolicies = ["first-fit", "next-fit", "best-fit", "worst-fit"] as const;
export type FitPolicy = (typeof fitPolicies)[number];

/**
 * Chooses the free block that serves a request, and counts the elements that a walk of the list would have looked at.
 *
 * Next fit remembers where the last search ended. In address order that is the address of the block found, as in the
 * textbook's implicit list: the next search begins with the first free block at or after it. In the other orders it is
 * the place in the list: the found block's remainder or, if nothing remained, its successor. A block that the heap had
 * to grow for was not found by a search, so that the rover stays, as in the textbook.
 */
export class FitSearch {
  /** Elements looked at: the position found (first fit, next fit from the rover), the whole length otherwise. */
  searched = 0;
  /** The next block to be carved was gained by growth, not found by a search, and leaves the rover where it is. */
  isGrowth = false;

  constructor(
    private readonly table: BlockTable,
    private readonly list: FreeList,
    private readonly policy: FitPolicy,
    private readonly listOrder: ListOrder,
    private readonly header: number,
  ) {}

  /** The chosen block, or -1. `need` is the block size wanted when the payload needs no padding to be aligned. */
  find(need: number, align: number): number {
    this.searched = this.list.length;
    switch (this.policy) {
      case "first-fit":
        return this.firstFit(need, align);
      case "next-fit":
        return this.nextFit(need, align);
      case "best-fit":
        return this.bestFit(need, align);
      case "worst-fit":
        return this.worstFit(need, align);
    }
  }

  /** Tells next fit which block served: `used` begins at `address`; `following` is the list place after it. */
  settle(address: number, following: number): void {
    if (this.policy !== "next-fit") return;
    if (this.isGrowth) {
      this.isGrowth = false;
      return;
    }
    if (this.listOrder === "address") this.list.roverAddress = address;
    else this.list.rover = following;
  }

  /** The same where the list goes on behind the block `place`. */
  settleAfter(address: number, place: number): void {
    if (this.policy === "next-fit") this.settle(address, this.list.order.after[place]);
  }

  /** A rover inside a block that has become free or larger moves to the block's start. */
  settleInside(id: number): void {
    const { table, list } = this;
    const start = table.address(id);
    if (list.roverAddress > start && list.roverAddress < table.end(id)) list.roverAddress = start;
  }

  private fits(id: number, need: number, align: number): boolean {
    if (align === 1) return true;
    return this.table.size(id) >= need + leadFor(this.table.address(id), this.header, align);
  }

  private firstFit(need: number, align: number): number {
    const { order } = this.list;
    if (align > 1) {
      const found = this.firstFrom(order.head, need, align);
      if (found >= 0) this.searched = order.rank(found) + 1;
      return found;
    }
    const found = order.firstAtLeast(need);
    if (found >= 0) this.searched = order.passed + 1;
    return found;
  }

  private nextFit(need: number, align: number): number {
    const { order } = this.list;
    const start = this.roverStart();
    const startRank = start < 0 ? order.length : order.rank(start);
    let found = this.firstFrom(start, need, align);
    if (found >= 0) {
      this.searched = order.rank(found) - startRank + 1;
      return found;
    }
    found = this.firstFrom(order.head, need, align);
    if (found >= 0) this.searched = order.length - startRank + order.rank(found) + 1;
    return found;
  }

  private roverStart(): number {
    const { order, rover } = this.list;
    if (this.listOrder !== "address") return rover < 0 ? order.head : rover;
    return order.firstAtAddress(this.list.roverAddress);
  }

  /** The first block at `start` or after it that fits. An aligned request may have to pass over blocks large enough. */
  private firstFrom(start: number, need: number, align: number): number {
    const { order } = this.list;
    let at = start === order.head ? order.firstAtLeast(need) : order.firstAtLeastFrom(start, need);
    while (at >= 0 && !this.fits(at, need, align)) at = order.firstAtLeastFrom(order.after[at], need);
    return at;
  }

  private bestFit(need: number, align: number): number {
    const sizes = this.list.sizes!;
    if (align === 1) return sizes.smallestAtLeast(need);
    return sizes.smallestSuitable(need, (id) => this.fits(id, need, align));
  }

  private worstFit(need: number, align: number): number {
    const { order } = this.list;
    const largest = order.largestSize;
    if (largest < need) return -1;
    const first = order.firstAtLeast(largest);
    if (first < 0 || this.fits(first, need, align)) return first;
    // The largest block is too small once aligned, so hardly any fits: those few are compared one by one.
    let worst = -1;
    for (let at = order.firstAtLeast(need); at >= 0; at = order.firstAtLeastFrom(order.after[at], need)) {
      if (!this.fits(at, need, align)) continue;
      if (worst < 0 || this.table.size(at) > this.table.size(worst)) worst = at;
    }
    return worst;
  }
}
