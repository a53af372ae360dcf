import { ListPolicy } from "./ListPolicy";

/**
 * Least recently used (Mattson, Gecsei, Slutz and Traiger 1970): the page whose last use lies furthest back leaves.
 * The head of the list is used least recently. There are no ties, since each reference is to one page.
 */
export class Lru extends ListPolicy {
  constructor() {
    super("recency");
  }

  touch(frame: number): void {
    this.list.moveToBack(frame);
  }

  evict(): number {
    const frame = this.list.first;
    this.list.remove(frame);
    return frame;
  }

  rotate(): number {
    const frame = this.list.first;
    this.list.moveToBack(frame);
    return frame;
  }
}
