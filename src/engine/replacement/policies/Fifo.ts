import { ListPolicy } from "./ListPolicy";

/** First in, first out (Belady 1966): the page that came in first leaves, however often it was used. The head is oldest. */
export class Fifo extends ListPolicy {
  constructor() {
    super("arrival");
  }

  touch(): void {
    // A use moves nothing.
  }

  evict(): number {
    const frame = this.list.first;
    this.list.remove(frame);
    return frame;
  }
}
