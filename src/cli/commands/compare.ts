import { heapPolicies, type HeapOptions } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";
import { runToEnd } from "../../language/coroutines";
import { parse } from "../../language/parsing/parser";
import { heapOverrides } from "../../machine/compare/heapOverrides";
import { comparedParts, parts } from "../../machine/compare/parts/parts";
import { survey } from "../../machine/compare/parts/survey";
import { compareWhole, type WholeComparison } from "../../machine/compare/WholeComparison";
import { curvesOf, type CurveRequest } from "../../machine/curves/pagingCurves";
import type { AllocationFormat, ReferenceFormat } from "../../trace/format";
import { onlyFile, readArguments, readOverrides, usage } from "../arguments";
import { jsonLines, textLines } from "../comparison/lines";
import { compareReferences, referenceMemory } from "../comparison/references";
import { framesOf } from "../frames";
import { heapOptions } from "../heapOptions";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { limitOptions, limitsHelp, readLimits } from "../limits";
import { partOf, policyChoice, replacementsOf } from "../policies";
import { readScript } from "../scripts";
import { compareTrace, isTrace, readingHelp, readingOptions, requestOf, type ReadingOptions } from "../traces";
import { wantedFormats } from "../wantedFormats";
import { poolLines } from "./comparePools";

export const compareHelp = `Usage: memscript compare FILE [--policies a,b,...] [--of heap|replacement|tlb|cache] [--frames 3,4,8..16]
                        [--set heap.header=8 ...] [--vm "frames=64 tlb=16 ..."] [--cache "L1 32KiB ways=8; ..."]
                        [--pools] [--json]

Runs a script or replays a recorded trace once under each policy and prints one row for each: the fit policies of a
heap, the replacement policies of paging on demand, and the policies of a lookaside buffer and of caches, each where
the script or trace has such a thing. Fit policies come with the ideal (a heap of exactly the most bytes live at once) and
the first line at which a policy parts from the first one. Where pages are referenced it prints the faults of fifo, lru
and opt for each number of frames and the mean working set, too.
Fragmentation is measured at peak usage; the time includes the measuring.

  --policies   of a heap: ${parts.heap.policies.join(", ")};
               of page replacement: ${parts.replacement.policies.slice(0, 9).join(", ")},
               ${parts.replacement.policies.slice(9).join(", ")};
               of a lookaside buffer: ${parts.tlb.policies.join(", ")}; of caches: ${parts.cache.policies.join(", ")}.
               By default all. A name that several have means the first in this order that the file has
  --of         what the policies are of, where that is not clear
  --curve      only the faults for each number of frames, with --policies of those replacement policies
  --frames     the numbers of frames for which faults are printed
  --set        add or override an option of every run, as STATEMENT.OPTION=VALUE; may be repeated;
               a trace of allocations has the options of a heap only
  --vm, --cache  the memory that a trace of memory references goes through, as for replay
${readingHelp}${limitsHelp(15)}  --pools      repeat what each pool and slab cache of a script served in a pool, a slab cache and every heap instead
  --json       print one JSON object a row, difference and set of curves
`;

const now = (): number => performance.now();

interface Values extends ReadingOptions {
  readonly policies?: string;
  readonly of?: string;
  readonly frames?: string;
  readonly curve: boolean;
  readonly set: readonly string[];
  readonly limit: readonly string[];
  readonly vm?: string;
  readonly cache?: string;
}

export async function compareCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("compare", args, {
    ...readingOptions,
    ...limitOptions,
    policies: { type: "string" },
    of: { type: "string" },
    frames: { type: "string" },
    curve: { type: "boolean", default: false },
    set: { type: "string", multiple: true, default: [] },
    vm: { type: "string" },
    cache: { type: "string" },
    pools: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("compare", positionals), io);
  if (values.pools) return await comparePoolsOf(file, values.json, io);
  const out = new LineWriter(io);
  const { comparison, reading } = await compareFile(file, values);
  if (!values.json) for (const line of reading) out.line(line);
  for (const line of values.json ? jsonLines(comparison) : textLines(comparison)) out.line(line);
  await out.flush();
  const tables: readonly (readonly { readonly errors: number }[])[] = [
    comparison.heap?.rows ?? [],
    ...comparison.parts.map(({ rows }) => rows),
  ];
  return tables.some((rows) => rows.some(({ errors }) => 0 < errors)) ? 1 : 0;
}

