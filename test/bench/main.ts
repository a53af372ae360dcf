/**
 * `npm run bench`: ratios measured in one run. Every program runs once a round in turn; medians over the rounds.
 * Options: `--rounds N` (default 5).
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ourPolicies, peers } from "./allocators";
import { steadySizes, traceNames } from "./catalogue";

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);

function nanosecondsPerOperation(allocator: string, workload: string): number {
  const output = execFileSync(
    process.execPath,
    ["--max-old-space-size=4096", "--require", "tsx/cjs", join(__dirname, "worker.ts"), allocator, workload],
    { encoding: "utf8" },
  );
  return Number(output);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Rows by allocator, columns by workload: medians of interleaved rounds. */
function measureTable(allocators: readonly string[], workloads: readonly string[]): Map<string, number[]> {
  const samples = new Map(allocators.map((allocator) => [allocator, workloads.map((): number[] => [])]));
  for (let round = 0; round < rounds; round++)
    for (const [column, workload] of workloads.entries())
      for (const allocator of allocators)
        samples.get(allocator)![column].push(nanosecondsPerOperation(allocator, workload));
  return new Map([...samples].map(([allocator, columns]) => [allocator, columns.map(median)]));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printRow(name: string, cells: readonly string[]): void {
  print(`${name.padEnd(18)}${cells.map((cell) => cell.padStart(20)).join("")}`);
}

function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, value) => sum + Math.log(value), 0) / numbers.length);
}

print(`Times faster than ${peers[0]} on the same operations (medians of ${rounds} interleaved rounds)`);
const traces = measureTable([...ourPolicies, ...peers], traceNames);
const peer = traces.get(peers[0])!;
printRow("", [...traceNames, "geometric mean"]);
for (const policy of ourPolicies) {
  const ratios = traces.get(policy)!.map((time, column) => peer[column] / time);
  printRow(
    policy,
    [...ratios, geometricMean(ratios)].map((ratio) => `${ratio.toFixed(1)} x`),
  );
}

print("");
print("Cost of one operation, relative to the same policy at 1,000 live blocks");
const steady = measureTable(
  ourPolicies,
  steadySizes.map((size) => `steady-${size}`),
);
printRow(
  "live blocks",
  steadySizes.map((size) => size.toLocaleString("en")),
);
for (const policy of ourPolicies) {
  const times = steady.get(policy)!;
  printRow(
    policy,
    times.map((time) => `${(time / times[0]).toFixed(2)} (${time.toFixed(0)} ns)`),
  );
}
