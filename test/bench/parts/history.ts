import { printNote, printTable, printTargets, printTitle, showNumber } from "../report";
import { interleave } from "../rounds";
import { median, spread } from "../statistics";
import { runWorker } from "../workerProcess";
import { traceFile } from "../workloads/recorded";
import type { BenchOptions, BenchPart } from "./contract";

interface Run {
  readonly steps: number;
  readonly runMilliseconds: number;
  /** Bytes held at the end beyond those of the parsed script. */
  readonly held: number;
  readonly checkpoints: number;
  /** Milliseconds of a seek to a random step: median, and what 99 of 100 seeks do not exceed. */
  readonly p50: number;
  readonly p99: number;
}

function run({ rounds, isQuick }: BenchOptions): void {
  const file = traceFile(isQuick ? "sqlite" : "pyjson");
  const operands = isQuick ? [file, "5000", "20"] : [file, "100000", "100"];
  const modes = ["plain", "history"];
  const results = interleave(
    modes.map((mode) => ({ name: mode, run: () => runWorker("history", [mode, ...operands]) as Run })),
    rounds,
  );
  const [plain, history] = modes.map((mode) => results.get(mode)!);
  const middle = (runs: readonly Run[], of: (run: Run) => number): string => showNumber(median(runs.map(of)));
  printNote("A recorded trace (its first 100,000 lines) as a script, run to its end; then seeks to random steps.");
  printTable(
    ["", "steps", "run ms", "checkpoints", "held MB", "seek p50 ms", "seek p99 ms"],
    [
      ["machine alone", `${plain[0].steps}`, middle(plain, (r) => r.runMilliseconds), "", heldMegabytes(plain), "", ""],
      [
        "with checkpoints",
        `${history[0].steps}`,
        middle(history, (r) => r.runMilliseconds),
        `${history[0].checkpoints}`,
        heldMegabytes(history),
        middle(history, (r) => r.p50),
        middle(history, (r) => r.p99),
      ],
    ],
  );
  const measured = spread(history.map((r, round) => r.runMilliseconds / plain[round].runMilliseconds));
  printTargets([{ what: "run with checkpoints : machine alone", sense: "at most", bound: 3, measured }]);
}

function heldMegabytes(runs: readonly Run[]): string {
  return showNumber(median(runs.map(({ held }) => held)) / 1e6);
}

/** What time travel costs. */
export const historyPart: BenchPart = {
  name: "history",
  about: "a run with checkpoints against a plain one, and seeking",
  run(options) {
    printTitle("Time travel: checkpoints and seeks");
    run(options);
  },
};
