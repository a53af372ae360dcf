import { CliError } from "./errors";
import type { TraceFormat } from "../trace/format";
import type { Input } from "./inputs";
import { traceFormatOf } from "./traces";

/** Largest script that is read; a million lines fit. Traces are streamed and have no such limit. */
const longestScript = 32 * 1024 * 1024;

/** A script as it is in its file. */
export interface ScriptFile {
  readonly text: string;
  /** The first line, from 1, with bytes that are not UTF-8; null when the bytes of the text are those of the file. */
  readonly foreignLine: number | null;
}

/** Reads a whole script as text. Throws {@link CliError} when it is missing, binary or longer than a script may be. */
export async function readScript(input: Input): Promise<string> {
  return (await readScriptFile(input)).text;
}

/** The same, with whether the text can be written back without a change. */
export async function readScriptFile(input: Input): Promise<ScriptFile> {
  const format = await traceFormatOf(input);
  if (format !== null) throw noScript(input, format);
  const bytes = await readWhole(input);
  const encoding = utf16Of(bytes);
  if (encoding !== null) return { text: new TextDecoder(encoding).decode(bytes), foreignLine: 1 };
  const text = bytes.toString("utf8");
  const again = Buffer.from(text);
  if (again.equals(bytes)) return { text, foreignLine: null };
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  return { text, foreignLine: bytes.subarray(0, at).toString("latin1").split("\n").length };
}

/** The names of the commands that take it. */
function noScript({ name }: Input, format: TraceFormat): CliError {
  const commands = `\`memscript replay\` replays it, \`memscript convert\` makes a script of it`;
  return new CliError(`${name}: this is a trace (${format.name}), not a script: ${commands}`);
}

async function readWhole(input: Input): Promise<Buffer> {
  const size = await input.size();
  if (size !== null && longestScript < size) throw tooLong(input, `this file has ${mebibytes(size)}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input.chunks()) {
    chunks.push(chunk);
    length += chunk.length;
    const isText = !chunk.includes(0) || utf16Of(chunks[0] ?? chunk) !== null;
    if (!isText) throw new CliError(`${input.name}: this is a binary file, not a script`);
    if (longestScript < length) throw tooLong(input, "this one has more");
  }
  return Buffer.concat(chunks, length);
}

/** Told by the byte-order mark, which Windows programs write. */
function utf16Of([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}

function tooLong({ name }: Input, what: string): CliError {
  return new CliError(`${name}: a script has at most ${mebibytes(longestScript)}, ${what}`);
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MiB`;
