import { QueuePolicy } from "./QueuePolicy";

/** First in, first out (Belady 1966): the page that came in first leaves, however often it was used. The head is oldest. */
export class Fifo extends QueuePolicy {
  evict(): number {
    return this.queue.shift();
  }

  rotate(): number {
    return this.queue.rotate();
  }
}
