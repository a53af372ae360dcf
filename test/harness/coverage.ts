import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { coverageDir, repoRoot } from "./paths";

/** Percent of a ring that the unit and debug suites must cover at least. */
interface Floor {
  readonly lines: number;
  readonly branches: number;
}

type Measure = keyof Floor;

interface FileCoverage extends Record<Measure, { readonly total: number; readonly covered: number }> {
  readonly file: string;
}

const floorsFile = path.join(__dirname, "coverage.json");
const measures: readonly Measure[] = ["lines", "branches"];

/**
 * Compares what the suites of this run covered with each ring's floor in `coverage.json`. `--raise` writes the floors
 * that the figures allow, where they are higher: half a percent to one and a half below, so that an edit may move lines.
 */
function main(): void {
  const floors = JSON.parse(fs.readFileSync(floorsFile, "utf8")) as Record<string, Floor>;
  const files = filesCovered();
  let failed = false;
  for (const [ring, floor] of Object.entries(floors)) {
    const ringFiles = files.filter(({ file }) => file.startsWith(`src/${ring}/`));
    const percent = { lines: percentOf(ringFiles, "lines"), branches: percentOf(ringFiles, "branches") };
    const isBelow = measures.some((measure) => percent[measure] < floor[measure]);
    failed ||= isBelow;
    const figures = measures.map(
      (measure) => `${percent[measure].toFixed(1).padStart(6)} % of ${measure} (floor ${floor[measure]})`,
    );
    console.log(`${isBelow ? "BELOW" : "     "} ${ring.padEnd(9)} ${figures.join(" ")}`);
    floors[ring] = { lines: raised(floor.lines, percent.lines), branches: raised(floor.branches, percent.branches) };
  }
  for (const { file, lines } of files) {
    if (lines.covered === 0 && isInRing(file, floors)) console.log(`No line of ${file} is covered.`);
  }
  if (process.argv.includes("--raise")) fs.writeFileSync(floorsFile, `${JSON.stringify(floors, null, 2)}\n`);
  process.exitCode = failed ? 1 : 0;
}

function raised(floor: number, percent: number): number {
  return Math.max(floor, Math.floor(percent - 0.5));
}

function isInRing(file: string, rings: object): boolean {
  return Object.keys(rings).some((ring) => file.startsWith(`src/${ring}/`));
}

/** Coverage of each source file, files that no test loads among them; files of types alone have nothing to cover. */
function filesCovered(): FileCoverage[] {
  const options = ["--all", "--src", "src", "--include", "src/**", "--reporter", "json-summary"];
  const folders = ["--temp-directory", path.join(coverageDir, "raw"), "--reports-dir", coverageDir];
  const c8 = require.resolve("c8/bin/c8.js");
  const { status } = spawnSync(process.execPath, [c8, "report", ...options, ...folders], {
    cwd: repoRoot,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("c8 could not report the coverage");
  const summary = JSON.parse(fs.readFileSync(path.join(coverageDir, "coverage-summary.json"), "utf8")) as Record<
    string,
    Omit<FileCoverage, "file">
  >;
  return Object.entries(summary)
    .filter(([file, { lines }]) => file !== "total" && (lines.covered > 0 || !isTypesOnly(file)))
    .map(([file, coverage]) => ({ ...coverage, file: path.relative(repoRoot, file).replaceAll(path.sep, "/") }));
}

function isTypesOnly(file: string): boolean {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, removeComments: true };
  const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions: options });
  return outputText.trim() === "export {};";
}

function percentOf(files: readonly FileCoverage[], measure: Measure): number {
  const sum = (part: "total" | "covered"): number => files.reduce((total, file) => total + file[measure][part], 0);
  return (100 * sum("covered")) / sum("total");
}

main();
