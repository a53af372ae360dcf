import { replacementPolicies } from "../../../src/engine/replacement/createPolicy";
import { printNote, printTable, showNumber, showPercent, showSpread, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread, type Spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { BenchOptions, BenchPart } from "./contract";

interface Result {
  readonly nanoseconds: number;
  readonly faults: number;
}

const peers = ["lru-cache", "mnemonist"];
const programs = [...peers, ...replacementPolicies, "lru-curve"];

function run({ rounds, isQuick }: BenchOptions): Target[] {
  const references = isQuick ? 100_000 : 1_000_000;
  const operands = [references, 80_000, 8_000].map(String);
  const results = interleave(
    programs.map((name) => ({ name, run: () => runWorker("replacement", [name, ...operands]) as Result })),
    rounds,
  );
  const ratio = (name: string, peer: string): Spread =>
    spread(results.get(name)!.map(({ nanoseconds }, round) => results.get(peer)![round].nanoseconds / nanoseconds));
  printNote(`A zipf stream of ${references.toLocaleString("en")} references to 80,000 pages in 8,000 frames.`);
  printTable(
    ["", "ns a reference", "faults", ...peers.map((peer) => `times as fast as ${peer}`)],
    programs.map((name) => [
      name,
      showNumber(median(results.get(name)!.map(({ nanoseconds }) => nanoseconds))),
      showPercent(results.get(name)![0].faults / references),
      ...peers.map((peer) => showSpread(ratio(name, peer))),
    ]),
  );
  const target = (name: string, peer: string, bound: number) =>
    ({ what: `${name} : ${peer}`, sense: "at least", bound, measured: ratio(name, peer) }) as const;
  return [
    target("lru", "lru-cache", 4),
    target("lru", "mnemonist", 1.5),
    target("fifo", "lru-cache", 8),
    target("clock", "lru-cache", 8),
    target("opt", "lru-cache", 2),
    target("lru-curve", "lru", 0.167),
  ];
}

/** Page replacement against the caches that programs use, and the curve of all sizes against one run. */
export const replacementPart: BenchPart = {
  name: "replacement",
  title: "Page replacement",
  about: "page-replacement policies and miss curves against caches from npm",
  run,
};
