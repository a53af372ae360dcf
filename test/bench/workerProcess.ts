import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { outFolder, sourceFolder } from "./paths";

const workers = [
  "allocator",
  "replay",
  "history",
  "timeTravel",
  "typing",
  "pool",
  "replacement",
  "caches",
  "panel",
  "activation",
] as const;
export type WorkerName = (typeof workers)[number];

/** Bundles each worker as the command line is bundled, so that what is measured is what users get. */
export function bundleWorkers(): void {
  mkdirSync(outFolder, { recursive: true });
  buildSync({
    entryPoints: workers.map((worker) => join(sourceFolder, "workers", `${worker}.ts`)),
    outdir: outFolder,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    logLevel: "warning",
  });
}

/** Runs a worker in a process of its own, so that it shares neither compiled code nor memory, and returns what it tells. */
export function runWorker(worker: WorkerName, operands: readonly string[]): unknown {
  const options = ["--max-old-space-size=4096", "--expose-gc"];
  const output = execFileSync(process.execPath, [...options, join(outFolder, `${worker}.js`), ...operands], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(output);
}

/** A worker's answer. */
export function tell(result: unknown): void {
  process.stdout.write(JSON.stringify(result));
}
