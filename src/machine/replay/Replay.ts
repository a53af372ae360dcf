import { EventLog } from "../../engine/events";
import { AddressMap } from "../../engine/heap/AddressMap";
import { Heap } from "../../engine/heap/Heap";
import type { HeapOptions } from "../../engine/heap/options";
import { BlockTracker, trackedAction } from "../../trace/BlockTracker";
import { lengthened } from "../../trace/columns";
import type { AllocationFormat } from "../../trace/format";
import { allocationFormats } from "../../trace/formats";
import { OperationBatch, operationKind } from "../../trace/operations";
import { FirstOfMany } from "../../trace/problems";
import type { TraceRequest } from "../../trace/request";
import { TraceReader } from "../../trace/TraceReader";
import { liveSites } from "./liveSites";
import { replayHeapOptions } from "./options";
import type { RefusedOperation, ReplayRefusal } from "./refusals";
import type { ReplayReport, ReplayedKind, ReplayedOperation } from "./report";

/** A payload address that our heap did not give: the block lives in the recorded program alone. */
const noPayload = -1;
const kindNames: readonly ReplayedKind[] = ["alloc", "realloc", "free", "failed"];

/** Plays a recorded trace, which comes in chunks of decompressed bytes, into a heap. No input makes it throw. */
export class Replay {
  readonly heap: Heap;
  private readonly log = new EventLog();
  private readonly reader: TraceReader<"allocations", OperationBatch>;
  private readonly batch = new OperationBatch();
  private readonly tracker = new BlockTracker(new AddressMap());
  private readonly refused = new FirstOfMany<RefusedOperation>();
  /** Our payload addresses by the tracker's slots. */
  private payloads = new Float64Array(1024);
  private readonly counts = [0, 0, 0, 0];
  /** Whether our heap had no room for the operation replayed last. */
  private isRefused = false;

  /**
   * @param candidates the formats that the trace may have
   * @param onOperation is called for each operation; without it no object is made for any
   */
  constructor(
    options: Partial<HeapOptions> = {},
    candidates: readonly AllocationFormat[] = allocationFormats,
    private readonly onOperation: ((operation: ReplayedOperation) => void) | null = null,
    request: TraceRequest = {},
  ) {
    this.heap = new Heap(replayHeapOptions(options), this.log);
    this.reader = new TraceReader(candidates, request);
  }

  /** Operations replayed so far. */
  get operations(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Whether it is known to be no trace: the rest need not be read. */
  get isOver(): boolean {
    return this.reader.isOver;
  }

  feed(chunk: Uint8Array): void {
    this.reader.feed(chunk, this.batch);
    this.play();
  }

  /** Ends the trace. Call it once, after the last chunk. */
  finish(): ReplayReport {
    this.reader.finish(this.batch);
    this.play();
    const { reader, refused, tracker } = this;
    const live = liveSites(tracker, reader.sites);
    const [allocate, reallocate, free, failed] = this.counts as [number, number, number, number];
    return {
      format: reader.format,
      reading: reader.reading,
      operations: this.operations,
      counts: { allocate, reallocate, free, failed },
      stats: this.heap.stats(),
      refused: refused.first,
      refusedCount: refused.count,
      problems: reader.problems,
      problemCount: reader.problemCount,
      live,
      liveBlocks: tracker.live,
      liveBytes: live.reduce((sum, site) => sum + site.bytes, 0),
    };
  }

  private play(): void {
    const { batch, tracker, onOperation } = this;
    const { kinds, blocks, olds, sizes, sites, lines } = batch;
    for (let k = 0; k < batch.length; k++) {
      const kind = kinds[k];
      const size = sizes[k];
      const line = lines[k];
      this.counts[kind]++;
      tracker.follow(kind, blocks[k], olds[k], size, sites[k], line);
      const freed = tracker.action === trackedAction.free ? this.payloads[tracker.slot] : noPayload;
      const refusal = this.act(size) ?? tracker.refusal;
      if (refusal !== null) this.refused.push({ line, op: kindNames[kind], refusal });
      if (onOperation !== null) onOperation(this.describe(kind, line, size, freed, refusal));
    }
    batch.clear();
  }

  /** Performs the tracker's action on the heap; returns why the heap refused. */
  private act(size: number): ReplayRefusal | null {
    const { tracker, heap } = this;
    this.log.clear();
    this.isRefused = false;
    if (tracker.released !== -1) this.release(tracker.released);
    const { slot } = tracker;
    if (tracker.action === trackedAction.none) return null;
    if (tracker.action === trackedAction.free) return this.release(slot);
    if (slot >= this.payloads.length)
      this.payloads = lengthened(this.payloads, Math.max(slot + 1, 2 * this.payloads.length));
    const old = tracker.action === trackedAction.reallocate ? this.payloads[slot] : noPayload;
    const requested = Math.max(1, size);
    const payload = old === noPayload ? heap.allocate(requested, slot) : heap.reallocate(old, requested, slot);
    // A refused resize leaves the old block as it was, and its later free is still to be accepted.
    this.isRefused = payload === noPayload;
    this.payloads[slot] = this.isRefused ? old : payload;
    return this.isRefused ? { kind: "no-room", size, failure: heap.lastFailure } : null;
  }

  /** A block that the heap refused is not there to be freed, which is no second mistake. */
  private release(slot: number): ReplayRefusal | null {
    const payload = this.payloads[slot];
    if (payload === noPayload || this.heap.free(payload)) return null;
    return { kind: "not-freed", reason: this.heap.whyNotFree(payload).reason };
  }

  private describe(
    kind: number,
    line: number,
    size: number,
    freed: number,
    refusal: ReplayRefusal | null,
  ): ReplayedOperation {
    const { tracker } = this;
    const isRequest = tracker.action === trackedAction.allocate || tracker.action === trackedAction.reallocate;
    const address = isRequest ? this.payloads[tracker.slot] : freed;
    return {
      step: this.operations,
      line,
      op: kindNames[kind],
      ok: refusal === null && kind !== operationKind.failed,
      isRefused: this.isRefused,
      address: address === noPayload ? null : address,
      size,
      searched: isRequest ? this.heap.lastSearched : 0,
      refusal,
    };
  }
}
