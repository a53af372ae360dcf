import { heapPolicies } from "../../engine/heap/options";
import type { HeapStats } from "../../engine/heap/contract";
import type { VirtualMemoryStats } from "../../engine/vm/contract";
import type { Problem } from "../../machine/records";
import { onlyFile, readArguments, usage } from "../arguments";
import { readScript } from "../files";
import { LineWriter, type CliIo } from "../io";
import { openMachine } from "../machine";
import { renderTable } from "../table";
import { isTrace, replayTrace } from "../traces";

export const compareHelp = `Usage: memscript compare FILE [--policies a,b,...] [--json]

Runs a script or replays a recorded trace once under each fit policy and prints one row for each.

  --policies   any of ${heapPolicies.join(", ")}; by default all
  --json       print one JSON object a policy and line
`;

/** One row: what a policy did with the same operations. Times are of this machine and this run. */
interface Comparison {
  readonly policy: string;
  readonly utilization: number;
  readonly peakHeapBytes: number;
  readonly externalFragmentation: number;
  readonly searched: number;
  readonly faults: number;
  /** Problems of severity error: what this policy could not do. */
  readonly errors: number;
  readonly milliseconds: number;
}

export async function compareCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArguments("compare", args, {
    policies: { type: "string", default: heapPolicies.join(",") },
    json: { type: "boolean", default: false },
  });
  const file = onlyFile("compare", positionals);
  const policies = values.policies.split(",").map((policy) => policy.trim());
  const unknown = policies.find((policy) => !heapPolicies.some((known) => known === policy));
  if (unknown !== undefined) {
    throw usage("compare", `--policies takes ${heapPolicies.join(", ")}, not '${unknown}'`);
  }
  const rows: Comparison[] = [];
  for (const policy of policies) rows.push(await compareOne(file, policy));
  const out = new LineWriter(io);
  for (const line of values.json ? rows.map((row) => JSON.stringify(row)) : tableOf(rows)) out.line(line);
  await out.flush();
  return rows.some((row) => 0 < row.errors) ? 1 : 0;
}

async function compareOne(file: string, policy: string): Promise<Comparison> {
  const start = performance.now();
  const outcome = (await isTrace(file)) ? await replayOnce(file, policy) : await runOnce(file, policy);
  return {
    policy,
    ...summarize(outcome.heaps, outcome.vm),
    errors: countErrors(outcome.problems),
    milliseconds: performance.now() - start,
  };
}

interface Outcome {
  readonly heaps: readonly HeapStats[];
  readonly vm: VirtualMemoryStats | null;
  readonly problems: readonly Problem[];
}

function countErrors(problems: readonly Problem[]): number {
  return problems.filter((problem) => problem.severity === "error").length;
}

async function replayOnce(file: string, policy: string): Promise<Outcome> {
  const heap = new Map([["heap.policy", policy]]);
  const replay = await replayTrace(file, { format: "auto", heap, onRecord: null, flush: () => Promise.resolve() });
  return { heaps: [replay.stats], vm: null, problems: replay.problems };
}

async function runOnce(file: string, policy: string): Promise<Outcome> {
  const machine = openMachine(await readScript(file), new Map([["heap.policy", policy]]));
  while (machine.step() !== undefined);
  const { heaps, vm } = machine.state;
  return {
    heaps: [...heaps.values()].map((heap) => heap.stats()),
    vm: vm?.stats() ?? null,
    problems: machine.problems,
  };
}

/** Several heaps count as one memory: sums, and the ratios of the sums. */
function summarize(heaps: readonly HeapStats[], vm: VirtualMemoryStats | null) {
  const sum = (of: (stats: HeapStats) => number) => heaps.reduce((total, stats) => total + of(stats), 0);
  const peakHeapBytes = sum((stats) => stats.peakHeapBytes);
  const freeBytes = sum((stats) => stats.freeBytes);
  const largestFree = heaps.reduce((largest, stats) => Math.max(largest, stats.largestFree), 0);
  return {
    utilization: peakHeapBytes === 0 ? 0 : sum((stats) => stats.peakUsed) / peakHeapBytes,
    peakHeapBytes,
    externalFragmentation: freeBytes === 0 ? 0 : 1 - largestFree / freeBytes,
    searched: sum((stats) => stats.searched),
    faults: vm?.faults ?? 0,
  };
}

/** The column of errors is there only when a policy has some. */
function tableOf(rows: readonly Comparison[]): string[] {
  const hasErrors = rows.some((row) => 0 < row.errors);
  return renderTable([
    [
      "policy",
      "utilization",
      "peak heap",
      "fragmentation",
      "searched",
      "faults",
      "time",
      ...(hasErrors ? ["errors"] : []),
    ],
    ...rows.map((row) => [
      row.policy,
      `${(100 * row.utilization).toFixed(2)}%`,
      String(row.peakHeapBytes),
      `${(100 * row.externalFragmentation).toFixed(2)}%`,
      String(row.searched),
      String(row.faults),
      `${row.milliseconds.toFixed(0)} ms`,
      ...(hasErrors ? [String(row.errors)] : []),
    ]),
  ]);
}
