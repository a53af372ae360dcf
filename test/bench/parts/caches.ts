import { join } from "node:path";
import { sourceFolder } from "../paths";
import { printNote, printTable, showNumber, showSpread, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread, type Spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { BenchOptions, BenchPart } from "./contract";

const trace = join(sourceFolder, "../fixtures/traces/true.lackey.gz");
const replays = ["replay", "vm", "caches"];

function run({ rounds, isQuick }: BenchOptions): Target[] {
  const pages = isQuick ? [256] : [256, 65_536];
  const translations = ["translate", "map"].flatMap((kind) => pages.map((count) => [kind, String(count)] as const));
  const results = interleave(
    [...replays.map((what) => [what, trace] as const), ...translations].map((operands) => ({
      name: operands.join(" "),
      run: () => runWorker("caches", operands) as number,
    })),
    rounds,
  );
  const of = (what: string, operand: string): readonly number[] => results.get(`${what} ${operand}`)!;
  printNote("Million references a second of a recorded lackey trace, its text included.");
  printTable(
    ["", "million references a second"],
    [
      ["lookaside buffer, four-level tables, three levels of caches", showNumber(median(of("replay", trace)))],
      ["without caches", showNumber(median(of("vm", trace)))],
      ["without a vm", showNumber(median(of("caches", trace)))],
    ],
  );
  const ratio = (count: number): Spread =>
    spread(of("translate", String(count)).map((time, round) => of("map", String(count))[round] / time));
  printNote("Nanoseconds of a checked and counted translation at random, by mapped pages.");
  printTable(
    ["", ...pages.map((count) => count.toLocaleString("en"))],
    [
      ["page table", ...pages.map((count) => showNumber(median(of("translate", String(count)))))],
      ["a Map of entries", ...pages.map((count) => showNumber(median(of("map", String(count)))))],
      ["times as fast", ...pages.map((count) => showSpread(ratio(count)))],
    ],
  );
  return [
    {
      what: "million references a second",
      unit: "",
      sense: "at least",
      bound: 2,
      measured: spread(of("replay", trace)),
    },
    {
      what: `translate : Map, ${pages.at(-1)} pages`,
      sense: "at least",
      bound: 3,
      measured: ratio(pages[pages.length - 1]),
    },
  ];
}

/** Recorded references through page table and caches, and translation against the version that everybody writes first. */
export const cachesPart: BenchPart = {
  name: "caches",
  title: "Page table and caches",
  about: "recorded references through lookaside buffer, page table and caches",
  run,
};
