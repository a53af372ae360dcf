import * as vscode from "vscode";
import { parse } from "../language/parsing/parser";
import { englishWords } from "../language/Words";
import type { ProblemDescription } from "../machine/problems/ProblemKind";
import { checkOptions, checkScript, checkText, checkWhole } from "./apiArguments";
import { readScript } from "./debugging/programUri";
import type { Moment } from "./runs/Run";
import { runScript } from "./runs/runScript";

/** Plain data, as the command line prints it with `--json`; addresses are hexadecimal strings, lines count from 1. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export interface RunOptions {
  /** Overrides of options, as `--set` has them: `{ "heap.policy": "best-fit" }`. */
  readonly set?: Readonly<Record<string, string>>;
  /** Whether the end record carries blocks, free lists and pages. */
  readonly state?: boolean;
  /** Stops before the step after this one; the whole script when absent. */
  readonly steps?: number;
  readonly token?: vscode.CancellationToken;
}

/** One run of a script, apart from editor and debugger. */
export interface RunResult {
  /** Undefined at step 0. */
  readonly lastStep: JsonRecord | undefined;
  /** The end record of `memscript run --json`: statistics of heaps, pools, vm and caches, and all problems. */
  readonly end: JsonRecord;
  /** Memory in sentences. */
  readonly description: string;
  readonly finished: boolean;
}

/**
 * What `activate` returns: for other extensions, through `vscode.extensions.getExtension("memscript.memscript")`.
 * Running never changes a document and needs no workspace trust.
 */
export interface MemScriptApi {
  readonly version: 1;
  /**
   * Runs a script, given as its text or as the document that holds it. Rejects when the document cannot be read, with a
   * TypeError or RangeError when an argument cannot be meant, and with a CancellationError when the token cancels.
   */
  run(script: string | vscode.Uri, options?: RunOptions): Promise<RunResult>;
  /** The way of an address to its byte after a run or after so many steps of it, a line of text a part. */
  translate(script: string | vscode.Uri, address: number, options?: RunOptions): Promise<string[]>;
  /** What the problem with this id means and what to do about it; undefined for an unknown id. */
  explainProblem(id: string): Promise<ProblemDescription | undefined>;
}

export const api: MemScriptApi = {
  version: 1,
  async run(script, options = {}) {
    const { endRecord, toJsonRecord } = await import("../machine/records/json");
    const { describeMemory } = await import("../machine/step/describe");
    const { run, position } = await momentOf(script, options);
    return run.at(position, ({ state, record, problems, finished }) => ({
      lastStep: record === undefined ? undefined : toJsonRecord(record),
      end: endRecord(state, problems, options.state === true),
      description: describeMemory(state),
      finished,
    }));
  },
  async translate(script, address, options = {}) {
    const { explainAddress } = await import("./language/explain");
    const { walkAddress } = await import("../machine/walk/walk");
    const { walkText } = await import("../machine/walk/text");
    checkWhole("address", address);
    const { run, position } = await momentOf(script, options);
    return run.at(position, ({ state }) => {
      const walk = walkAddress(state, address);
      return [...(walk === null ? [] : walkText(walk, englishWords)), ...explainAddress(state, address)];
    });
  },
  async explainProblem(id) {
    checkText("id", id);
    const { catalogue, problemIds } = await import("../machine/problems/catalogue");
    const known = problemIds.find((name) => name === id);
    return known === undefined ? undefined : catalogue[known];
  },
};

async function momentOf(script: string | vscode.Uri, options: RunOptions): Promise<Moment> {
  checkScript(script);
  const { readOverride } = await import("../machine/run/overrides");
  checkOptions(options, readOverride);
  const scope = typeof script === "string" ? undefined : script;
  const text = typeof script === "string" ? script : await readScript(script);
  const source = options.token === undefined ? new vscode.CancellationTokenSource() : undefined;
  const token = options.token ?? source!.token;
  const overrides = new Map(Object.entries(options.set ?? {}));
  const run = await runScript(parse(text), scope, token, { overrides });
  source?.dispose();
  if (run === undefined) throw new vscode.CancellationError();
  return { run, position: options.steps ?? run.reached };
}
