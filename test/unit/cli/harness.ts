import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { runCli } from "../../../src/cli/cli";

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line in this process and collects what it wrote. */
export function cli(...args: readonly string[]): Promise<Outcome> {
  return runHere(args, false);
}

/** The same with a terminal as its output. */
export function cliOnTerminal(...args: readonly string[]): Promise<Outcome> {
  return runHere(args, true);
}

async function runHere(args: readonly string[], isTerminal: boolean): Promise<Outcome> {
  let out = "";
  let err = "";
  const code = await runCli(args, {
    write: (text) => {
      out += text;
      return Promise.resolve();
    },
    writeError: (text) => {
      err += text;
    },
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    isTerminal,
  });
  return { code, out, err };
}

/** A folder of files for one suite; `path` gives the full path of a file in it. */
export class Folder {
  readonly root = mkdtempSync(join(tmpdir(), "memscript-cli-"));

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

export const json = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
