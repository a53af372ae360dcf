import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BlockTracker, trackedAction } from "../../../src/trace/BlockTracker";
import { mtrace } from "../../../src/trace/formats/mtrace";
import { OperationBatch } from "../../../src/trace/operations";
import { TraceReader } from "../../../src/trace/TraceReader";
import { traceFolder } from "../paths";
import { WorkloadBuilder, type Workload } from "./Workload";

/**
 * Recorded programs in the fixtures: `ls -la`, a SQLite session, a C compiler at -O2, and CPython encoding and decoding
 * JSON with every object on malloc (947,000 operations).
 */
export const recordedNames = ["ls", "sqlite", "cc1", "pyjson"] as const;

export function traceFile(name: string): string {
  return join(traceFolder, `${name}.mtrace.gz`);
}

/** The trace's operations on live blocks, with everything that stays live freed at the end. */
export function recordedWorkload(name: string): Workload {
  const reader = new TraceReader([mtrace]);
  const batch = new OperationBatch();
  reader.feed(gunzipSync(readFileSync(traceFile(name))), batch);
  reader.finish(batch);
  const tracker = new BlockTracker();
  const builder = new WorkloadBuilder();
  for (let k = 0; k < batch.length; k++) {
    const size = Math.max(1, batch.sizes[k]);
    tracker.follow(batch.kinds[k], batch.blocks[k], batch.olds[k], size, -1, batch.lines[k]);
    const { action, slot, released } = tracker;
    if (released !== -1) builder.free(released);
    if (action === trackedAction.free) builder.free(slot);
    else if (action === trackedAction.allocate) builder.allocate(slot, size);
    else if (action === trackedAction.reallocate) builder.reallocate(slot, size);
  }
  return builder.build(name);
}
