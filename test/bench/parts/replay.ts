import { printNote, printTable, showNumber, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread } from "../statistics";
import { runWorker } from "../workerProcess";
import { traceFile } from "../workloads/recorded";
import type { BenchOptions, BenchPart } from "./contract";

interface Pass {
  /** Operations, or lines. */
  readonly count: number;
  readonly milliseconds: number;
  readonly peakBytes: number;
}

const megabyte = 1e6;

function run({ rounds, isQuick }: BenchOptions): Target[] {
  const file = traceFile(isQuick ? "cc1" : "pyjson");
  const modes = ["ours", "split"];
  const results = interleave(
    modes.map((mode) => ({ name: mode, run: () => runWorker("replay", [mode, file]) as Pass })),
    rounds,
  );
  const [ours, split] = modes.map((mode) => results.get(mode)!);
  printNote("From the compressed file to the report, as `memscript replay` does; split: unzip and split into lines.");
  printTable(
    ["", "operations or lines", "ms", "peak MB"],
    modes.map((mode) => {
      const passes = results.get(mode)!;
      const memory = median(passes.map(({ peakBytes }) => peakBytes)) / megabyte;
      const time = median(passes.map(({ milliseconds }) => milliseconds));
      return [mode, passes[0].count.toLocaleString("en"), showNumber(time), showNumber(memory)];
    }),
  );
  return [
    {
      what: "time of the replay : time of splitting",
      sense: "at most",
      bound: 4,
      measured: spread(ours.map(({ milliseconds }, round) => milliseconds / split[round].milliseconds)),
    },
    {
      what: "peak memory of the replay",
      sense: "at most",
      bound: 400,
      unit: "MB",
      measured: spread(ours.map(({ peakBytes }) => peakBytes / megabyte)),
    },
  ];
}

/** A large recorded trace from file to report. */
export const replayPart: BenchPart = {
  name: "replay",
  title: "Trace replay: from file to report",
  about: "a trace of 956,000 lines from compressed file to report",
  run,
};
