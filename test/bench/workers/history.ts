/**
 * `history.js plain|history TRACE.gz LINES SEEKS`: the first lines of a trace as a script, run to the end by a machine or
 * by a history of one; then seeks to random steps.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "../../../src/language/parsing/parser";
import { History } from "../../../src/machine/run/History";
import { Machine } from "../../../src/machine/run/Machine";
import { ScriptConverter } from "../../../src/trace/toScript";
import { quantile } from "../statistics";
import { tell } from "../workerProcess";
import { seededRandom } from "../workloads/Workload";

function scriptOf(file: string, lines: number): string {
  const converter = new ScriptConverter("bench");
  converter.feed(gunzipSync(readFileSync(file)));
  const conversion = converter.finish();
  if (!conversion.ok) throw new Error(conversion.message);
  return [...conversion.lines].slice(0, lines).join("\n");
}

function heldBytes(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function milliseconds(since: bigint): number {
  return Number(process.hrtime.bigint() - since) / 1e6;
}

/** Milliseconds of seeks to random places of the run. */
function seekTimes(history: History, count: number): number[] {
  const random = seededRandom(3);
  const end = history.reached;
  return Array.from({ length: count }, () => {
    const target = Math.floor(random() * end);
    const began = process.hrtime.bigint();
    history.seek(target);
    return milliseconds(began);
  });
}

const [mode, file, lines, seeks] = process.argv.slice(2);
const program = parse(scriptOf(file, Number(lines)));
const before = heldBytes();
const subject = mode === "history" ? new History(program) : new Machine(program);
const began = process.hrtime.bigint();
let steps = 0;
if (subject instanceof History) steps = subject.run(Number.POSITIVE_INFINITY);
else while (subject.step() !== undefined) steps++;
const runMilliseconds = milliseconds(began);
const held = heldBytes() - before;
const times = subject instanceof History ? seekTimes(subject, Number(seeks)) : [0];
const checkpoints = subject instanceof History ? subject.checkpointCount : 0;
tell({ steps, runMilliseconds, held, checkpoints, p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
