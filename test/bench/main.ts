/**
 * `npm run bench`: ratios measured in one run. Every program runs once a round in turn, each in a process of its own;
 * ratios are taken inside a round, and their median and range are printed beside what we want.
 */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { nativePeer, preparePeers } from "./allocators/catalogue";
import { activationPart } from "./parts/activation";
import { cachesPart } from "./parts/caches";
import type { BenchPart } from "./parts/contract";
import { growthPart } from "./parts/growth";
import { heapPart } from "./parts/heap";
import { historyPart } from "./parts/history";
import { panelPart } from "./parts/panel";
import { poolPart } from "./parts/pool";
import { replacementPart } from "./parts/replacement";
import { replayPart } from "./parts/replay";
import { typingPart } from "./parts/typing";
import { utilizationPart } from "./parts/utilization";
import { committedResults, outFolder } from "./paths";
import { compareResults, type Results, readResults, resultsOf, writeResults } from "./results";
import { printNote, printTargets, printTitle } from "./report";
import { bundleWorkers } from "./workerProcess";

const parts: readonly BenchPart[] = [
  heapPart,
  growthPart,
  utilizationPart,
  replayPart,
  historyPart,
  typingPart,
  poolPart,
  replacementPart,
  cachesPart,
  panelPart,
  activationPart,
];

const help = `Usage: npm run bench -- [PART...] [--rounds N] [--quick] [--json FILE] [--compare]

${parts.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join("\n")}

  --rounds N    interleaved rounds, 5 by default
  --quick       small workloads and one round: to see whether the bench works, not to quote
  --json FILE   writes the ratios of these parts into FILE, whose other parts stay
  --compare     compares the ratios with the committed ones (test/bench/results.json); fails when one is worse`;

interface Request {
  readonly rounds: number;
  readonly isQuick: boolean;
  readonly chosen: readonly BenchPart[];
  /** File to write ratios into. */
  readonly json: string | null;
  readonly compares: boolean;
}

/** What the command line asks for; null where it asks for help or for what there is not. */
function readRequest(): Request | null {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: {
      rounds: { type: "string" },
      quick: { type: "boolean" },
      json: { type: "string" },
      compare: { type: "boolean" },
    },
  });
  const { rounds: written, quick, json = null, compare = false, ...others } = values;
  const rounds = Number(written ?? (quick === true ? 1 : 5));
  if (typeof json === "boolean" || typeof compare === "string") return null;
  // Small workloads have other ratios.
  if (quick === true && (json !== null || compare)) return null;
  const known = positionals.every((name) => parts.some((part) => part.name === name));
  if (!known || Object.keys(others).length > 0 || !Number.isInteger(rounds) || rounds < 1) return null;
  const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  return { rounds, isQuick: quick === true, chosen, json, compares: compare };
}

async function main(): Promise<void> {
  const request = readRequest();
  if (request === null) {
    printNote(help);
    process.exitCode = process.argv.includes("--help") ? 0 : 2;
    return;
  }
  mkdirSync(outFolder, { recursive: true });
  bundleWorkers();
  const peers = preparePeers();
  if (!peers.includes(nativePeer)) printNote(`There is no gcc here: ${nativePeer} is left out.`);
  const { rounds, isQuick, chosen, json, compares } = request;
  const results: Results = {};
  for (const part of chosen) {
    printTitle(part.title);
    const targets = await part.run({ rounds, isQuick, peers });
    printTargets(targets);
    results[part.name] = resultsOf(targets);
  }
  if (json !== null) writeResults(json, results);
  if (compares && compareResults(readResults(committedResults), results) > 0) process.exitCode = 1;
}

void main();
