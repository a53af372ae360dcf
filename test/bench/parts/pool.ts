import { printNote, printTable, showNumber, showSpread, type Target } from "../report";
import { interleave } from "../rounds";
import { geometricMean, median, spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { BenchOptions, BenchPart } from "./contract";

const kinds = ["naive", "pool", "pool-with-bytes"];

function run({ rounds, isQuick }: BenchOptions): Target[] {
  const counts = isQuick ? [10, 1000] : [10, 100, 1000, 10_000];
  const pairs = isQuick ? 10_000 : 100_000;
  const results = interleave(
    kinds.map((kind) => ({
      name: kind,
      run: () => counts.map((count) => runWorker("pool", [kind, String(count), String(pairs)]) as number),
    })),
    rounds,
  );
  const naive = results.get("naive")!;
  printNote("Nanoseconds of an allocation and a free together, in a pool with one block in eight free, by blocks.");
  printTable(
    ["", ...counts.map((count) => count.toLocaleString("en"))],
    kinds.map((kind) => [
      kind,
      ...counts.map((_, column) => showNumber(median(results.get(kind)!.map((times) => times[column])))),
    ]),
  );
  const ratios = (kind: string) => results.get(kind)!.map((times, round) => times.map((t, c) => naive[round][c] / t));
  printTable(
    ["times as fast as naive", ...counts.map((count) => count.toLocaleString("en")), "geometric mean"],
    kinds
      .slice(1)
      .map((kind) => [
        kind,
        ...counts.map((_, column) => showSpread(spread(ratios(kind).map((times) => times[column])))),
        showSpread(spread(ratios(kind).map(geometricMean))),
      ]),
  );
  const measured = spread(ratios("pool").map((times) => times[counts.indexOf(1000)]));
  return [{ what: "pool : naive version, 1,000 blocks", sense: "at least", bound: 50, measured }];
}

/** Pools against the version that everybody writes first. */
export const poolPart: BenchPart = {
  name: "pool",
  title: "Pools",
  about: "pools against a naive version",
  run,
};
