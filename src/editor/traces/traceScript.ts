import type * as vscode from "vscode";
import type { WorkHost } from "../../language/coroutines";
import type { Surroundings } from "../../trace/surroundings";
import { log } from "../host/log";
import { nameOf } from "../debugging/programUri";
import { feedTrace } from "./traceBytes";

/**
 * The script of a recorded trace; undefined when cancelled. Rejects with a message for people when the file is not a
 * trace. `surroundings` are those of lines that are inserted into a script.
 */
export async function scriptOfTrace(
  uri: vscode.Uri,
  host: WorkHost,
  surroundings?: Surroundings,
): Promise<string | undefined> {
  const { AnyConverter } = await import("../../trace/converters");
  const converter = new AnyConverter(nameOf(uri), undefined, surroundings, { name: nameOf(uri) });
  const isComplete = await feedTrace(uri, host, (bytes) => {
    converter.feed(bytes);
    return !converter.isOver;
  });
  if (!isComplete) return undefined;
  const conversion = converter.finish();
  if (!conversion.ok) throw new Error(conversion.message);
  const { problems, refused } = conversion.facts;
  for (const { line, message } of [...problems, ...refused]) log().warn(`${nameOf(uri)}:${line + 1}: ${message}`);
  return `${[...conversion.lines].join("\n")}\n`;
}
