import { AddressMap } from "../../heap/AddressMap";

/** Pages below this have a place of their own (at most 16 MiB); those above are looked up in a hash table. */
const directPages = 2 ** 22;

/** From page numbers to whole numbers that are not negative. Small page numbers, the usual ones, index an array. */
export class ResidentPages {
  direct: Int32Array = new Int32Array(1024).fill(-1);
  private readonly sparse = new AddressMap();

  /** The value of the page, or -1. */
  get(page: number): number {
    if (page < this.direct.length) return this.direct[page];
    return page < directPages ? -1 : this.sparse.get(page, -1);
  }

  set(page: number, value: number): void {
    if (page >= directPages) {
      this.sparse.set(page, value);
      return;
    }
    if (page >= this.direct.length) this.enlarge(page);
    this.direct[page] = value;
  }

  delete(page: number): void {
    if (page < this.direct.length) this.direct[page] = -1;
    else if (page >= directPages) this.sparse.delete(page);
  }

  private enlarge(page: number): void {
    const longer = new Int32Array(2 ** Math.ceil(Math.log2(page + 1))).fill(-1);
    longer.set(this.direct);
    this.direct = longer;
  }
}
