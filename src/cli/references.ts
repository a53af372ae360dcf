import { toHex } from "../engine/address";
import { Future } from "../engine/replacement/Future";
import { runToEnd } from "../language/coroutines";
import { doublings, missCurves, type MissCurves } from "../machine/curves/missCurves";
import { usualCurveOptions } from "../machine/curves/faultCounts";
import { curvesOf, type CurveRequest, type PagingCurves } from "../machine/curves/pagingCurves";
import { toJsonEnd, toJsonStep } from "../machine/records/json";
import type { Problem } from "../machine/problems/Problem";
import type { MachineLimits } from "../machine/run/limits";
import { readCacheText, readVmText } from "../machine/replay/declarations";
import { mostCollected, PageCollector } from "../machine/replay/PageCollector";
import { referenceProblems } from "../machine/replay/problems";
import {
  ReferenceReplay,
  type ReferenceReplayOptions,
  type ReferenceReport,
  type ReplayedReference,
} from "../machine/replay/ReferenceReplay";
import { looksAhead } from "../machine/verbs/vmDeclaration";
import type { ReferenceFormat } from "../trace/format";
import { readingRecord, type TraceReading } from "../trace/reading";
import { usualPageSize, type TraceRequest } from "../trace/request";
import { usage } from "./arguments";
import { CliError } from "./errors";
import type { Input } from "./inputs";
import { renderTable, statisticLines } from "./table";
import { readingLines, refuseNoTrace } from "./traces";

export interface ReferenceRequest {
  /** The formats that the trace may have. */
  readonly candidates: readonly ReferenceFormat[];
  readonly request: TraceRequest;
  /** As `--vm` and `--cache` give them; undefined when they are absent. */
  readonly vm: string | undefined;
  readonly cache: string | undefined;
  readonly limits: MachineLimits;
  /** Takes the JSON record of each reference; true asks for a `flush`. Null: no record is made. */
  readonly onRecord: ((record: object) => boolean) | null;
  flush(): Promise<void>;
}

export interface ReferenceOutcome {
  readonly problems: readonly Problem[];
  /** How the trace was read, for people. */
  readonly reading: readonly string[];
  /** The statistics, for people. */
  readonly lines: readonly string[];
  /** The end record of `--json`. */
  readonly end: object;
}

/** What a replay has when neither `--vm` nor `--cache` says more. */
const usualVm = "replacement=lru";

/** Streams a trace of memory references through a page table and caches. */
export async function replayReferences(file: Input, request: ReferenceRequest): Promise<ReferenceOutcome> {
  const { onRecord } = request;
  const options = readOptions("replay", request);
  const name = options.vm?.replacement?.name;
  const needsFuture = name !== undefined && looksAhead(name);
  const collected = needsFuture ? await collectPages(file, options, `\`${name}\` looks ahead`) : null;
  const future = collected === null ? null : new Future(collected.pages);
  const state = { isFull: false };
  const onReference = (reference: ReplayedReference): void => {
    state.isFull = onRecord?.(stepRecord(reference)) === true || state.isFull;
  };
  const replay = new ReferenceReplay(options, future, onRecord === null ? null : onReference);
  for await (const chunk of file.chunks()) {
    replay.feed(chunk);
    if (replay.isOver) break;
    if (state.isFull) await request.flush();
    state.isFull = false;
  }
  const report = replay.finish();
  const { format, references: operations, problems: found } = report;
  if (operations === 0 && found.length === 0) throw new CliError(`${file.name}: The trace is empty.`);
  refuseNoTrace(file, { format, operations, problems: found });
  const problems = referenceProblems(report);
  const reading = readingLines(file, report.reading, operations);
  return { problems, reading, lines: reportLines(report), end: endRecord(report, problems) };
}

/** The miss-ratio curves of a trace's pages, and how it was read; the vm says how large a page is. */
export async function curvesOfReferences(
  file: Input,
  request: ReferenceRequest,
  { policies, sizes }: CurveRequest,
): Promise<{
  readonly curves: MissCurves;
  readonly sampled: PagingCurves | null;
  readonly reading: TraceReading | null;
}> {
  const options = readOptions("replay", request);
  const { pages, reading } = await collectPages(file, options, "--curve looks");
  if (pages.length === 0) throw new CliError(`${file.name}: This is no trace: it has no references.`);
  const curves = missCurves(pages);
  if (policies === undefined && sizes === undefined) return { curves, sampled: null, reading };
  const wanted = {
    policies: policies ?? (["lru", "opt"] as const),
    sizes: sizes ?? doublings(curves.pages),
    options: options.vm?.replacement ?? usualCurveOptions,
  };
  return { curves, sampled: runToEnd(curvesOf(pages, wanted)), reading };
}

