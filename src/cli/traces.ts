import { basename } from "node:path";
import { toHex } from "../engine/address";
import type { HeapStats } from "../engine/heap/contract";
import {
  coalesceModes,
  growthModes,
  heapPolicies,
  listOrders,
  reallocModes,
  type HeapOptions,
  type HeapPolicy,
} from "../engine/heap/options";
import { readNumber } from "../language/parsing/numbers";
import type { Comparison } from "../machine/compare/rows";
import { TraceComparison } from "../machine/compare/TraceComparison";
import { catalogue, type ProblemDescription, type ProblemId } from "../machine/problems/catalogue";
import type { Problem } from "../machine/records/records";
import { Replay } from "../machine/replay/Replay";
import type { ReplayedOperation, ReplayReport } from "../machine/replay/report";
import { converterOf, type TraceConverter } from "../trace/converters";
import { referenceFormats } from "../trace/references";
import type { ConversionFacts } from "../trace/toScript";
import { referenceFormatOf } from "../trace/referenceFormat";
import type { TraceProblem } from "../trace/problems";
import { choice, usage } from "./arguments";
import { CliError, oneLine } from "./errors";
import { readChunks } from "./files";

export const traceFormatChoices = ["auto", "mtrace", "rep"] as const;
export type TraceFormatChoice = (typeof traceFormatChoices)[number];
export const convertFormatChoices = [...traceFormatChoices, ...referenceFormats] as const;

interface ReplayRequest {
  readonly format: TraceFormatChoice;
  /** As `--heap` gives them: `heap.policy` to `best-fit`. */
  readonly heap: ReadonlyMap<string, string>;
  /** Told each operation as its JSON record; true asks for a `flush`. Null: no record is made. */
  readonly onRecord: ((record: object) => boolean) | null;
  flush(): Promise<void>;
}

interface ReplayOutcome {
  readonly operations: number;
  readonly stats: HeapStats;
  readonly problems: readonly Problem[];
  /** The end record of `--json`. */
  readonly end: object;
}

/** Streams a trace through a heap; a trace of any length needs the memory of its live blocks only. */
export async function replayTrace(file: string, request: ReplayRequest): Promise<ReplayOutcome> {
  const { onRecord } = request;
  const state = { isFull: false };
  const replay = new Replay(
    heapOptions(request.heap),
    request.format,
    onRecord === null
      ? null
      : (operation) => {
          state.isFull = onRecord(stepRecord(operation)) || state.isFull;
        },
  );
  for await (const chunk of readChunks(file)) {
    replay.feed(chunk);
    if (state.isFull) await request.flush();
    state.isFull = false;
  }
  const report = replay.finish();
  refuseNoTrace(file, report);
  const problems = problemsOf(report);
  return { operations: report.operations, stats: report.stats, problems, end: endRecord(replay, report, problems) };
}

/** Streams a trace through a heap of each policy, side by side. Throws {@link CliError} for what is no trace. */
export async function compareTrace(
  file: string,
  policies: readonly HeapPolicy[],
  heap: ReadonlyMap<string, string>,
  now: () => number,
): Promise<Comparison> {
  const comparison = new TraceComparison(policies, now, heapOptions(heap));
  for await (const chunk of readChunks(file)) comparison.feed(chunk);
  const { comparison: result, report } = comparison.finish();
  refuseNoTrace(file, report);
  return result;
}

/** The script of a trace, and what of it could not be taken over. Throws {@link CliError} for what is no trace. */
export async function convertTrace(
  file: string,
  format: (typeof convertFormatChoices)[number],
): Promise<{ readonly text: string; readonly problems: readonly TraceProblem[] }> {
  const converterFor = (head: Uint8Array): TraceConverter => converterOf(head, basename(file), format);
  let converter: TraceConverter | undefined;
  for await (const chunk of readChunks(file)) {
    converter ??= converterFor(chunk);
    converter.feed(chunk);
  }
  converter ??= converterFor(new Uint8Array());
  const conversion = converter.finish();
  if (!conversion.ok) throw new CliError(`${file}: ${oneLine(conversion.message)}`);
  refuseNoTrace(file, conversion.facts);
  const problems = [...conversion.facts.problems, ...conversion.facts.refused];
  return { text: `${[...conversion.lines].join("\n")}\n`, problems };
}

/** A file of which no line can be read as an operation is no trace: unreadable input rather than one with problems. */
function refuseNoTrace(file: string, facts: Pick<ConversionFacts, "format" | "operations" | "problems">): void {
  const first = facts.problems.at(0);
  if (facts.operations > 0 || first === undefined) return;
  const place = facts.format === null ? file : `${file}:${first.line + 1}`;
  throw new CliError(`${place}: ${oneLine(first.message)}`);
}

