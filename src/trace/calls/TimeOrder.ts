import { OperationBatch } from "../operations";

/** Holds operations back until all are known, and gives them in the order of time: a log may tell one thread after the other. */
export class TimeOrder {
  readonly held = new OperationBatch();
  private readonly times: number[] = [];

  /** Notes the time of the operations that were pushed since the last call, in seconds. */
  note(time: number): void {
    while (this.times.length < this.held.length) this.times.push(time);
  }

  /** Moves all operations to the batch. */
  release(batch: OperationBatch): void {
    const { held, times } = this;
    const { kinds, blocks, olds, sizes, sites, lines, threads } = held;
    const order = Uint32Array.from(times.keys()).sort((x, y) => times[x] - times[y] || x - y);
    for (const k of order) batch.push(kinds[k], blocks[k], olds[k], sizes[k], sites[k], lines[k], threads[k]);
    held.clear();
    times.length = 0;
  }
}
