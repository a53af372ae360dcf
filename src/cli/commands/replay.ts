import type { AllocationFormat, ReferenceFormat } from "../../trace/format";
import { allocationFormats, referenceFormats } from "../../trace/formats";
import { replayTrace } from "../allocations";
import { onlyFile, readArguments, usage } from "../arguments";
import { heapOptions } from "../heapOptions";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { exitCode, problemLines } from "../problems";
import { curveLines, curvesOfReferences, replayReferences } from "../references";
import { statisticLines } from "../table";
import { candidatesOf, formatHelp, recogniseFile } from "../traces";

const idsOf = (formats: readonly { readonly id: string }[]): string => formats.map(({ id }) => id).join(", ");

export const replayHelp = `Usage: memscript replay TRACE[.gz] [--format auto|...] [--heap "4KiB policy=best-fit ..."] [--json] [--steps]
       memscript replay TRACE[.gz] [--vm "frames=64 replacement=lru tlb=64 ..."] [--cache "L1 32KiB ways=8; L2 ..."]
                        [--curve] [--json] [--steps]

Replays a recorded trace and prints its statistics and problems: allocations (${idsOf(allocationFormats)}) in a heap that grows as needed,
memory references (${idsOf(referenceFormats)}) through a page table and caches.

  --format  ${formatHelp}
  --heap    what the heap statement takes, the size first: "4KiB policy=best-fit header=8"; without a size the heap
            begins with 64 KiB, and it grows by 64 KiB unless grow= says otherwise
  --vm      options of the vm statement; every page may be touched, and gets a frame when it is touched first.
            Without --vm and --cache: replacement=lru
  --cache   cache statements without their verb, in order from the processor on, separated by semicolons;
            "latency memory=100" may stand among them. Without --vm the trace's addresses are physical
  --curve   the miss ratios of lru and opt for every number of frames, and the working set, instead of a replay
  --json    print the end record as JSON
  --steps   with --json, one record an operation or reference too
`;

interface Values {
  readonly heap: string;
  readonly vm?: string;
  readonly cache?: string;
  readonly curve: boolean;
  readonly json: boolean;
  readonly steps: boolean;
}

export async function replayCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("replay", args, {
    format: { type: "string", default: "auto" },
    heap: { type: "string", default: "" },
    vm: { type: "string" },
    cache: { type: "string" },
    curve: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    steps: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("replay", positionals), io);
  const candidates = candidatesOf("replay", values.format);
  if (values.steps && !values.json) throw usage("replay", "--steps goes with --json");
  const format = (await recogniseFile(file, candidates))?.format;
  if (format?.kind === "references") return replayOfReferences(file, format, values, io);
  if (values.vm !== undefined || values.cache !== undefined || values.curve) {
    throw usage("replay", "--vm, --cache and --curve are for traces of memory references, and this is none");
  }
  return replayOfAllocations(file, format === undefined ? allocationFormats : [format], values, io);
}

async function replayOfAllocations(
  file: Input,
  candidates: readonly AllocationFormat[],
  values: Values,
  io: CliIo,
): Promise<number> {
  const out = new LineWriter(io);
  const replay = await replayTrace(file, {
    candidates,
    heap: heapOptions("replay", "--heap", values.heap),
    onRecord: values.json && values.steps ? (record) => out.line(JSON.stringify(record)) : null,
    flush: () => out.flush(),
  });
  if (values.json) out.line(JSON.stringify(replay.end));
  else {
    for (const problem of replay.problems) for (const line of problemLines(file.name, problem)) out.line(line);
    out.line(`${replay.operations} operations`);
    for (const line of statisticLines(replay.stats)) out.line(line);
  }
  await out.flush();
  return exitCode(replay.problems);
}

async function replayOfReferences(file: Input, format: ReferenceFormat, values: Values, io: CliIo): Promise<number> {
  if (values.heap !== "")
    throw usage("replay", `--heap is for traces of allocations, and this is one of memory references (${format.id})`);
  const out = new LineWriter(io);
  const request = {
    format,
    vm: values.vm,
    cache: values.cache,
    onRecord: values.json && values.steps ? (record: object) => out.line(JSON.stringify(record)) : null,
    flush: () => out.flush(),
  };
  if (values.curve) {
    const curves = await curvesOfReferences(file, request);
    const lines = values.json ? [JSON.stringify({ kind: "curve", format: format.id, ...curves })] : curveLines(curves);
    for (const line of lines) out.line(line);
    await out.flush();
    return 0;
  }
  const replay = await replayReferences(file, request);
  if (values.json) out.line(JSON.stringify(replay.end));
  else {
    for (const problem of replay.problems) for (const line of problemLines(file.name, problem)) out.line(line);
    for (const line of replay.lines) out.line(line);
  }
  await out.flush();
  return exitCode(replay.problems);
}
