import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BlockTracker, trackedAction } from "../../src/trace/BlockTracker";
import { OperationBatch } from "../../src/trace/operations";
import { TraceReader } from "../../src/trace/TraceReader";
import { ALLOCATE, FREE, REALLOCATE, steadyState, WorkloadBuilder, type Workload } from "./workloads";

/** Recorded programs in the fixtures. */
export const traceNames = ["ls", "sqlite", "cc1"] as const;
/** Live blocks of the workloads `steady-N`. */
export const steadySizes = [1000, 10_000, 100_000] as const;

export function loadWorkload(name: string): Workload {
  const steady = steadySizes.find((size) => name === `steady-${size}`);
  if (steady !== undefined) return steadyState(steady, 200_000, 1);
  const trace = traceNames.find((candidate) => candidate === name);
  if (trace === undefined) throw new Error(`No workload is named ${name}.`);
  return fromTrace(trace);
}

/** The trace's operations on live blocks, with everything that stays live freed at the end. */
function fromTrace(name: string): Workload {
  const reader = new TraceReader();
  const batch = new OperationBatch();
  reader.feed(gunzipSync(readFileSync(join(__dirname, "../fixtures/traces", `${name}.mtrace.gz`))), batch);
  reader.finish(batch);
  const tracker = new BlockTracker();
  const builder = new WorkloadBuilder();
  let requested = 0;
  for (let k = 0; k < batch.length; k++) {
    const size = batch.sizes[k];
    tracker.follow(batch.kinds[k], batch.blocks[k], batch.olds[k], size, -1, batch.lines[k]);
    const { action, slot, released } = tracker;
    if (released !== -1) builder.add(FREE, released, 0);
    if (action === trackedAction.free) builder.add(FREE, slot, 0);
    else if (action !== trackedAction.none) {
      builder.add(action === trackedAction.allocate ? ALLOCATE : REALLOCATE, slot, Math.max(1, size));
      requested += size + 64;
    }
  }
  for (let slot = 0; slot < tracker.slotCount; slot++) if (tracker.sizeOf(slot) !== -1) builder.add(FREE, slot, 0);
  // Room for every request even if nothing were ever used again, so that no allocator is refused.
  return builder.build(name, Math.ceil(requested / 65_536) * 65_536 + (1 << 20));
}
