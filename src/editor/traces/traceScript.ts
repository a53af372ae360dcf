import type * as vscode from "vscode";
import type { TraceConverter } from "../../trace/converters";
import type { Surroundings } from "../../trace/surroundings";
import { log } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { readTraceBytes } from "./traceBytes";
import { nextTurn } from "../runs/sliceHost";

/**
 * The script that a recorded trace makes; undefined when cancelled. Rejects with a message for people when
 * the file is no such trace. `progress` gets the part of the file that was read, 0 to 1; `surroundings` are those of
 * lines that come into a script.
 */
export async function scriptOfTrace(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
  progress: (done: number) => void = () => undefined,
  surroundings?: Surroundings,
): Promise<string | undefined> {
  const { converterOf } = await import("../../trace/converters");
  let converter: TraceConverter | undefined;
  for await (const { bytes, done } of readTraceBytes(uri)) {
    if (token.isCancellationRequested) return undefined;
    converter ??= converterOf(bytes, nameOf(uri), undefined, surroundings);
    converter.feed(bytes);
    if (converter.isTooLong) break;
    progress(done);
    // Other work of the host, the Cancel button included, gets its turn.
    await nextTurn();
  }
  converter ??= converterOf(new Uint8Array(), nameOf(uri));
  const conversion = converter.finish();
  if (!conversion.ok) throw new Error(conversion.message);
  const { problems, refused } = conversion.facts;
  for (const { line, message } of [...problems, ...refused]) log().warn(`${nameOf(uri)}:${line + 1}: ${message}`);
  return `${[...conversion.lines].join("\n")}\n`;
}
