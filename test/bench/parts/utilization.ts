import { ourHeap, ourPolicies } from "../allocators/ours";
import { loadAllocator } from "../allocators/catalogue";
import { printNote, printTable, printTargets, printTitle, showPercent } from "../report";
import { mean, spread } from "../statistics";
import { utilization } from "../utilization";
import { labNames, loadWorkload, programNames } from "../workloads/catalogue";
import type { BenchOptions, BenchPart } from "./contract";

/** Every layout has at most 8 bytes of overhead a block and 8-byte alignment. The heap grows by what is missing. */
const layout = { header: 8, footer: 0, align: 8, min: 16, size: 8, grow: 8 };
const peer = "sqlite-wasm";

async function run({ isQuick }: BenchOptions): Promise<void> {
  const names = [...(isQuick ? programNames.slice(0, 3) : programNames), ...labNames];
  const createPeer = await loadAllocator(peer);
  const rows = new Map<string, number[]>([peer, ...ourPolicies].map((name) => [name, []]));
  for (const name of names) {
    const workload = loadWorkload(name);
    rows.get(peer)!.push(utilization(createPeer(workload.arena), workload));
    for (const policy of ourPolicies) rows.get(policy)!.push(utilization(ourHeap({ ...layout, policy }), workload));
  }
  printNote("Peak of the live bytes : bytes up to the highest one ever asked for (exact: no rounds are needed).");
  printTable(
    ["", ...names, "mean"],
    [...rows].map(([name, values]) => [name, ...[...values, mean(values)].map(showPercent)]),
  );
  const theirs = rows.get(peer)!;
  // The lab's programs are built to hurt; what is promised is about real ones.
  const real = rows.get("best-fit")!.slice(0, names.length - labNames.length);
  const worst = Math.min(...real.map((value, column) => value / theirs[column]));
  printTargets([
    { what: "best-fit : dlmalloc, the worst of the programs", sense: "at least", bound: 1, measured: spread([worst]) },
  ]);
}

/** How much of the heap is put to use. */
export const utilizationPart: BenchPart = {
  name: "utilization",
  about: "peak live bytes : heap bytes of every policy against dlmalloc",
  async run(options) {
    printTitle("Heap: utilization");
    await run(options);
  },
};
