import { printNote, printTable, showNumber, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread, type Spread } from "../statistics";
import { runWorker } from "../workerProcess";
import { traceFile } from "../workloads/recorded";
import { longScripts } from "../workloads/longScripts";
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

function run({ rounds, isQuick }: BenchOptions): Target[] {
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
  return [{ what: "run with checkpoints : machine alone", sense: "at most", bound: 3, measured }];
}

function heldMegabytes(runs: readonly Run[]): string {
  return showNumber(median(runs.map(({ held }) => held)) / 1e6);
}

interface Long {
  readonly steps: number;
  readonly slowdown: number;
  readonly checkpoints: number;
  /** Bytes of the checkpoints, counted, and all that the history holds beyond the parsed script. */
  readonly checkpointBytes: number;
  readonly held: number;
  /** Milliseconds of processor time: median, and what 99 of 100 do not exceed. */
  readonly seek: readonly [p50: number, p99: number];
  readonly back: readonly [p50: number, p99: number];
  readonly reverseMilliseconds: number;
}

function runLong({ isQuick }: BenchOptions): Target[] {
  const operands = isQuick ? ["20000", "20"] : ["1000000", "300"];
  const results = Object.keys(longScripts).map((name): readonly [string, Long] => [
    name,
    runWorker("timeTravel", [name, ...operands]) as Long,
  ]);
  printNote("Loops over 4,000 live blocks or 1,024 pages; milliseconds are processor time.");
  printTable(
    [
      "script",
      "steps",
      "checkpoints",
      "their MB",
      "held MB",
      "slowdown",
      "seek p50 / p99",
      "back p50 / p99",
      "reverse",
    ],
    results.map(([name, long]) => [
      name,
      `${long.steps}`,
      `${long.checkpoints}`,
      showNumber(long.checkpointBytes / 1e6),
      showNumber(long.held / 1e6),
      showNumber(long.slowdown),
      long.seek.map(showNumber).join(" / "),
      long.back.map(showNumber).join(" / "),
      showNumber(long.reverseMilliseconds),
    ]),
  );
  const worst = (of: (long: Long) => number): Spread => spread([Math.max(...results.map(([, long]) => of(long)))]);
  return [
    { what: "slowest seek, median", sense: "at most", bound: 10, unit: "ms", measured: worst(({ seek }) => seek[0]) },
    { what: "slowest seek, p99", sense: "at most", bound: 50, unit: "ms", measured: worst(({ seek }) => seek[1]) },
    { what: "slowest step back, median", sense: "at most", bound: 10, unit: "ms", measured: worst((r) => r.back[0]) },
    { what: "run back", sense: "at most", bound: 1000, unit: "ms", measured: worst((r) => r.reverseMilliseconds) },
    { what: "checkpoints", sense: "at most", bound: 100, unit: "MB", measured: worst((r) => r.checkpointBytes / 1e6) },
  ];
}

/** What time travel costs. */
export const historyPart: BenchPart = {
  name: "history",
  title: "Time travel: checkpoints and seeks",
  about: "a run with checkpoints against a plain one, and seeking",
  run(options) {
    return [...run(options), ...runLong(options)];
  },
};
