import { ListPolicy } from "./ListPolicy";

/**
 * Most recently used (Chou and DeWitt 1985): the page used last leaves, which is best for loops over more pages than
 * there are frames. The tail of the list is used most recently.
 */
export class Mru extends ListPolicy {
  constructor() {
    super("recency");
  }

  touch(frame: number): void {
    this.list.moveToBack(frame);
  }

  evict(): number {
    const frame = this.list.last;
    this.list.remove(frame);
    return frame;
  }
}
