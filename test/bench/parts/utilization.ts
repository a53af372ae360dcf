import { ourHeap, ourPolicies } from "../allocators/ours";
import { loadAllocator } from "../allocators/catalogue";
import { printNote, printTable, showPercent, type Target } from "../report";
import { mean, spread } from "../statistics";
import { utilization } from "../utilization";
import { labNames, loadWorkload, programNames } from "../workloads/catalogue";
import type { BenchOptions, BenchPart } from "./contract";

/**
 * How the blocks are laid out: at most 8 bytes of overhead each, 8-byte alignment. The heap is one region that holds
 * everything, or it grows as dlmalloc's does; then a last block that is resized may have to move.
 */
const layouts = {
  "header=8": { header: 8, min: 16 },
  "header=0": { header: 0, min: 8 },
  "header=8 grow=64KiB": { header: 8, min: 16, size: 65_536, grow: 65_536 },
} as const;
const peer = "sqlite-wasm";

async function run({ isQuick }: BenchOptions): Promise<Target[]> {
  const programs = isQuick ? programNames.slice(0, 3) : programNames;
  const workloads = [...programs, ...labNames].map(loadWorkload);
  const createPeer = await loadAllocator(peer);
  const theirs = workloads.map((workload) => utilization(createPeer(workload.arena), workload));
  const rows = new Map<string, readonly number[]>([[peer, theirs]]);
  for (const [layout, options] of Object.entries(layouts)) {
    for (const policy of ourPolicies) {
      const heapOptions = { footer: 0, align: 8, size: 2 ** 40, grow: 0, ...options, policy };
      const values = workloads.map((workload) => utilization(ourHeap(heapOptions), workload));
      rows.set(`${policy} ${layout}`, values);
    }
  }
  printNote("Peak of the live bytes : bytes up to the highest one ever asked for (exact: no rounds are needed).");
  printTable(
    ["", ...workloads.map(({ name }) => name), "mean", "programs"],
    [...rows].map(([name, values]) => [
      name,
      ...[...values, mean(values), mean(values.slice(0, programs.length))].map(showPercent),
    ]),
  );
  return ["header=0", "header=8"].flatMap((layout) => targets(rows, theirs, layout, programs.length));
}

/** The lab's programs are built to hurt; what is promised is about the first `count` columns, the real ones. */
function targets(
  rows: ReadonlyMap<string, readonly number[]>,
  theirs: readonly number[],
  layout: string,
  count: number,
): Target[] {
  const own = (policy: string): readonly number[] => rows.get(`${policy} ${layout}`)!.slice(0, count);
  const worst = Math.min(...own("best-fit").map((value, column) => value / theirs[column]));
  const overDlmalloc = mean(own("run-fit")) / mean(theirs.slice(0, count));
  const overBestFit = mean(own("run-fit")) / mean(own("best-fit"));
  const sense = "at least";
  return [
    { what: `best-fit ${layout} : dlmalloc, worst program`, sense, bound: 1, measured: spread([worst]) },
    { what: `run-fit ${layout} : dlmalloc, mean of programs`, sense, bound: 1, measured: spread([overDlmalloc]) },
    { what: `run-fit ${layout} : best-fit, mean of programs`, sense, bound: 1, measured: spread([overBestFit]) },
  ];
}

/** How much of the heap is put to use. */
export const utilizationPart: BenchPart = {
  name: "utilization",
  title: "Heap: utilization",
  about: "peak live bytes : heap bytes of every policy against dlmalloc",
  run,
};
