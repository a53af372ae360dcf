import { ListPolicy } from "./ListPolicy";

/** Last in, first out: the page that came in last leaves, however often it was used. */
export class Lifo extends ListPolicy {
  constructor() {
    super("arrival");
  }

  touch(): void {
    // Uses do not matter.
  }

  evict(): number {
    const frame = this.list.last;
    this.list.remove(frame);
    return frame;
  }
}
