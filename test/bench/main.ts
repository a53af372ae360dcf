/**
 * `npm run bench`: ratios measured in one run. Every program runs once a round in turn, each in a process of its own;
 * ratios are taken inside a round, and their median and range are printed beside what we want.
 */
import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { nativePeer, preparePeers } from "./allocators/catalogue";
import type { BenchPart } from "./parts/contract";
import { growthPart } from "./parts/growth";
import { heapPart } from "./parts/heap";
import { historyPart } from "./parts/history";
import { poolPart } from "./parts/pool";
import { replayPart } from "./parts/replay";
import { utilizationPart } from "./parts/utilization";
import { outFolder } from "./paths";
import { printNote } from "./report";
import { bundleWorkers } from "./workerProcess";

const parts: readonly BenchPart[] = [heapPart, growthPart, utilizationPart, replayPart, historyPart, poolPart];

const help = `Usage: npm run bench -- [PART...] [--rounds N] [--quick]

${parts.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join("\n")}

  --rounds N    interleaved rounds, 5 by default
  --quick       small workloads and one round: to see whether the bench works, not to quote`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  const unknown = positionals.find((name) => !parts.some((part) => part.name === name));
  const isUsable = unknown === undefined && Number.isInteger(rounds) && rounds > 0;
  if (values.help || !isUsable) {
    printNote(help);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  mkdirSync(outFolder, { recursive: true });
  bundleWorkers();
  const peers = preparePeers();
  if (!peers.includes(nativePeer)) printNote(`There is no gcc here: ${nativePeer} is left out.`);
  const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const part of chosen) await part.run({ rounds, isQuick: values.quick, peers });
}

void main();
