import { execFileSync } from "node:child_process";
import { root } from "../paths";
import { printNote, printTable, showSpread, type Target } from "../report";
import { spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { BenchOptions, BenchPart } from "./contract";

interface Start {
  /** Milliseconds of processor time. */
  readonly load: number;
  readonly activate: number;
}

function run({ rounds, isQuick }: BenchOptions): Target[] {
  execFileSync(process.execPath, ["esbuild.js", "--production"], { cwd: root, stdio: "ignore" });
  const starts = Array.from({ length: isQuick ? 1 : 4 * rounds }, () => runWorker("activation", []) as Start);
  const whole = spread(starts.map(({ load, activate }) => load + activate));
  printNote("The built extension in fresh processes without VS Code and without compiled code of an earlier start.");
  printTable(
    ["", "ms of processor time"],
    [
      ["load", showSpread(spread(starts.map(({ load }) => load)))],
      ["activate", showSpread(spread(starts.map(({ activate }) => activate)))],
    ],
  );
  return [{ what: "both", sense: "at most", bound: 50, unit: "ms", measured: whole }];
}

/** What a start of the extension costs beyond what VS Code itself does. */
export const activationPart: BenchPart = {
  name: "activation",
  title: "Activation",
  about: "loading the extension's code and activating it",
  run,
};
