import type { AllocationFormat, ReferenceFormat, TraceFormat } from "../../trace/format";
import { allocationFormats, referenceFormats } from "../../trace/formats";
import { readingRecord } from "../../trace/reading";
import type { TraceRequest } from "../../trace/request";
import { replayTrace } from "../allocations";
import { onlyFile, readArguments, usage } from "../arguments";
import { heapOptions } from "../heapOptions";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { exitCode, problemLines } from "../problems";
import { curveLines, curvesOfReferences, replayReferences } from "../references";
import { statisticLines } from "../table";
import {
  candidatesOf,
  readingHelp,
  readingLines,
  readingOptions,
  recogniseFile,
  requestOf,
  type ReadingOptions,
} from "../traces";

const idsOf = (formats: readonly { readonly id: string }[]): string => formats.map(({ id }) => id).join(", ");

export const replayHelp = `Usage: memscript replay TRACE[.gz] [--format auto|...] [--heap "4KiB policy=best-fit ..."] [--json] [--steps]
       memscript replay TRACE[.gz] [--vm "frames=64 replacement=lru tlb=64 ..."] [--cache "L1 32KiB ways=8; L2 ..."]
                        [--base 10|16] [--modify once|twice] [--curve] [--json] [--steps]

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
  --curve   the miss ratios of lru and opt for every number of frames, and the working set, instead of a replay
${limitsHelp(12)}  --json    print the end record as JSON
  --steps   with --json, one record an operation or reference too
`;

interface Values extends ReadingOptions {
  readonly limit: readonly string[];
  readonly heap: string;
  readonly vm?: string;
  readonly cache?: string;
  readonly curve: boolean;
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
    json: { type: "boolean", default: false },
    steps: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("replay", positionals), io);
  const request = requestOf("replay", file, values);
  if (values.steps && !values.json) throw usage("replay", "--steps goes with --json");
  const candidates = await wantedFormats(file, values, request);
  const references = candidates.filter((format): format is ReferenceFormat => format.kind === "references");
  if (references.length > 0) return replayOfReferences(file, references, values, request, io);
  const allocations = candidates.filter((format): format is AllocationFormat => format.kind === "allocations");
  return replayOfAllocations(file, allocations, values, request, io);
}

/**
 * The formats of the kind that the trace has, of which its reader chooses one. What the user asks for counts: options for
 * memory references make only their formats possible, and those of a heap only the others.
 */
async function wantedFormats(file: Input, values: Values, request: TraceRequest): Promise<readonly TraceFormat[]> {
  const said = candidatesOf("replay", values.format);
  const forReferences = values.vm !== undefined || values.cache !== undefined || values.curve;
  const forHeap = values.heap !== "";
  const possible = said.filter(({ kind }) => (kind === "references" ? !forHeap : !forReferences));
  const hasCaches = values.cache !== undefined;
  if (said.length === 1 && possible.length === 1) return possible;
  const found = await recogniseFile(file, possible, { ...request, hasCaches });
  if (found !== null) return possible.filter(({ kind }) => kind === found.format.kind);
  const other = said.length === 1 ? said[0] : (await recogniseFile(file, said, request))?.format;
  if (other === undefined) return possible.length === 0 ? said : firstKind(possible);
  if (forReferences && other.kind === "allocations") {
    throw usage(
      "replay",
      `--vm, --cache and --curve are for traces of memory references, and this is one of allocations (${other.id})`,
    );
  }
  throw usage("replay", `--heap is for traces of allocations, and this is one of memory references (${other.id})`);
}

/** Without a recognised trace any kind will say why it is none. */
function firstKind(possible: readonly TraceFormat[]): readonly TraceFormat[] {
  return possible.filter(({ kind }) => kind === possible[0]?.kind);
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
    const { curves, reading } = await curvesOfReferences(file, wanted);
    const { format } = reading ?? {};
    const record = {
      kind: "curve",
      format: format?.id ?? null,
      reading: reading && readingRecord(reading, curves.references),
    };
    const lines = values.json
      ? [JSON.stringify({ ...record, ...curves })]
      : [...readingLines(file, reading, curves.references), ...curveLines(curves)];
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
