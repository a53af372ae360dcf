import type * as vscode from "vscode";
import type { WorkHost } from "../../language/coroutines";
import type { Surroundings } from "../../trace/surroundings";
import { log } from "../host/log";
import { nameOf } from "../debugging/programUri";
import type { SaidOfTrace } from "./askNumbers";
import { feedTrace } from "./traceBytes";

/**
 * The script of a recorded trace; undefined when cancelled. Rejects with a message for people when the file is not a
 * trace. `surroundings` are those of lines that are inserted into a script; `said` is what the user says of the trace.
 */
export async function scriptOfTrace(
  uri: vscode.Uri,
  host: WorkHost,
  surroundings?: Surroundings,
  said: SaidOfTrace = {},
): Promise<string | undefined> {
  const [{ AnyConverter }, { formats }] = await Promise.all([
    import("../../trace/converters"),
    import("../../trace/formats"),
  ]);
  const { format, base, modify } = said;
  const candidates = format === undefined ? formats : formats.filter(({ id }) => id === format);
  const request = { name: nameOf(uri), isFormatSaid: format !== undefined, base, modify };
  const converter = new AnyConverter(nameOf(uri), candidates, surroundings, request);
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
