import { printNote, printTable, showNumber, type Target } from "../report";
import { interleave } from "../rounds";
import { median, spread } from "../statistics";
import { runWorker } from "../workerProcess";
import type { BenchPart } from "./contract";

interface Typing {
  readonly keys: number;
  readonly problems: number;
  /** Milliseconds of all work after a key: median, and what 99 of 100 keys do not exceed. */
  readonly work: readonly [number, number];
  /** Milliseconds without a pause, the longest after each key: median, and what 99 of 100 keys do not exceed. */
  readonly longest: readonly [number, number];
}

/** What a key costs the extension host. */
export const typingPart: BenchPart = {
  name: "typing",
  title: "Typing",
  about: "one key in a long script: work until its problems are there, and the longest stretch without a pause",
  run({ rounds, isQuick }): Target[] {
    const lines = isQuick ? 10_000 : 100_000;
    const usual = ["top", "middle", "end"];
    const kept = usual.map((place) => `${place} kept`);
    const places = [...usual, ...kept];
    const longestOf = (names: readonly string[]): number[] =>
      names.flatMap((name) => results.get(name)!.map(({ longest }) => longest[1]));
    const results = interleave(
      places.map((name) => {
        const [place, ...kind] = name.split(" ");
        return { name, run: () => runWorker("typing", [place, `${lines}`, ...kind]) as Typing };
      }),
      rounds,
    );
    printNote(
      `Two statements typed and removed again, key by key, in a script of ${lines.toLocaleString("en-US")} lines.` +
        " `kept`: each line allocates a block that is never freed.",
    );
    const middle = (runs: readonly Typing[], of: (typing: Typing) => number): string =>
      showNumber(median(runs.map(of)));
    printTable(
      ["place", "work ms", "p99", "longest stretch ms", "p99"],
      places.map((place) => {
        const runs = results.get(place)!;
        return [
          place,
          middle(runs, ({ work }) => work[0]),
          middle(runs, ({ work }) => work[1]),
          middle(runs, ({ longest }) => longest[0]),
          middle(runs, ({ longest }) => longest[1]),
        ];
      }),
    );
    const inMiddle = results.get("middle")!;
    return [
      {
        what: "work after a key in the middle",
        unit: "ms",
        sense: "at most",
        bound: 100,
        measured: spread(inMiddle.map(({ work }) => work[0])),
      },
      { what: "longest stretch, p99", unit: "ms", sense: "at most", bound: 15, measured: spread(longestOf(usual)) },
      {
        what: "longest stretch, p99: kept",
        unit: "ms",
        sense: "at most",
        bound: 15,
        measured: spread(longestOf(kept)),
      },
    ];
  },
};
