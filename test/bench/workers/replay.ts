/** `replay.js ours|split FILE`: milliseconds and peak memory of one pass over a compressed trace, from a cold start. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { replayTrace } from "../../../src/cli/allocations";
import { openInput } from "../../../src/cli/inputs";
import { allocationFormats } from "../../../src/trace/formats";
import { tell } from "../workerProcess";

/** The whole way of `memscript replay`, to the final report. Returns the operations. */
async function replay(file: string): Promise<number> {
  const request = {
    candidates: allocationFormats,
    request: {},
    heap: new Map(),
    onRecord: null,
    flush: () => Promise.resolve(),
  } as const;
  return (await replayTrace(await openInput(file, process), request)).operations;
}

/** The plainest program that does anything with the file: lines in memory. Returns their number. */
function split(file: string): number {
  return gunzipSync(readFileSync(file)).toString("latin1").split("\n").length;
}

const [mode, file] = process.argv.slice(2);
const began = process.hrtime.bigint();
void Promise.resolve(mode === "ours" ? replay(file) : split(file)).then((count) => {
  const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
  tell({ count, milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 });
});
