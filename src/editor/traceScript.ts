import type * as vscode from "vscode";
import { log } from "./log";
import { nameOf } from "./programUri";
import { readTraceBytes } from "./traceBytes";

/** Names of files that hold recorded allocations, packed or not. */
export const traceFileName = /\.(mtrace|rep)(\.gz)?$/i;

/**
 * The script that a recorded trace of allocations makes; undefined when cancelled. Rejects with a message for people when
 * the file is no such trace. `progress` is told the part of the file that was read, 0 to 1.
 */
export async function scriptOfTrace(
  uri: vscode.Uri,
  token: vscode.CancellationToken,
  progress: (done: number) => void = () => undefined,
): Promise<string | undefined> {
  const { ScriptConverter } = await import("../trace/toScript");
  const converter = new ScriptConverter(nameOf(uri));
  for await (const { bytes, done } of readTraceBytes(uri)) {
    if (token.isCancellationRequested) return undefined;
    converter.feed(bytes);
    if (converter.isTooLong) break;
    progress(done);
    // Other work of the host, the Cancel button included, gets its turn.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const conversion = converter.finish();
  if (!conversion.ok) throw new Error(conversion.message);
  const { problems, refused } = conversion.facts;
  for (const { line, message } of [...problems, ...refused]) log().warn(`${nameOf(uri)}:${line + 1}: ${message}`);
  return `${[...conversion.lines].join("\n")}\n`;
}
