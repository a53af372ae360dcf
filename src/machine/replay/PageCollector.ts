import { lengthened } from "../../trace/columns";
import type { ReferenceFormat } from "../../trace/format";
import { ReferenceBatch } from "../../trace/references";
import type { TraceReading } from "../../trace/reading";
import type { TraceRequest } from "../../trace/request";
import { TraceReader } from "../../trace/TraceReader";

/** Maximum number of references whose pages are kept: 64 MB, and curves need several times as much. */
export const mostCollected = 8_000_000;

/** The pages that a trace of memory references touches, in order: what looking ahead and curves need. */
export class PageCollector {
  private readonly reader: TraceReader<"references", ReferenceBatch>;
  private readonly batch: ReferenceBatch;
  private collected = new Float64Array(4096);
  private length = 0;
  /** Whether the trace has more references than are kept. */
  isTooLong = false;

  /** @param candidates the formats that the trace may have */
  constructor(
    candidates: readonly ReferenceFormat[],
    private readonly pageSize: number,
    request: TraceRequest = {},
  ) {
    this.batch = new ReferenceBatch(request.modify === "twice");
    this.reader = new TraceReader(candidates, { ...request, pageSize });
  }

  /** How the trace is read; null until it is recognised. */
  get reading(): TraceReading | null {
    return this.reader.reading;
  }

  /** Whether it is no trace, or has too many references: the rest need not be read. */
  get isOver(): boolean {
    return this.isTooLong || this.reader.isOver;
  }

  feed(chunk: Uint8Array): void {
    if (this.isTooLong) return;
    this.reader.feed(chunk, this.batch);
    this.collect();
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(): Float64Array {
    this.reader.finish(this.batch);
    this.collect();
    return this.collected.subarray(0, this.length);
  }

  private collect(): void {
    const { batch, pageSize } = this;
    for (let k = 0; k < batch.length; k++) {
      const last = Math.floor((batch.addresses[k] + batch.sizes[k] - 1) / pageSize);
      for (let page = Math.floor(batch.addresses[k] / pageSize); page <= last; page++) this.push(page);
    }
    batch.clear();
  }

  private push(page: number): void {
    if (this.length === mostCollected) {
      this.isTooLong = true;
      return;
    }
    if (this.length === this.collected.length) {
      this.collected = lengthened(this.collected, Math.min(mostCollected, 2 * this.length));
    }
    this.collected[this.length++] = page;
  }
}