/** A table of the curves: at the requested sizes, else at powers of two. */
export function curveLines(
  { references, pages, sizes, lru, opt, workingSet }: MissCurves,
  sampled: PagingCurves | null,
) {
  const ratio = (faults: number | undefined): string => (faults === undefined ? "-" : (faults / references).toFixed(4));
  const shown = [...sizes.keys()].filter((at) => doubles(sizes[at] ?? 0) || at === sizes.length - 1);
  const windows = workingSet.filter(({ window }, at) => doubles(window) || at === workingSet.length - 1);
  const table =
    sampled === null
      ? [["lru", "opt"], ...shown.map((at) => [`  ${sizes[at]}`, ratio(lru[at]), ratio(opt.at(at))])]
      : [
          sampled.curves.map(({ policy }) => policy),
          ...sampled.sizes.map((frames, at) => [
            `  ${frames}`,
            ...sampled.curves.map(({ faults }) => ratio(faults[at])),
          ]),
        ];
  const [heads = [], ...rows] = table;
  return [
    `${references} references to ${pages} pages`,
    ...renderTable([["miss ratio with frames", ...heads], ...rows]),
    ...renderTable([
      ["working set of references", "pages"],
      ...windows.map((point) => [`  ${point.window}`, point.pages.toFixed(2)]),
    ]),
  ];
}

const doubles = (value: number): boolean => Number.isInteger(Math.log2(value));

/** The memory that the options describe. Throws a usage error of the command. */
export function readOptions(
  command: string,
  {
    candidates,
    request,
    vm,
    cache,
    limits,
  }: Pick<ReferenceRequest, "candidates" | "request" | "vm" | "cache" | "limits">,
): ReferenceReplayOptions {
  const text = vm ?? (cache === undefined ? usualVm : null);
  const declaration = text === null ? null : readVmText(text, limits);
  if (declaration !== null && "message" in declaration) throw usage(command, `--vm: ${declaration.message}`);
  const caches = readCacheText(cache ?? "", limits);
  if ("message" in caches) throw usage(command, `--cache: ${caches.message}`);
  return { formats: candidates, request, vm: declaration, ...caches };
}

interface CollectedPages {
  readonly pages: Float64Array;
  /** How the trace was read; null when it was empty. */
  readonly reading: TraceReading | null;
}

async function collectPages(file: Input, options: ReferenceReplayOptions, who: string): Promise<CollectedPages> {
  const pageSize = options.vm?.options.pageSize ?? usualPageSize;
  const hasCaches = options.caches.length > 0;
  const collector = new PageCollector(options.formats, pageSize, { ...options.request, hasCaches });
  for await (const chunk of file.chunks()) {
    collector.feed(chunk);
    if (collector.isOver) break;
  }
  const pages = collector.finish();
  if (collector.isTooLong)
    throw new CliError(`${file.name}: ${who} at ${mostCollected} references at most, and the trace has more`);
  return { pages, reading: collector.reading };
}

function reportLines({ references, counts, vm, caches, totals }: ReferenceReport): string[] {
  const { executes, reads, writes, modifies } = counts;
  return [
    `${references} references: ${executes} instruction fetches, ${reads} reads, ${writes} writes, ${modifies} modifications`,
    ...(vm === null ? [] : ["vm", ...statisticLines(vm)]),
    ...Object.entries(caches).flatMap(([name, stats]) => [`cache ${name}`, ...statisticLines(stats)]),
    ...(totals === null ? [] : ["caches and memory", ...statisticLines(totals)]),
  ];
}

function endRecord(report: ReferenceReport, problems: readonly Problem[]): object {
  const { format, reading, references, counts, vm, caches, totals, problemCount, refusedCount } = report;
  return {
    ...toJsonEnd({ steps: references, problems, vm, caches, cacheTotals: totals }),
    format: format?.id ?? null,
    reading: reading && readingRecord(reading, references),
    counts,
    problemCount: problemCount + refusedCount,
  };
}

const letters = ["r", "w", "x", "w"] as const;

/** One reference in the shape of a script's step. */
function stepRecord(reference: ReplayedReference): object {
  const { step, line, kind, address, size, physical, faulted, evicted, cycles } = reference;
  const fault = physical === null || faulted;
  const record = {
    step,
    line,
    text: `access ${toHex(address)} ${letters[kind]}`,
    op: "access",
    ok: physical !== null,
    value: {
      kind: "translation",
      virtual: address,
      physical,
      hit: !fault,
      fault,
      evicted,
      tlbHit: null,
      loaded: null,
      walk: null,
    },
    events: [],
    problems: [],
  } as const;
  return toJsonStep(record, { size, cycles });
}