interface Compared {
  readonly comparison: WholeComparison;
  /** How a trace was read, for people. */
  readonly reading: readonly string[];
}

async function compareFile(file: Input, values: Values): Promise<Compared> {
  const overrides = readOverrides("compare", values.set);
  for (const part of comparedParts) {
    const { option } = parts[part];
    if (overrides.has(option)) throw usage("compare", `--policies chooses the policies, not --set ${option}`);
  }
  const isSaidTrace = values.vm !== undefined || values.cache !== undefined || values.format !== "auto";
  if (isSaidTrace || (await isTrace(file))) return compareRecorded(file, values, overrides);
  return { comparison: compareScript(await readScript(file), values, overrides), reading: [] };
}

async function compareRecorded(file: Input, values: Values, overrides: ReadonlyMap<string, string>): Promise<Compared> {
  const { vm, cache, format } = values;
  const request = requestOf("compare", file, values);
  const limits = readLimits("compare", values.limit);
  const forReferences = vm !== undefined || cache !== undefined ? "--vm and --cache" : "";
  const wish = { command: "compare", format, forReferences, forHeap: "", hasCaches: cache !== undefined };
  const formats = await wantedFormats(file, wish, request);
  const references = formats.filter((each): each is ReferenceFormat => each.kind === "references");
  if (references.length > 0) {
    if (overrides.size > 0)
      throw usage("compare", "--set is for scripts and heaps; --vm and --cache describe the memory");
    const memory = referenceMemory("compare", { candidates: references, request, vm, cache, limits });
    const part = partOf("compare", values.of);
    const choice = values.curve ? {} : policyChoice("compare", values.policies, memory.present, part);
    const chosen = values.policies === undefined ? {} : { policies: choice.replacement };
    return compareReferences(file, memory, choice, { ...chosen, ...curvesAsked(values) }, now);
  }
  const allocations = formats.filter((each): each is AllocationFormat => each.kind === "allocations");
  const choice = policyChoice("compare", values.policies, new Set(["heap"]), partOf("compare", values.of));
  const policies = choice.heap ?? heapPolicies;
  const heap = await compareTrace(file, policies, heapOf(overrides), now, { candidates: allocations, request });
  return { comparison: { heap, parts: [], paging: null }, reading: [] };
}

function compareScript(text: string, values: Values, overrides: ReadonlyMap<string, string>): WholeComparison {
  const options = { limits: readLimits("compare", values.limit), overrides };
  const program = parse(text);
  const found = runToEnd(survey(program, options));
  const curves = curvesAsked(values);
  if (values.curve) {
    if (found.pages.length === 0) throw usage("compare", "--curve needs references to pages, and the script has none");
    return { heap: null, parts: [], paging: runToEnd(curvesOf(found.pages, curves)) };
  }
  const choice = policyChoice("compare", values.policies, found.present, partOf("compare", values.of));
  const chosen = values.policies === undefined ? {} : { policies: choice.replacement };
  return runToEnd(compareWhole(program, found, choice, options, now, { ...chosen, ...curves }));
}

/** What the options say of curves. */
function curvesAsked({ curve, policies, frames }: Values): CurveRequest {
  return {
    ...(frames === undefined ? {} : { sizes: framesOf("compare", frames) }),
    ...(curve && policies !== undefined ? { policies: replacementsOf("compare", policies) } : {}),
  };
}

/** The heap options of each policy. */
function heapOf(overrides: ReadonlyMap<string, string>): (policy: HeapPolicy) => Partial<HeapOptions> {
  const other = [...overrides.keys()].find((key) => !key.startsWith("heap."));
  if (other !== undefined)
    throw usage("compare", `--set ${other} is for scripts; a trace of allocations has the options of a heap only`);
  return (policy) => {
    const words = [...heapOverrides(overrides, policy)].map(([key, value]) => `${key.slice("heap.".length)}=${value}`);
    return heapOptions("compare", "--set", words.join(" "));
  };
}

async function comparePoolsOf(file: Input, isJson: boolean, io: CliIo): Promise<number> {
  if (await isTrace(file)) throw usage("compare", "--pools takes a script: recorded traces have no pools");
  const out = new LineWriter(io);
  for (const line of poolLines(await readScript(file), isJson)) out.line(line);
  await out.flush();
  return 0;
}
