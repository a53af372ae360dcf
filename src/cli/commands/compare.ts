import { heapPolicies, type HeapOptions } from "../../engine/heap/options";
import type { HeapPolicy } from "../../engine/heap/policies";
import { runToEnd } from "../../language/coroutines";
import { parse } from "../../language/parsing/parser";
import { heapOverrides } from "../../machine/compare/heapOverrides";
import { ScriptComparison } from "../../machine/compare/ScriptComparison";
import { comparisonTable, differenceText, idealName } from "../../machine/compare/comparisonTable";
import type { PagingCurves } from "../../machine/curves/pagingCurves";
import type { Comparison } from "../../machine/compare/rows";
import { defaultLimits } from "../../machine/run/limits";
import { onlyFile, readArguments, readOverrides, usage } from "../arguments";
import { heapOptions } from "../heapOptions";
import { openInput, type Input } from "../inputs";
import { LineWriter, type CliIo } from "../io";
import { readScript } from "../scripts";
import { comparisonLines, renderTable } from "../table";
import { compareTrace, isTrace } from "../traces";
import { poolLines } from "./comparePools";

export const compareHelp = `Usage: memscript compare FILE [--policies a,b,...] [--set heap.header=8 ...] [--pools] [--json]

Runs a script or replays a recorded trace once under each fit policy and prints one row for each, a row for the
ideal (a heap of exactly the most bytes live at once), and the first line at which a policy parts from the first one.
Of a script that references pages it prints the faults of fifo, lru and opt for each number of frames, too.
Fragmentation is measured at peak usage; the time includes the measuring.

  --policies   any of ${heapPolicies.join(", ")}; by default all
  --set        add or override an option of every run, as STATEMENT.OPTION=VALUE; may be repeated;
               a trace has the options of a heap only
  --pools      repeat what each pool and slab cache of a script served in a pool, a slab cache and every heap instead
  --json       print one JSON object a row and difference
`;

const now = (): number => performance.now();

export async function compareCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("compare", args, {
    policies: { type: "string", default: heapPolicies.join(",") },
    set: { type: "string", multiple: true, default: [] },
    pools: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const file = await openInput(onlyFile("compare", positionals), io);
  if (values.pools) return await comparePoolsOf(file, values.json, io);
  const policies = readPolicies(values.policies);
  const overrides = readOverrides("compare", values.set);
  if (overrides.has("heap.policy")) throw usage("compare", "--policies chooses the policies, not --set heap.policy");
  const comparison = (await isTrace(file))
    ? await compareTrace(file, policies, heapOf(overrides), now)
    : compareScript(await readScript(file), policies, overrides);
  const out = new LineWriter(io);
  for (const line of values.json ? jsonLines(comparison) : textLines(comparison)) out.line(line);
  await out.flush();
  return comparison.rows.some((row) => 0 < row.errors) ? 1 : 0;
}

async function comparePoolsOf(file: Input, isJson: boolean, io: CliIo): Promise<number> {
  if (await isTrace(file)) throw usage("compare", "--pools takes a script: recorded traces have no pools");
  const out = new LineWriter(io);
  for (const line of poolLines(await readScript(file), isJson)) out.line(line);
  await out.flush();
  return 0;
}

/** The policies that are asked for, in that order, each once. */
function readPolicies(written: string): HeapPolicy[] {
  const policies = new Set<HeapPolicy>();
  for (const word of written.split(",").map((policy) => policy.trim())) {
    const known = heapPolicies.find((policy) => policy === word);
    if (known === undefined) throw usage("compare", `--policies takes ${heapPolicies.join(", ")}, not '${word}'`);
    policies.add(known);
  }
  return [...policies];
}

/** The heap options of each policy. */
function heapOf(overrides: ReadonlyMap<string, string>): (policy: HeapPolicy) => Partial<HeapOptions> {
  const other = [...overrides.keys()].find((key) => !key.startsWith("heap."));
  if (other !== undefined)
    throw usage("compare", `--set ${other} is for scripts; a trace has the options of a heap only`);
  return (policy) => {
    const words = [...heapOverrides(overrides, policy)].map(([key, value]) => `${key.slice("heap.".length)}=${value}`);
    return heapOptions("compare", "--set", words.join(" "));
  };
}

function compareScript(
  text: string,
  policies: readonly HeapPolicy[],
  overrides: ReadonlyMap<string, string>,
): Comparison {
  return runToEnd(new ScriptComparison(parse(text), policies, { limits: defaultLimits, overrides }, now).run());
}

function textLines(comparison: Comparison): string[] {
  const table = comparisonLines(comparisonTable(comparison));
  return [...table, "", ...differenceLines(comparison), ...pagingLines(comparison.paging)];
}

/** Sizes of memory that the text shows at most. */
const shownSizes = 12;

function pagingLines(paging: PagingCurves | null): string[] {
  if (paging === null) return [];
  const { references, pages, sizes, curves, anomaly } = paging;
  const every = Math.max(1, Math.ceil(sizes.length / shownSizes));
  const shown = sizes.map((_, at) => at).filter((at) => at % every === 0 || at === sizes.length - 1);
  const table = renderTable([
    ["page faults with frames", ...shown.map((at) => String(sizes[at]))],
    ...curves.map(({ policy, faults }) => [policy, ...shown.map((at) => String(faults[at]))]),
  ]);
  const belady =
    anomaly === null
      ? []
      : [`Belady's anomaly: with ${anomaly[1]} frames fifo faults more often than with ${anomaly[0]}.`];
  return ["", `${references} references to ${pages} pages`, ...table, ...belady];
}

function differenceLines({ rows, differences }: Comparison): string[] {
  if (rows.length < 2) return ["One policy alone has nothing to differ from."];
  if (differences.length === 0) return ["Every step gives the same result under all of them."];
  return differences.map(differenceText);
}

function jsonLines({ rows, idealBytes, differences, paging }: Comparison): string[] {
  return [
    ...rows.map(({ atPeak, atEnd, ...row }) => ({
      kind: "policy",
      ...row,
      internalFragmentation: atEnd.internal,
      externalFragmentation: atEnd.external,
      internalFragmentationAtPeak: atPeak.internal,
      externalFragmentationAtPeak: atPeak.external,
    })),
    { kind: "ideal", policy: idealName, peakUsed: idealBytes, peakHeapBytes: idealBytes, utilization: 1 },
    ...differences.map((difference) => ({ kind: "difference", ...difference, line: difference.line + 1 })),
    ...(paging === null ? [] : [{ kind: "paging", ...paging }]),
  ].map((record) => JSON.stringify(record));
}
