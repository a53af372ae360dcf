import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { HeapOptions } from "../../../src/engine/heap/options";
import { Replay } from "../../../src/machine/replay/Replay";
import { allocationFormats } from "../../../src/trace/formats";
import type { ReplayedOperation, ReplayReport } from "../../../src/machine/replay/report";

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The decompressed bytes of a recorded trace in the fixtures. */
export function traceBytes(name: string): Uint8Array {
  return gunzipSync(readFileSync(join(__dirname, "../../fixtures/traces", `${name}.mtrace.gz`)));
}

/** Feeds the bytes cut at the offsets. */
export function feedCut(bytes: Uint8Array, cuts: readonly number[], feed: (chunk: Uint8Array) => void): void {
  let from = 0;
  for (const cut of [...cuts, bytes.length].sort((x, y) => x - y)) {
    const to = Math.max(from, Math.min(bytes.length, cut));
    feed(bytes.slice(from, to));
    from = to;
  }
}

export interface Replayed {
  readonly replay: Replay;
  readonly report: ReplayReport;
}

export function replayBytes(
  bytes: Uint8Array,
  options: Partial<HeapOptions> = {},
  onOperation: ((operation: ReplayedOperation) => void) | null = null,
  cuts: readonly number[] = [],
): Replayed {
  const replay = new Replay(options, allocationFormats, onOperation);
  feedCut(bytes, cuts, (chunk) => replay.feed(chunk));
  return { replay, report: replay.finish() };
}
