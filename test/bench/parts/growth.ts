import { ourPolicies } from "../allocators/ours";
import { allocatorProgram } from "../allocatorProgram";
import { printNote, printTable, showNumber, showSpread, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread } from "../statistics";
import { steadyName } from "../workloads/catalogue";
import type { BenchOptions, BenchPart } from "./contract";

/** Peers that are not linear in live blocks; the others would take hours. They show what the machine's caches cost. */
const comparable = ["assemblyscript", "sqlite-wasm", "glibc"];

function run(options: BenchOptions): Target[] {
  const sizes = options.isQuick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000];
  const workloads = sizes.map(steadyName);
  const names = [...ourPolicies, ...options.peers.filter((peer) => comparable.includes(peer))];
  const results = interleave(
    names.map((name) => allocatorProgram(name, workloads, options)),
    options.rounds,
  );
  const rows: string[][] = [];
  const targets: Target[] = [];
  for (const name of names) {
    const rounds = results.get(name)!;
    const times = sizes.map((_, column) => median(rounds.map((columns) => columns[column].nanoseconds)));
    const isCut = rounds.some((columns) => columns.some((cell) => cell.isCut));
    const growth = spread(rounds.map((columns) => columns[sizes.length - 1].nanoseconds / columns[0].nanoseconds));
    rows.push([name, ...times.map(showNumber), `${isCut ? "> " : ""}${showSpread(growth)}`]);
    if (name === "first-fit") {
      const what = `first-fit, ${sizes[0]} to ${sizes[sizes.length - 1]} live blocks`;
      targets.push({ what, sense: "at most", bound: 3, measured: growth });
    }
  }
  printNote("Nanoseconds an operation while random blocks are freed and allocated, by live blocks, and last : first.");
  printTable(["", ...sizes.map((size) => size.toLocaleString("en")), "growth"], rows);
  return targets;
}

/** Whether the cost of an operation grows with the number of blocks. */
export const growthPart: BenchPart = {
  name: "growth",
  title: "Heap: growth of the cost with live blocks",
  about: "cost of an operation from a thousand to a million live blocks",
  run,
};
