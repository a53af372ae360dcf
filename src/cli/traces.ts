import { basename } from "node:path";
import type { HeapOptions } from "../engine/heap/options";
import type { HeapPolicy } from "../engine/heap/policies";
import type { Comparison } from "../machine/compare/rows";
import { TraceComparison } from "../machine/compare/TraceComparison";
import { converterOf, type TraceConverter } from "../trace/converters";
import type { TraceFormat } from "../trace/format";
import { formats } from "../trace/formats";
import type { TraceProblem } from "../trace/problems";
import { recognise, type Recognition } from "../trace/recognise";
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

/** The candidate that fits the start of the file best, or null when none fits. */
export async function recogniseFile(
  file: Input,
  candidates: readonly TraceFormat[],
): Promise<Recognition<TraceFormat> | null> {
  if (candidates.length === 1) return recognise(new Uint8Array(), candidates);
  for await (const chunk of file.chunks()) return recognise(chunk, candidates);
  return null;
}

/** Whether a file starts as a trace rather than as a script. */
export async function isTrace(file: Input): Promise<boolean> {
  const found = await recogniseFile(file, formats);
  return found?.isSure === true;
}

/** Streams a trace through a heap of each policy, side by side. Throws {@link CliError} for what is no trace. */
export async function compareTrace(
  file: Input,
  policies: readonly HeapPolicy[],
  heap: (policy: HeapPolicy) => Partial<HeapOptions>,
  now: () => number,
): Promise<Comparison> {
  const comparison = new TraceComparison(policies, now, heap);
  for await (const chunk of file.chunks()) comparison.feed(chunk);
  const { comparison: result, report } = comparison.finish();
  refuseNoTrace(file, report);
  return result;
}

/** The script of a trace, and what of it could not be taken over. Throws {@link CliError} for what is no trace. */
export async function convertTrace(
  file: Input,
  candidates: readonly TraceFormat[],
): Promise<{ readonly text: string; readonly problems: readonly TraceProblem[] }> {
  const converterFor = (head: Uint8Array): TraceConverter => converterOf(head, basename(file.name), candidates);
  let converter: TraceConverter | undefined;
  for await (const chunk of file.chunks()) {
    converter ??= converterFor(chunk);
    converter.feed(chunk);
  }
  converter ??= converterFor(new Uint8Array());
  const conversion = converter.finish();
  if (!conversion.ok) throw new CliError(`${file.name}: ${oneLine(conversion.message)}`);
  refuseNoTrace(file, conversion.facts);
  const problems = [...conversion.facts.problems, ...conversion.facts.refused];
  return { text: `${[...conversion.lines].join("\n")}\n`, problems };
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
