import { ourPolicies } from "../allocators/ours";
import { allocatorProgram } from "../allocatorProgram";
import type { Measured } from "../measure";
import { printNote, printTable, showNumber, showSpread, type Target } from "../report";
import { interleave } from "../rounds";
import { geometricMean, median, spread, sum, type Spread } from "../statistics";
import { labNames, loadWorkload, programNames } from "../workloads/catalogue";
import type { BenchOptions, BenchPart } from "./contract";

type Results = ReadonlyMap<string, readonly (readonly Measured[])[]>;

/** How often ours does the same work while the peer does it once: in each round, over a set of workloads. */
interface Comparison {
  readonly overall: Spread;
  readonly geometric: Spread;
}

/** One allocator's times of a round that count: nanoseconds an operation, a column a workload. */
function compare(results: Results, ours: string, peer: string, operations: readonly number[]): Comparison {
  const peerRounds = results.get(peer)!;
  const rounds = results.get(ours)!.map((columns, round) => {
    const mine = columns.map(({ nanoseconds }) => nanoseconds);
    const theirs = peerRounds[round].map(({ nanoseconds }) => nanoseconds);
    const total = (times: readonly number[]): number => sum(times.map((time, column) => time * operations[column]));
    return {
      overall: total(theirs) / total(mine),
      geometric: geometricMean(theirs.map((time, column) => time / mine[column])),
    };
  });
  return {
    overall: spread(rounds.map(({ overall }) => overall)),
    geometric: spread(rounds.map(({ geometric }) => geometric)),
  };
}

function printTimes(results: Results, workloads: readonly string[], programs: readonly string[]): void {
  const rows = programs.map((name) => [
    name,
    ...workloads.map((_, column) => {
      const cells = results.get(name)!.map((columns) => columns[column]);
      const isCut = cells.some((cell) => cell.isCut);
      return `${isCut ? ">" : ""}${showNumber(median(cells.map(({ nanoseconds }) => nanoseconds)))}`;
    }),
  ]);
  printNote("Nanoseconds an operation (> where a replay was cut off: the rest would have been slower).");
  printNote("Ours keeps no payload bytes here; a resize that moves costs a peer the copy.");
  printTable(["", ...workloads], rows);
}

/** The policies that compete with allocators in use. */
const fastPolicies = ["tlsf", "segregated", "best-fit"];

/** What the policies are measured by. */
function targets(compared: (ours: string, peer: string) => Comparison, peers: readonly string[]): Target[] {
  const result: Target[] = [];
  const want = (policy: string, peer: string, how: keyof Comparison, bound: number): void => {
    if (!peers.includes(peer)) return;
    const over = how === "overall" ? "over all operations" : "geometric mean";
    const measured = compared(policy, peer)[how];
    result.push({ what: `${policy} : ${peer}, ${over}`, sense: "at least", bound, measured });
  };
  for (const policy of fastPolicies) {
    want(policy, "@thi.ng/malloc", "overall", 100);
    want(policy, "@thi.ng/malloc", "geometric", 10);
    want(policy, "assemblyscript", "overall", 0.8);
    want(policy, "glibc", "overall", 0.8);
  }
  want("first-fit", "@thi.ng/malloc", "overall", 30);
  const speed = (policy: string): number => compared(policy, "sqlite-wasm").overall.median;
  const [fastest] = [...fastPolicies].sort((x, y) => speed(y) - speed(x));
  want(fastest, "sqlite-wasm", "overall", 0.5);
  return result;
}

function run(options: BenchOptions): Target[] {
  const { peers, rounds, isQuick } = options;
  const workloads = isQuick ? [...programNames.slice(0, 3), ...labNames] : programNames;
  const operations = workloads.map((name) => loadWorkload(name).kinds.length);
  const programs = [...ourPolicies, ...peers].map((name) => allocatorProgram(name, workloads, options));
  const results = interleave(programs, rounds);
  const compared = (ours: string, peer: string): Comparison => compare(results, ours, peer, operations);
  printTimes(
    results,
    workloads,
    programs.map(({ name }) => name),
  );
  printTable(
    ["times as fast, all operations", ...peers],
    ourPolicies.map((policy) => [policy, ...peers.map((peer) => showSpread(compared(policy, peer).overall))]),
  );
  printTable(
    ["times as fast, geometric mean", ...peers],
    ourPolicies.map((policy) => [policy, ...peers.map((peer) => showSpread(compared(policy, peer).geometric))]),
  );
  return targets(compared, peers);
}

/** Every policy against every peer on recorded and synthetic programs. */
export const heapPart: BenchPart = {
  name: "heap",
  title: "Heap: speed, every check and statistic on",
  about: "speed of every policy against the peers",
  run,
};
