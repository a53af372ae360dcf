import type { AllocationFormat, ReferenceFormat } from "../../trace/format";
import { allocationFormats, referenceFormats } from "../../trace/formats";
import { replacementPolicies } from "../../engine/replacement/createPolicy";
import type { PagingCurves } from "../../machine/curves/pagingCurves";
import { readingRecord } from "../../trace/reading";
import type { TraceRequest } from "../../trace/request";
import { replayTrace } from "../allocations";
import { onlyFile, readArguments, usage } from "../arguments";
import { framesOf } from "../frames";
import { heapOptions } from "../heapOptions";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { exitCode, problemLines } from "../problems";
import { replacementsOf } from "../policies";
import { curveLines, curvesOfReferences, replayReferences } from "../references";
import { statisticLines } from "../table";
import { readingHelp, readingLines, readingOptions, requestOf, type ReadingOptions } from "../traces";
import { wantedFormats, type TraceWish } from "../wantedFormats";

const idsOf = (formats: readonly { readonly id: string }[]): string => formats.map(({ id }) => id).join(", ");

export const replayHelp = `Usage: memscript replay TRACE[.gz] [--format auto|...] [--heap "4KiB policy=best-fit ..."] [--json] [--steps]
       memscript replay TRACE[.gz] [--vm "frames=64 replacement=lru tlb=64 ..."] [--cache "L1 32KiB ways=8; L2 ..."]
                        [--base 10|16] [--modify once|twice] [--json] [--steps]
       memscript replay TRACE[.gz] --curve [--policies fifo,lru,...] [--frames 3,4,8..16] [--json]

Replays a recorded trace and prints its statistics and problems: allocations (${idsOf(allocationFormats)}) in a heap that grows as needed,
memory references (${idsOf(referenceFormats)}) through a page table and caches.

${readingHelp}  --heap    what the heap statement takes, the size first: "4KiB policy=best-fit header=8"; without a size the heap
            begins with 64 KiB, and it grows by 64 KiB unless grow= says otherwise
  --vm      options of the vm statement; every page may be touched, and gets a frame when it is touched first.
            After a semicolon a tlb statement says more of the lookaside buffer: "frames=64; tlb 16 ways=4 policy=fifo".
            Without --vm and --cache: replacement=lru
  --cache   cache statements without their verb, in order from the processor on, separated by semicolons;
            "latency memory=100" may stand among them. Without --vm the trace's addresses are physical. Numbers
            that could be those of pages are addresses
  --curve   the miss ratios of lru and opt for every number of frames, and the working set, instead of a replay.
            With --policies, of any replacement policies (${replacementPolicies.join(", ")});
            with --frames, for just those numbers of frames. lru and opt are found in one pass; the others are run
            once for each number, without --frames those that double. Every reference counts as a read
${limitsHelp(12)}  --json    print the end record as JSON
  --steps   with --json, one record an operation or reference too
`;

interface Values extends ReadingOptions {
  readonly limit: readonly string[];
  readonly heap: string;
  readonly vm?: string;
  readonly cache?: string;
  readonly curve: boolean;
  readonly policies?: string;
  readonly frames?: string;
  readonly json: boolean;
  readonly steps: boolean;
}

export async function replayCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("replay", args, {
    ...readingOptions,
    ...limitOptions,
    heap: { type: "string", default: "" },
    vm: { type: "string" },
    cache: { type: "string" },
    curve: { type: "boolean", default: false },
    policies: { type: "string" },
    frames: { type: "string" },
    json: { type: "boolean", default: false },
    steps: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("replay", positionals), io);
  const request = requestOf("replay", file, values);
  if (!values.curve && (values.policies !== undefined || values.frames !== undefined))
    throw usage("replay", "--policies and --frames go with --curve; compare runs a trace under several policies");
  if (values.steps && !values.json) throw usage("replay", "--steps goes with --json");
  const candidates = await wantedFormats(file, wishOf(values), request);
  const references = candidates.filter((format): format is ReferenceFormat => format.kind === "references");
  if (references.length > 0) return replayOfReferences(file, references, values, request, io);
  const allocations = candidates.filter((format): format is AllocationFormat => format.kind === "allocations");
  return replayOfAllocations(file, allocations, values, request, io);
}

/** What the options ask of the trace. */
function wishOf(values: Values): TraceWish {
  const { vm, cache, curve, heap, format } = values;
  const hasReferences = vm !== undefined || cache !== undefined || curve;
  return {
    command: "replay",
    format,
    forReferences: hasReferences ? "--vm, --cache and --curve" : "",
    forHeap: heap === "" ? "" : "--heap",
    hasCaches: cache !== undefined,
  };
}

async function replayOfAllocations(
  file: Input,
  candidates: readonly AllocationFormat[],
  values: Values,
  request: TraceRequest,
  io: CliIo,
): Promise<number> {
  const out = new LineWriter(io);
  const replay = await replayTrace(file, {
    candidates,
    request,
    heap: heapOptions("replay", "--heap", values.heap),
    onRecord: values.json && values.steps ? (record) => out.line(JSON.stringify(record)) : null,
    flush: () => out.flush(),
  });
  if (values.json) out.line(JSON.stringify(replay.end));
  else {
    for (const line of readingLines(file, replay.reading, replay.operations)) out.line(line);
    for (const problem of replay.problems) for (const line of problemLines(file.name, problem)) out.line(line);
    for (const line of statisticLines(replay.stats)) out.line(line);
  }
  await out.flush();
  return exitCode(replay.problems);
}

async function replayOfReferences(
  file: Input,
  candidates: readonly ReferenceFormat[],
  values: Values,
  request: TraceRequest,
  io: CliIo,
): Promise<number> {
  const out = new LineWriter(io);
  const wanted = {
    candidates,
    request,
    vm: values.vm,
    cache: values.cache,
    limits: readLimits("replay", values.limit),
    onRecord: values.json && values.steps ? (record: object) => out.line(JSON.stringify(record)) : null,
    flush: () => out.flush(),
  };
  if (values.curve) {
    const asked = {
      policies: values.policies === undefined ? undefined : replacementsOf("replay", values.policies),
      sizes: framesOf("replay", values.frames),
    };
    const { curves, sampled, reading } = await curvesOfReferences(file, wanted, asked);
    const { format } = reading ?? {};
    const record = {
      kind: "curve",
      format: format?.id ?? null,
      reading: reading && readingRecord(reading, curves.references),
    };
    const lines = values.json
      ? [JSON.stringify({ ...record, ...curves, ...(sampled === null ? {} : sampledRecord(sampled)) })]
      : [...readingLines(file, reading, curves.references), ...curveLines(curves, sampled)];
    for (const line of lines) out.line(line);
    await out.flush();
    return 0;
  }
  const replay = await replayReferences(file, wanted);
  if (values.json) out.line(JSON.stringify(replay.end));
  else {
    for (const line of replay.reading) out.line(line);
    for (const problem of replay.problems) for (const line of problemLines(file.name, problem)) out.line(line);
    for (const line of replay.lines) out.line(line);
  }
  await out.flush();
  return exitCode(replay.problems);
}

/** The faults of each policy at the sizes, under the policy's name where that is a field of every curve record. */
function sampledRecord({ sizes, curves }: PagingCurves): object {
  const faultsOf = (name: string): readonly number[] => curves.find(({ policy }) => policy === name)?.faults ?? [];
  return { sizes, lru: faultsOf("lru"), opt: faultsOf("opt"), curves };
}
