import { basename } from "node:path";
import type { HeapOptions } from "../engine/heap/options";
import type { HeapPolicy } from "../engine/heap/policies";
import type { Comparison } from "../machine/compare/rows";
import { TraceComparison, type TraceSource } from "../machine/compare/TraceComparison";
import { AnyConverter } from "../trace/converters";
import { parseLine } from "../language/parsing/statements";
import { readable } from "../trace/encodings";
import { shareOf, type TraceFormat } from "../trace/format";
import { formats } from "../trace/formats";
import { Head, headBytes, headLines } from "../trace/head";
import type { TraceProblem } from "../trace/problems";
import { readingText, readingWarnings, type TraceReading } from "../trace/reading";
import { recognise, type Recognition } from "../trace/recognise";
import type { TraceRequest } from "../trace/request";
import { choice } from "./arguments";
import { CliError, oneLine } from "./errors";
import type { Input } from "./inputs";

const formatChoices: readonly string[] = ["auto", ...formats.map(({ id }) => id)];

/** The help on `--format`. */
export const formatHelp = `${formatChoices.join(", ")}; auto (default) looks at the trace itself`;

/** The formats that a trace may have with this `--format`. Throws a `CliError` for any other word. */
export function candidatesOf(command: string, word: string): readonly TraceFormat[] {
  const chosen = choice(command, "format", word, formatChoices);
  return chosen === "auto" ? formats : formats.filter(({ id }) => id === chosen);
}

/** What the options of a command say about a trace. */
export interface ReadingOptions {
  readonly format: string;
  readonly base?: string;
  readonly modify?: string;
}

/** For `readArguments`. */
export const readingOptions = {
  format: { type: "string", default: "auto" },
  base: { type: "string" },
  modify: { type: "string" },
} as const;

/** The help on these options. */
export const readingHelp = `  --format  ${formatHelp}
  --base    10 or 16, the base of numbers without 0x where the format does not say it; without it they are hexadecimal
            where any line needs it
  --modify  once or twice: whether an access that reads and writes, as lackey's M, is one access (default, as in
            cachegrind) or a load and a store
`;

/** What is known of the trace before it is read. */
export function requestOf(command: string, file: Input, { format, base, modify }: ReadingOptions): TraceRequest {
  return {
    name: basename(file.name),
    isFormatSaid: format !== "auto",
    base: base === undefined ? undefined : choice(command, "base", base, ["10", "16"]) === "10" ? 10 : 16,
    modify: modify === undefined ? undefined : choice(command, "modify", modify, ["once", "twice"] as const),
  };
}

/** The candidate that fits the start of the file best, or null when none fits. */
export async function recogniseFile(
  file: Input,
  candidates: readonly TraceFormat[],
  request: TraceRequest = { name: basename(file.name) },
): Promise<Recognition<TraceFormat> | null> {
  return recognise(await headOf(file), candidates, request);
}

/** Whether a file starts as a trace rather than as a script. */
export async function isTrace(file: Input): Promise<boolean> {
  return (await traceFormatOf(file)) !== null;
}

/** The format of a file that starts as a trace; null for a script, whose lines may look like those of a trace. */
export async function traceFormatOf(file: Input): Promise<TraceFormat | null> {
  if (file.name.endsWith(".memscript")) return null;
  const head = await headOf(file);
  const found = recognise(head, formats, { name: basename(file.name) });
  if (found?.isSure !== true) return null;
  const lines = headLines(readable(head), head.length < headBytes);
  const statements = shareOf(lines, (line) => parseLine(line).kind === "statement");
  return statements < found.score ? found.format : null;
}

async function headOf(file: Input): Promise<Uint8Array> {
  const head = new Head(headBytes);
  for await (const chunk of file.chunks()) if (head.add(chunk)) break;
  return head.take();
}

/** Streams a trace through a heap of each policy, side by side. Throws {@link CliError} for what is no trace. */
export async function compareTrace(
  file: Input,
  policies: readonly HeapPolicy[],
  heap: (policy: HeapPolicy) => Partial<HeapOptions>,
  now: () => number,
  source: TraceSource,
): Promise<Comparison> {
  const comparison = new TraceComparison(policies, now, heap, source);
  for await (const chunk of file.chunks()) {
    comparison.feed(chunk);
    if (comparison.isOver) break;
  }
  const { comparison: result, report } = comparison.finish();
  refuseNoTrace(file, report);
  return result;
}

export interface ConvertedTrace {
  readonly text: string;
  readonly reading: TraceReading | null;
  /** Operations or references. */
  readonly operations: number;
  /** What of the trace could not be taken over. */
  readonly problems: readonly TraceProblem[];
}

/** The script of a trace. Throws {@link CliError} for what is no trace. */
export async function convertTrace(
  file: Input,
  candidates: readonly TraceFormat[] = formats,
  request: TraceRequest = { name: basename(file.name) },
): Promise<ConvertedTrace> {
  const converter = new AnyConverter(basename(file.name), candidates, undefined, request);
  for await (const chunk of file.chunks()) {
    converter.feed(chunk);
    if (converter.isOver) break;
  }
  const conversion = converter.finish();
  const { facts } = conversion;
  if (!conversion.ok) throw new CliError(`${file.name}: ${oneLine(conversion.message)}`);
  refuseNoTrace(file, facts);
  const problems = [...facts.problems, ...facts.refused];
  return {
    text: `${[...conversion.lines].join("\n")}\n`,
    reading: facts.reading,
    operations: facts.operations,
    problems,
  };
}

interface ReadTrace {
  /** Null when the file was no trace. */
  readonly format: object | null;
  /** Operations or references. */
  readonly operations: number;
  readonly problems: readonly TraceProblem[];
}

/** A file of which no line can be read as an operation is no trace: unreadable input rather than one with problems. */
export function refuseNoTrace(file: Input, { format, operations, problems }: ReadTrace): void {
  const first = problems.at(0);
  if (operations > 0 || first === undefined) return;
  const place = format === null ? file.name : `${file.name}:${first.line + 1}`;
  throw new CliError(`${place}: ${oneLine(first.message)}`);
}

/** How a trace was read, for people: what was assumed first, then what to be careful about. */
export function readingLines(file: Input, reading: TraceReading | null, operations: number): string[] {
  if (reading === null) return [];
  const warnings = readingWarnings(reading).map(
    ({ line, message }) => `${file.name}:${line + 1}:1: warning: ${oneLine(message)}`,
  );
  return [readingText(reading, operations), ...warnings];
}