/** Whether a file's first line looks like a trace's rather than a script's. */
export async function isTrace(file: string): Promise<boolean> {
  const replay = new Replay();
  let isReferences = false;
  for await (const chunk of readChunks(file)) {
    isReferences = referenceFormatOf(chunk) !== null;
    replay.feed(chunk.subarray(0, 4096));
    break;
  }
  const { format, operations } = replay.finish();
  // A script never starts with a trace's marks, but a `.rep` header is only numbers: wait for an operation.
  return isReferences || format === "mtrace" || (format === "rep" && 0 < operations);
}

const listed = {
  policy: heapPolicies,
  order: listOrders,
  coalesce: coalesceModes,
  growth: growthModes,
  realloc: reallocModes,
} as const;

/** The options of the replay's heap from their written values. */
export function heapOptions(written: ReadonlyMap<string, string>): Partial<HeapOptions> {
  const options: Record<string, string | number> = {};
  for (const [key, value] of written) {
    const name = key.slice(key.indexOf(".") + 1);
    if (name in listed) {
      const choices: readonly string[] = listed[name as keyof typeof listed];
      options[name] = choice("replay", `heap ${name}`, value, choices);
      continue;
    }
    const number = readNumber(value);
    if ("message" in number) throw usage("replay", `--heap ${name}=${value}: ${number.message}`);
    options[name] = number.value;
  }
  checkSizes(options);
  return options;
}

/** What a script's `heap` line would refuse is refused here too, before an engine meets it. */
function checkSizes(options: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof value !== "number") continue;
    const least = name === "size" || name === "align" || name === "min" || name === "max" ? 1 : 0;
    if (!Number.isSafeInteger(value) || value < least) {
      throw usage("replay", `--heap ${name} is a whole number from ${least}, not ${value}`);
    }
  }
  for (const name of ["header", "footer", "align", "min", "redzone"]) {
    if (4096 < Number(options[name] ?? 0)) throw usage("replay", `--heap ${name} is at most 4096`);
  }
}

/** One operation in the shape of a script's step. */
function stepRecord(operation: ReplayedOperation): object {
  const { step, line, op, ok, address, size, searched, problem } = operation;
  return {
    kind: "step",
    step,
    line: line + 1,
    text: textOf(operation),
    op,
    ok,
    value: { addr: address === null ? null : toHex(address), size, searched },
    events: [],
    problems: problem === null ? [] : [toJson(traceProblem(refusalId(problem), line, `${op}: ${problem}.`))],
  };
}

/** The operation as a script would say it, without names. */
function textOf({ op, address, size }: ReplayedOperation): string {
  if (op === "free") return `free ${toHex(address ?? 0)}`;
  return op === "realloc" ? `realloc ${size}` : `alloc ${size}`;
}

function endRecord(replay: Replay, report: ReplayReport, problems: readonly Problem[]): object {
  return {
    kind: "end",
    steps: report.operations,
    format: report.format,
    counts: report.counts,
    problems: problems.map(toJson),
    problemCount: report.problemCount + report.refusedCount + report.live.length,
    heaps: { [replay.heap.options.name]: report.stats },
    live: {
      blocks: report.liveBlocks,
      bytes: report.liveBytes,
      sites: report.live.map((site) => ({ ...site, line: site.line + 1 })),
    },
    vm: null,
    pools: {},
  };
}

/** What the trace's text, the heap and the end of the program have to be blamed for, in the catalogue's words. */
function problemsOf(report: ReplayReport): Problem[] {
  return [
    ...report.problems.map(({ line, message }) => traceProblem("syntax-error", line, message)),
    ...report.refused.map(({ line, message }) => traceProblem(refusalId(message), line, message)),
    ...report.live.map(({ site, blocks, bytes, line }) => {
      const what = `${blocks} ${blocks === 1 ? "block" : "blocks"} (${bytes} bytes) never freed`;
      return traceProblem("leak", line, `${what}, allocated at ${site ?? "an unknown site"}.`);
    }),
  ];
}

function refusalId(reason: string): ProblemId {
  return reason.includes("has no room") ? "out-of-memory" : "invalid-free";
}

export function traceProblem(id: ProblemId, line: number, message: string): Problem {
  const { severity, advice }: ProblemDescription = catalogue[id];
  return { id, severity, line, column: 0, endColumn: 0, message, advice, related: [], step: 0 };
}

function toJson({ id, severity, line, column, endColumn, message, related }: Problem): object {
  return { id, severity, line: line + 1, column: column + 1, endColumn: endColumn + 1, message, related };
}
