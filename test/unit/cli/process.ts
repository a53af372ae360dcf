import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { outDir } from "../../harness/paths";
import type { Outcome } from "./harness";

const bundle = join(outDir, "cli/cli.js");
let isBuilt = false;

/** The command line as a program of its own, made once: exit codes, pipes and devices are those of a real process. */
export function program(): string {
  if (!isBuilt) {
    buildSync({
      entryPoints: ["src/cli/main.ts"],
      outfile: bundle,
      bundle: true,
      platform: "node",
      sourcemap: "inline",
    });
    isBuilt = true;
  }
  return bundle;
}

/** Runs a command of a shell in which `memscript` is the command line; `$1` and so on are the arguments. */
export function shell(command: string, ...args: readonly string[]): Outcome {
  const prelude = `memscript() { "${process.execPath}" "${program()}" "$@"; }\n`;
  const done = spawnSync("bash", ["-c", prelude + command, "bash", ...args], { encoding: "utf8", timeout: 60_000 });
  return { code: done.status ?? -1, out: done.stdout, err: done.stderr };
}

/** Starts the command line and closes its output after the first bytes; its exit code and what it said on stderr. */
export function readOnce(...args: readonly string[]): Promise<{ readonly code: number | null; readonly err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program(), ...args]);
    let err = "";
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    child.on("close", (code) => resolve({ code, err }));
  });
}
