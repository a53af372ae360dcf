import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outFolder, sourceFolder } from "../paths";
import { loadWorkload } from "../workloads/catalogue";
import type { Workload } from "../workloads/Workload";

const driver = join(outFolder, "glibc");

/** Compiles the driver; false where there is no gcc, and then the bench goes without this peer. */
export function compileGlibcDriver(): boolean {
  try {
    const source = join(sourceFolder, "allocators/glibc.c");
    execFileSync("gcc", ["-O2", "-fno-builtin", "-o", driver, source], { stdio: ["ignore", "ignore", "inherit"] });
    return true;
  } catch {
    return false;
  }
}

/** Nanoseconds an operation of each workload, in a process of its own. */
export function measureGlibc(workloads: readonly string[], warmMilliseconds: number): number[] {
  const output = execFileSync(driver, [String(warmMilliseconds), ...workloads.map(flatFile)], { encoding: "utf8" });
  return JSON.parse(output) as number[];
}

/** The workload in the layout that `glibc.c` describes. */
export function flatBytes(workload: Workload): Uint8Array {
  const { kinds, slots, sizes, slotCount, timed } = workload;
  const head = Uint32Array.of(kinds.length, slotCount, timed.from, timed.to, 0);
  return Buffer.concat([head, sizes, slots, kinds].map(({ buffer }) => new Uint8Array(buffer)));
}

function flatFile(name: string): string {
  const file = join(outFolder, `${name}.flat`);
  // The name may have meant another workload in an earlier version, so each run of the bench writes its own once.
  if (!written.has(file) || !existsSync(file)) writeFileSync(file, flatBytes(loadWorkload(name)));
  written.add(file);
  return file;
}

const written = new Set<string>();
