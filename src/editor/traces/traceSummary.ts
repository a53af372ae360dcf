import type * as vscode from "vscode";
import { drive } from "../../language/coroutines";
import { TraceSummary, type SummaryFacts } from "../../machine/replay/TraceSummary";
import { nameOf } from "../debugging/programUri";
import { editorHost } from "../runs/editorHost";
import { largestTrace, readTraceBytes } from "./traceBytes";

export interface Summary {
  readonly facts: SummaryFacts;
  /** Whether the trace is larger than what the editor reads of it. */
  readonly isPart: boolean;
}

/** What the first 64 MiB of a trace file come to; undefined when cancelled. Rejects with a message for people when it cannot be read. */
export async function summaryOf(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
  progress: (done: number) => void,
): Promise<Summary | undefined> {
  const host = editorHost(token);
  const summary = new TraceSummary(nameOf(uri));
  let left = largestTrace;
  for await (const { bytes, done } of readTraceBytes(uri, Infinity)) {
    await drive(summary.read(bytes.subarray(0, left)), host);
    left -= bytes.length;
    progress(done);
    await host.pause();
    if (host.cancelled()) return undefined;
    if (left < 0) break;
  }
  const facts = await drive(summary.finish(), host);
  return facts && { facts, isPart: left < 0 };
}
